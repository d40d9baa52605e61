// Inspections 督查指导: a compound at a time, one question an item; each shortcoming becomes a rectification
// 整改, which the inspector looks at again 复查 and writes off 销号. In three files: inspection.cpp (who,
// where, the record), inspection_walk.cpp (the questions) and inspection_recheck.cpp (what becomes of
// shortcomings).
#pragma once

#include "bot/community/inspection_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/inspection_ledger.hpp"

namespace linli::handlers {

class InspectionHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::InspectionLedger& inspections;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  /// `rules` outlive it.
  InspectionHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::InspectionRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  std::string_view topic() const override { return "inspection"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"inspection", "inspection_record", "recheck"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void cancelled(dialog::Turn& turn) override;
  void given_up(dialog::Turn& turn) override { cancelled(turn); }
  bool expired(dialog::Turn& turn, PersonId person, const dialog::Dialog& left) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Area = community::Area;
  using Task = community::Task;
  using Inspection = store::Inspection;

  // --- who and where
  std::vector<Area> areas_of(dialog::Turn& turn, bool record);
  std::vector<Area> sites(const std::vector<Area>& areas);
  /// The site that a text names, whoever's it is.
  std::optional<Area> named_site(std::string_view normal, AreaId near);
  static bool within(const std::vector<Area>& areas, const Area& site);
  std::string who_inspects(dialog::Turn& turn, AreaId area);
  void inspect(dialog::Turn& turn, std::string_view named);
  void show_sites(dialog::Turn& turn, std::vector<Area> sites);
  void show_record(dialog::Turn& turn, std::string_view named);
  std::string record_line(dialog::Turn& turn, const Inspection& inspection);

  // --- the questions
  void begin(dialog::Turn& turn, const Area& site);
  void ask_next(dialog::Turn& turn, const Inspection& inspection);
  void ask_item(dialog::Turn& turn, const Inspection& inspection, const community::InspectionPoint& item);
  dialog::Answered answer_site(dialog::Turn& turn);
  dialog::Answered answer_item(dialog::Turn& turn, const Inspection& inspection);
  dialog::Answered answer_what(dialog::Turn& turn, const Inspection& inspection);
  void good_until(dialog::Turn& turn, const Inspection& inspection, bool whole_area_only);
  void shortcoming(dialog::Turn& turn, const Inspection& inspection, std::string_view words);
  std::optional<Inspection> current(const dialog::Dialog& dialog);

  // --- shortcomings
  std::string finish(dialog::Turn& turn, const Inspection& inspection);
  dialog::Values sums(dialog::Turn& turn, const Inspection& inspection);
  TaskId rectify(dialog::Turn& turn, const Inspection& inspection, const store::InspectionItem& item,
                 std::string& lines);
  std::vector<Task> to_recheck(dialog::Turn& turn);
  void recheck(dialog::Turn& turn, const dialog::Command& command);
  void settle(dialog::Turn& turn, Task& task, bool good, std::string_view why);
  void deadline(dialog::Turn& turn, TaskId id);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::InspectionRules& rules_;
};

}  // namespace linli::handlers
