// Help across units: a part in a ticket for an organisation stationed here (协办), a hand-off to city
// management or police that counts when their receipt is there (移交, 回执), and two reports of the same that
// become one (合并). In three files: cross_help.cpp (parts), cross_handoff.cpp and cross_merge.cpp.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/task_link_ledger.hpp"

namespace linli::handlers {

class CrossHelpHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::OrganisationLedger& organisations;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
    store::TaskLinkLedger& links;
  };
  CrossHelpHandler(Ledgers ledgers, dialog::TaskDesk& desk) : l_(ledgers), desk_(desk) {}

  std::string_view topic() const override { return "cross_help"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" and "undo" too: finishing a ticket with open parts is warned of, and the last merge can be
  /// undone; everything else of them goes on to my_tasks.
  std::vector<std::string_view> commands() const override {
    return {"co_help", "handoff", "receipt", "merge", "done", "undo"};
  }
  void start(dialog::Turn&) override {}
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Task = community::Task;
  using Organisation = store::Organisation;

  // --- parts
  bool co_help(dialog::Turn& turn, const dialog::Command& command);
  void open_part(dialog::Turn& turn, const Task& whole, const Organisation& organisation,
                 std::string_view words);
  void warn_of_open_parts(dialog::Turn& turn, const dialog::Command& command);
  void part_due(dialog::Turn& turn, const store::Due& due);
  /// The ticket, if the sender has it or is an officer above it; otherwise says why not.
  std::optional<Task> own(dialog::Turn& turn, std::int64_t number);
  /// The one organisation that the words mean; otherwise says or asks which.
  std::optional<Organisation> organisation_in(dialog::Turn& turn, const Task& task, std::string_view words,
                                              std::string_view command);
  std::vector<Organisation> named(const Task& task, std::string_view words);
  std::vector<PersonId> people_of(dialog::Turn& turn, const Organisation& organisation, const Task& task);
  std::string organisation_name(const Task& part);

  // --- hand-off
  bool handoff(dialog::Turn& turn, const dialog::Command& command);
  void hand_off(dialog::Turn& turn, Task& whole, const Organisation& organisation);
  bool receipt(dialog::Turn& turn, const dialog::Command& command);
  void received(dialog::Turn& turn, Task& part, std::string words);
  std::optional<Task> open_handoff(const Task& task);
  bool may_receive(dialog::Turn& turn, const Task& part, const Task& whole);

  // --- merging
  bool merge(dialog::Turn& turn, const dialog::Command& command);
  bool take_back(dialog::Turn& turn);
  bool unmerge(dialog::Turn& turn);
  bool may_merge(dialog::Turn& turn, const Task& first, const Task& second);
  void merge(dialog::Turn& turn, Task& first, Task& second, std::int64_t pair);

  Ledgers l_;
  dialog::TaskDesk& desk_;
};

}  // namespace linli::handlers
