// What becomes of shortcomings: a rectification each, with a deadline; done, it is looked at again by the
// inspector, or by whoever holds the office now, and written off or sent back.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "handlers/inspection.hpp"
#include "handlers/inspection_texts.hpp"
#include "handlers/report_back.hpp"

namespace linli::handlers {

using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

constexpr std::string_view rechecked_by = "instructor publicist on_call";
constexpr std::array<std::string_view, 8> good_words = {"合格", "好了",   "通过", "没问题",
                                                        "改好", "到位了", "可以", "销号"};
constexpr std::array<std::string_view, 5> bad_words = {"没", "不", "未", "还", "差"};

template <std::size_t N>
bool says(const std::array<std::string_view, N>& words, std::string_view normal) {
  return std::ranges::any_of(words, [&](std::string_view word) { return normal.find(word) != normal.npos; });
}

std::string deadline_key(TaskId task) {
  return fmt::format("rectify:{}", task.value);
}

}  // namespace

dialog::Values InspectionHandler::sums(Turn&, const Inspection& inspection) {
  auto items = l_.inspections.items(inspection.id);
  auto good = std::ranges::count_if(items, [](const auto& item) { return item.good; });
  auto site = l_.areas.find(inspection.site);
  return {{"where", site ? site->name : ""},
          {"good", std::to_string(good)},
          {"bad", std::to_string(static_cast<std::int64_t>(items.size()) - good)}};
}

/// Ends it: each shortcoming becomes a rectification. The lines that say which.
std::string InspectionHandler::finish(Turn& turn, const Inspection& inspection) {
  std::string lines;
  for (const auto& item : l_.inspections.items(inspection.id)) {
    if (item.good) continue;
    TaskId task = rectify(turn, inspection, item, lines);
    l_.inspections.set_task(inspection.id, item.item, task);
  }
  l_.inspections.end(inspection.id, turn.now());
  turn.around().dues.drop(fmt::format("inspection:{}", inspection.id));
  return lines;
}

/// One that is open already for the same item is not opened twice: found again, it is not done.
TaskId InspectionHandler::rectify(Turn& turn, const Inspection& inspection, const store::InspectionItem& item,
                                  std::string& lines) {
  const auto* area = rules_.area_of(item.item);
  std::string name = area ? area->name : "督查";
  for (Task& task : desk_.tasks().open_in(inspection.site, TaskKind::rectification)) {
    if (task.data["item"] != item.item) continue;
    if (task.reporter != inspection.inspector) desk_.confirmed_by(turn, task, inspection.inspector);
    if (task.state == TaskState::done)
      desk_.reopen(turn, task, item.words);
    else
      desk_.add(turn, task, item.words);
    lines += fmt::format("\n{} 号 {}：{}（早先就在整改）", task.number, name, item.words);
    return task.id;
  }
  Time until = turn.now() + (area ? area->within : Seconds{86400});
  Task task = desk_.open(
      turn, {.kind = TaskKind::rectification,
             .area = inspection.site,
             .reporter = inspection.inspector,
             .text = fmt::format("【{}】{}，{}前改好", name, item.words, turn.zone().date_time_text(until)),
             .data = {{"item", item.item},
                      {"inspection", std::to_string(inspection.id)},
                      {"deadline", std::to_string(until.time_since_epoch().count())},
                      {"confirm_by", std::string(rechecked_by)}},
             .at_once = true});
  turn.around().dues.set({deadline_key(task.id), until, std::string(topic()), task.id.value, "deadline"});
  lines += fmt::format("\n{} 号 {}：{}", task.number, name, item.words);
  return task.id;
}

void InspectionHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "deadline") return deadline(turn, TaskId{due.ref});
  auto inspection = l_.inspections.find(due.ref);
  if (!inspection || inspection->ended_at) return;
  if (l_.inspections.items(inspection->id).empty()) return l_.inspections.drop(inspection->id);
  auto said = sums(turn, *inspection);
  said.emplace_back("lines", finish(turn, *inspection));
  turn.tell(inspection->inspector, inspect::finished_alone, said);
}

/// Not done by the time that was set: whoever has it and the inspector hear; it goes on being reminded of.
void InspectionHandler::deadline(Turn& turn, TaskId id) {
  auto task = desk_.tasks().find(id);
  bool late = task && (task->state == TaskState::open || task->state == TaskState::accepted);
  if (!late) return;
  desk_.tasks().record({task->id, turn.now(), turn.act(), {}, "overdue", task->owner, {}});
  auto people = task->owner ? std::vector<PersonId>{task->owner} : desk_.tasks().offered_to(task->id);
  auto said = desk_.values(turn, *task, true);
  for (PersonId person : people) turn.tell(person, inspect::overdue, said, {.task = task->id});
  turn.tell(task->reporter, inspect::your_overdue, said, {.task = task->id});
}

// --- 复查

bool InspectionHandler::fits(Turn& turn) {
  return read_report_back(turn, desk_, TaskKind::rectification).has_value();
}

void InspectionHandler::start(Turn& turn) {
  if (auto said = read_report_back(turn, desk_, TaskKind::rectification))
    settle(turn, said->task, said->solved, turn.message().text);
}

void InspectionHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state != TaskState::done)
    return turn.say(inspect::recheck_closed, {{"number", std::to_string(task ? task->number : 0)}});
  settle(turn, *task, digit == "1", "复查没有过");
}

void InspectionHandler::settle(Turn& turn, Task& task, bool good, std::string_view why) {
  if (task.reporter != turn.sender()) desk_.confirmed_by(turn, task, turn.sender());
  if (good)
    desk_.confirm(turn, task);
  else
    desk_.reopen(turn, task, why);
  if (good) turn.around().dues.drop(deadline_key(task.id));
  turn.say(good ? inspect::written_off : inspect::sent_back, {{"number", std::to_string(task.number)}});
}

/// Done and waiting for somebody like the sender to look again.
std::vector<community::Task> InspectionHandler::to_recheck(Turn& turn) {
  std::vector<Task> found;
  for (const Area& area : areas_of(turn, false)) {
    for (Task& task : desk_.tasks().open_in(area.id, TaskKind::rectification)) {
      bool known = std::ranges::any_of(found, [&](const Task& one) { return one.id == task.id; });
      if (task.state == TaskState::done && !known && desk_.may_confirm(task, turn.sender(), turn.now()))
        found.push_back(std::move(task));
    }
  }
  return found;
}

/// "复查", "复查 12 合格", "复查 12 垃圾还没清"
void InspectionHandler::recheck(Turn& turn, const dialog::Command& command) {
  if (areas_of(turn, false).empty()) {
    auto held = l_.appointments.of_person(turn.sender(), turn.now());
    AreaId area = held.empty() ? AreaId{} : held.front().area;
    return turn.say(inspect::recheck_refused, {{"who", who_inspects(turn, area)}});
  }
  if (!command.number) {
    std::string lines;
    auto waiting = to_recheck(turn);
    for (const Task& task : waiting)
      lines += fmt::format("\n{} 号 {}：{}", task.number, l_.areas.building_text(task.area), task.text);
    if (waiting.empty()) return turn.say(inspect::recheck_none);
    return turn.say(inspect::recheck_list,
                    {{"lines", lines}, {"number", std::to_string(waiting.front().number)}});
  }
  dialog::Values number{{"number", std::to_string(*command.number)}};
  auto task = desk_.tasks().find_by_number(*command.number);
  bool seen =
      task && task->kind == TaskKind::rectification && desk_.may_confirm(*task, turn.sender(), turn.now());
  if (!seen) return turn.say(inspect::recheck_no_such, number);
  if (task->state == TaskState::closed) return turn.say(inspect::recheck_closed, number);
  if (task->state != TaskState::done) return turn.say(inspect::recheck_not_done, number);
  if (command.rest.empty()) return turn.say(inspect::recheck_how, number);
  bool good = says(good_words, command.rest) && !says(bad_words, command.rest);
  if (command.rest == "没问题") good = true;
  settle(turn, *task, good, command.rest);
}

}  // namespace linli::handlers
