// Somebody called missing says that they were there: the grid leader decides, the record is corrected, both
// hear.
#include <algorithm>

#include "handlers/rota.hpp"
#include "handlers/rota_texts.hpp"

namespace linli::handlers {

using community::ShiftState;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

constexpr Seconds may_appeal_for{7 * 24 * 3600};

std::int64_t shift_of(const Task& task) {
  auto about = task.data.find("shift");
  return about == task.data.end() ? 0 : std::stoll(about->second);
}

}  // namespace

bool RotaHandler::appeal(Turn& turn) {
  for (const Task& task : desk_.tasks().tasks().open_of_reporter(turn.sender())) {
    if (task.kind != TaskKind::appeal) continue;
    turn.say(rota::appeal_already, {{"number", std::to_string(task.number)}});
    return true;
  }
  auto duty = desk_.ledgers().shifts.last_missed(turn.sender(), turn.now() - may_appeal_for);
  if (!duty) {
    turn.say(rota::appeal_none);
    return true;
  }
  auto said = desk_.values(turn, *duty);
  dialog::NewTask wanted{
      .kind = TaskKind::appeal, .area = duty->post.area, .reporter = turn.sender(), .at_once = true};
  wanted.text = desk_.span_text(turn, {duty->shift.starts_at, duty->shift.ends_at}) + " " +
                desk_.post_name(duty->post) + "，" + turn.message().text;
  wanted.data["shift"] = std::to_string(duty->shift.id.value);
  Task task = desk_.tasks().open(turn, std::move(wanted));
  said.emplace_back("number", std::to_string(task.number));
  turn.say(rota::appeal_open, said);
  return true;
}

/// "属实 12", "驳回 12": only of an appeal; other things that are confirmed so belong to other topics.
bool RotaHandler::decide(Turn& turn, const dialog::Command& command) {
  if (!command.number) return false;
  auto task = desk_.tasks().tasks().find_by_number(*command.number);
  if (!task || task->kind != TaskKind::appeal || task->state == TaskState::closed) return false;
  bool may = task->owner == turn.sender() || desk_.tasks().may_take(*task, turn.sender(), turn.now());
  dialog::Values number{{"number", std::to_string(task->number)}};
  if (!may || task->reporter == turn.sender()) {
    if (!desk_.leads(turn.sender(), task->area, turn.now()) && task->reporter != turn.sender()) return false;
    turn.say(rota::appeal_not_yours, number);
    return true;
  }
  auto duty = desk_.ledgers().shifts.find(ShiftId{shift_of(*task)});
  if (!duty) return false;
  auto said = desk_.values(turn, *duty);
  said.emplace_back("number", std::to_string(task->number));
  bool was_there = command.id == "confirm";
  if (was_there) {
    duty->shift.state = ShiftState::left;
    duty->shift.in_by = "appeal";
    duty->shift.in_at = duty->shift.in_at.value_or(duty->shift.starts_at);
    duty->shift.out_at = duty->shift.ends_at;
    duty->shift.corrected_at = turn.now();
    desk_.ledgers().shifts.save(duty->shift);
  }
  if (task->owner != turn.sender()) desk_.tasks().accept(turn, *task);
  desk_.tasks().close(turn, *task, community::CloseHow::answered);
  turn.say(was_there ? rota::appeal_yes_staff : rota::appeal_no_staff, said);
  turn.tell(task->reporter, was_there ? rota::appeal_yes : rota::appeal_no, said, {.task = task->id});
  return true;
}

}  // namespace linli::handlers
