// 覆盖: which compounds nobody organises, which buildings nobody checks, which households nobody asks after,
// and what can be done about each. Grid leaders see their own area, officers on call theirs. Once a day gaps
// become tasks of the level above, and a gap that was filled closes its task.
#pragma once

#include <map>
#include <set>

#include "bot/community/coverage.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/coverage_ledger.hpp"

namespace linli::handlers {

class CoverageHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::CoverageLedger& coverage;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  /// `rules` outlive it.
  CoverageHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::CoverageRules& rules);

  std::string_view topic() const override { return "coverage"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"coverage"}; }
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// A list that somebody has looked at needs no word when it is put away.
  bool expired(dialog::Turn&, PersonId, const dialog::Dialog&) override { return true; }
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Gap = community::Gap;
  using Gaps = std::vector<Gap>;
  struct Judged {
    Gaps gaps;
    community::Counts counts{};
  };
  /// A task's worth of gaps: an unmanaged place, or everything else that one officer has to fill.
  struct Bundle {
    AreaId filled_by;
    Gaps gaps;
  };

  using Areas = std::vector<community::Area>;
  store::AreaLedger::Found find_place(std::string_view normal, AreaId near);
  Areas own_areas(dialog::Turn& turn);
  static bool may_see(const Areas& own, const community::Area& area);
  std::string officer_of(AreaId area, Time now);
  void refuse(dialog::Turn& turn);
  Judged judge(dialog::Turn& turn, const Areas& areas);
  void show(dialog::Turn& turn, const Areas& areas);
  void show_page(dialog::Turn& turn, dialog::TextId text, const Gaps& gaps, std::vector<std::string> keys,
                 dialog::Values values);
  Areas shown_areas(dialog::Turn& turn);
  void show_more(dialog::Turn& turn, const Areas& areas);
  void show_chosen(dialog::Turn& turn, const Areas& areas, const std::string& label_chosen);
  bool show_named(dialog::Turn& turn, const Areas& areas);
  void show_one(dialog::Turn& turn, const Gap& gap);
  void say_how(dialog::Turn& turn, const Gap& gap);
  std::string where(const Gap& gap);
  std::string label(const Gap& gap);
  std::string line(const Gap& gap);

  // --- coverage_rounds.cpp
  void round(dialog::Turn& turn);
  std::map<std::string, Bundle> bundles(const Gaps& gaps, std::vector<std::string>& in_order) const;
  void settle_open(dialog::Turn& turn, const std::map<std::string, Bundle>& now,
                   std::set<std::string>& known);
  void close_filled(dialog::Turn& turn, const community::Area& area, const Gaps& gaps);
  void settle(dialog::Turn& turn, community::Task& task, const Gaps& gaps);
  std::vector<PersonId> told_of(const community::Task& task);
  void heal(dialog::Turn& turn, community::Task& task);
  void open(dialog::Turn& turn, const std::string& key, const Bundle& bundle);
  std::string text_of(const Gaps& gaps);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::CoverageRules& rules_;
  std::vector<community::AreaKind> fillers_;
};

/// Makes the due row of the next day's round; what is there stays.
void schedule_coverage(store::DueLedger& dues, const Zone& zone, Time now, int minute_of_day);

}  // namespace linli::handlers
