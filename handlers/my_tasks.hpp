// What staff do with tickets, one-handed: 待办, 12, 接 12, 都接, 完成 12 已送到, 退单 12 不在我辖区, 转 12
// 某某, 撤销. Each answer names what it did.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::handlers {

class MyTasksHandler final : public dialog::Handler {
 public:
  MyTasksHandler(dialog::TaskDesk& desk, store::AppointmentLedger& appointments, store::PersonLedger& people)
      : desk_(desk), appointments_(appointments), people_(people) {}

  std::string_view topic() const override { return "my_tasks"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"todo", "accept", "accept_all", "done", "return", "transfer", "undo"};
  }
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override { desk_.due(turn, due); }

 private:
  using Tasks = std::vector<community::Task>;
  bool is_staff(dialog::Turn& turn);
  Tasks takeable(dialog::Turn& turn);
  void todo(dialog::Turn& turn);
  bool accept(dialog::Turn& turn, const dialog::Command& command);
  bool accept_all(dialog::Turn& turn);
  bool done(dialog::Turn& turn, const dialog::Command& command);
  bool give_back(dialog::Turn& turn, const dialog::Command& command);
  void return_it(dialog::Turn& turn, community::Task& task, std::string_view reason);
  bool transfer(dialog::Turn& turn, const dialog::Command& command);
  bool undo(dialog::Turn& turn);
  void take(dialog::Turn& turn, community::Task& task);
  void explain_not_takeable(dialog::Turn& turn, std::int64_t number);
  /// The task that a command means: by its number, or the only one of `tasks`; otherwise says which there
  /// are.
  std::optional<community::Task> meant(dialog::Turn& turn, const dialog::Command& command, const Tasks& tasks,
                                       std::string_view verb);
  std::optional<PersonId> colleague(dialog::Turn& turn, const community::Task& task, std::string_view typed);
  std::string lines(dialog::Turn& turn, const Tasks& tasks);

  dialog::TaskDesk& desk_;
  store::AppointmentLedger& appointments_;
  store::PersonLedger& people_;
};

}  // namespace linli::handlers
