#include "handlers/my_tasks.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/mask.hpp"
#include "handlers/human.hpp"

namespace linli::handlers {

using community::Role;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::Command;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr TextId todo_text{"my_tasks.todo"};
constexpr TextId todo_none{"my_tasks.todo_none"};
constexpr TextId accepted{"my_tasks.accepted"};
constexpr TextId accepted_all{"my_tasks.accepted_all"};
constexpr TextId nothing_to_accept{"my_tasks.nothing_to_accept"};
constexpr TextId which{"my_tasks.which"};
constexpr TextId no_such{"my_tasks.no_such"};
constexpr TextId accepted_human{"my_tasks.accepted_human"};
constexpr TextId closed_already{"my_tasks.closed_already"};
constexpr TextId done_already{"my_tasks.done_already"};
constexpr TextId yours_already{"my_tasks.yours_already"};
constexpr TextId taken_already{"my_tasks.taken_already"};
constexpr TextId not_in_hand{"my_tasks.not_in_hand"};
constexpr TextId not_yours{"my_tasks.not_yours"};
constexpr TextId done_text{"my_tasks.done"};
constexpr TextId done_closed{"my_tasks.done_closed"};
constexpr TextId returned{"my_tasks.returned"};
constexpr TextId returned_to_nobody{"my_tasks.returned_to_nobody"};
constexpr TextId why{"my_tasks.why"};
constexpr TextId why_help{"my_tasks.why_help"};
constexpr TextId transferred{"my_tasks.transferred"};
constexpr TextId to_whom{"my_tasks.to_whom"};
constexpr TextId undone{"my_tasks.undone"};
constexpr TextId nothing_to_undo{"my_tasks.nothing_to_undo"};

constexpr std::size_t longest_list = 12;

/// A complaint about a person never reaches that person: there is no such ticket for them.
bool complained_about(const Task& task, PersonId person) {
  auto about = task.data.find("about");
  return about != task.data.end() && about->second == std::to_string(person.value);
}

}  // namespace

std::vector<dialog::Step> MyTasksHandler::steps() const {
  return {{"why", why_help}};
}

std::vector<TextId> MyTasksHandler::texts() const {
  std::vector<TextId> all = dialog::TaskDesk::texts();
  for (TextId id : {todo_text,   todo_none, accepted,       accepted_human, accepted_all,  nothing_to_accept,
                    which,       no_such,   closed_already, done_already,   yours_already, taken_already,
                    not_in_hand, not_yours, done_text,      done_closed,    returned,      returned_to_nobody,
                    why,         why_help,  transferred,    to_whom,        undone,        nothing_to_undo}) {
    all.push_back(id);
  }
  return all;
}

bool MyTasksHandler::is_staff(Turn& turn) {
  return !appointments_.of_person(turn.sender(), turn.now()).empty();
}

void MyTasksHandler::start(Turn& turn) {
  todo(turn);
}

bool MyTasksHandler::command(Turn& turn, const Command& command) {
  if (!is_staff(turn)) return false;
  if (command.id == "todo") {
    todo(turn);
    return true;
  }
  if (command.id == "accept") return accept(turn, command);
  if (command.id == "accept_all") return accept_all(turn);
  if (command.id == "done") return done(turn, command);
  if (command.id == "return") return give_back(turn, command);
  if (command.id == "transfer") return transfer(turn, command);
  return command.exact && undo(turn);
}

void MyTasksHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task) return;
  if (!desk_.may_take(*task, turn.sender(), turn.now())) return explain_not_takeable(turn, task->number);
  take(turn, *task);
}

std::string MyTasksHandler::lines(Turn& turn, const Tasks& tasks) {
  std::string text;
  for (std::size_t i = 0; i < tasks.size() && i < longest_list; ++i) {
    dialog::Values values = desk_.values(turn, tasks[i], tasks[i].owner == turn.sender());
    auto value = [&](std::string_view key) {
      return std::ranges::find(values, key, &dialog::Values::value_type::first)->second;
    };
    text += fmt::format("\n{} {}{} {}：{}", value("number"), value("urgent"), value("title"),
                        value("building"), community::brief(value("text"), 40));
  }
  if (tasks.size() > longest_list) text += fmt::format("\n……还有 {} 件", tasks.size() - longest_list);
  return text;
}

/// Offered to me, and what is still being gathered where I am responsible.
MyTasksHandler::Tasks MyTasksHandler::takeable(Turn& turn) {
  Tasks tasks = desk_.tasks().offered(turn.sender());
  std::erase_if(tasks, [&](const Task& task) { return task.state != TaskState::open; });
  for (Task& task : desk_.tasks().gathering()) {
    if (desk_.may_take(task, turn.sender(), turn.now())) tasks.push_back(std::move(task));
  }
  return tasks;
}

void MyTasksHandler::todo(Turn& turn) {
  Tasks mine = desk_.tasks().owned(turn.sender());
  Tasks open = takeable(turn);
  if (mine.empty() && open.empty()) return turn.say(todo_none);
  std::string text;
  if (!open.empty()) text += "\n等人接：" + lines(turn, open);
  if (!mine.empty()) text += "\n您在办：" + lines(turn, mine);
  turn.say(todo_text, {{"count", std::to_string(mine.size() + open.size())}, {"lines", text}});
}

std::optional<Task> MyTasksHandler::meant(Turn& turn, const Command& command, const Tasks& tasks,
                                          std::string_view verb) {
  if (command.number) {
    auto found = std::ranges::find(tasks, *command.number, &Task::number);
    if (found != tasks.end()) return *found;
    explain_not_takeable(turn, *command.number);
    return std::nullopt;
  }
  if (tasks.size() == 1) return tasks.front();
  turn.say(which, {{"verb", std::string(verb)},
                   {"lines", lines(turn, tasks)},
                   {"number", std::to_string(tasks.front().number)}});
  return std::nullopt;
}

/// Why a number cannot be taken, finished or returned by whoever named it.
void MyTasksHandler::explain_not_takeable(Turn& turn, std::int64_t number) {
  auto task = desk_.tasks().find_by_number(number);
  if (!task || complained_about(*task, turn.sender()))
    return turn.say(no_such, {{"number", std::to_string(number)}});
  dialog::Values values = desk_.values(turn, *task, false);
  if (task->state == TaskState::closed) return turn.say(closed_already, values);
  if (task->owner == turn.sender())
    return turn.say(task->state == TaskState::done ? done_already : yours_already, values);
  if (task->owner) return turn.say(taken_already, values);
  turn.say(desk_.may_take(*task, turn.sender(), turn.now()) ? not_in_hand : not_yours, values);
}

void MyTasksHandler::take(Turn& turn, Task& task) {
  desk_.accept(turn, task);
  begin_relay(turn, desk_, task);
  std::string own = fmt::format("{}.staff_accepted", community::topic_of(task.kind));
  turn.say(task.kind == TaskKind::human ? accepted_human
           : turn.texts().has(own)      ? TextId{own}
                                        : accepted,
           desk_.values(turn, task, true));
}

bool MyTasksHandler::accept(Turn& turn, const Command& command) {
  if (!command.exact && !command.number) return false;
  if (command.number) {
    auto task = desk_.tasks().find_by_number(*command.number);
    if (task && desk_.may_take(*task, turn.sender(), turn.now()))
      take(turn, *task);
    else
      explain_not_takeable(turn, *command.number);
    return true;
  }
  Tasks tasks = takeable(turn);
  if (tasks.empty()) {
    turn.say(nothing_to_accept);
    return true;
  }
  if (auto task = meant(turn, command, tasks, "接")) take(turn, *task);
  return true;
}

bool MyTasksHandler::accept_all(Turn& turn) {
  Tasks tasks = takeable(turn);
  if (tasks.empty()) {
    turn.say(nothing_to_accept);
    return true;
  }
  std::string text;
  for (Task& task : tasks) {
    desk_.accept(turn, task);
    begin_relay(turn, desk_, task);
    dialog::Values values = desk_.values(turn, task, true);
    auto value = [&](std::string_view key) {
      return std::ranges::find(values, key, &dialog::Values::value_type::first)->second;
    };
    text += fmt::format("\n{} {}，{}，{}：{}", value("number"), value("address"), value("name"),
                        value("phone"), value("text"));
  }
  turn.say(accepted_all, {{"count", std::to_string(tasks.size())}, {"lines", text}});
  return true;
}

bool MyTasksHandler::done(Turn& turn, const Command& command) {
  if (!command.exact && !command.number) return false;
  Tasks mine = desk_.tasks().owned(turn.sender());
  if (mine.empty() && !command.number) {
    if (!desk_.tasks().open_of_reporter(turn.sender()).empty())
      return false;  // says that their own request is solved
    turn.say(todo_none);
    return true;
  }
  auto task = meant(turn, command, mine, "完成");
  if (!task) return true;
  end_relay(turn, *task);
  desk_.finish(turn, *task, command.rest);
  // Whoever confirms it may be somebody else than a resident.
  std::string own = fmt::format("{}.staff_finished", community::name(task->kind));
  turn.say(task->state == TaskState::closed ? done_closed
           : turn.texts().has(own)          ? TextId{own}
                                            : done_text,
           desk_.values(turn, *task, false));
  return true;
}

bool MyTasksHandler::give_back(Turn& turn, const Command& command) {
  if (!command.exact && !command.number) return false;
  Tasks tasks = desk_.tasks().owned(turn.sender());
  for (Task& task : takeable(turn)) tasks.push_back(std::move(task));
  if (tasks.empty() && !command.number) {
    turn.say(todo_none);
    return true;
  }
  auto task = meant(turn, command, tasks, "退单");
  if (!task) return true;
  if (command.rest.empty()) {
    turn.ask("my_tasks", "why", why, {{"number", std::to_string(task->number)}});
    turn.remember("task", std::to_string(task->id.value));
    return true;
  }
  return_it(turn, *task, command.rest);
  return true;
}

void MyTasksHandler::return_it(Turn& turn, Task& task, std::string_view reason) {
  end_relay(turn, task);
  bool others = desk_.give_back(turn, task, reason);
  turn.say(others ? returned : returned_to_nobody, desk_.values(turn, task, false));
}

Answered MyTasksHandler::answer(Turn& turn) {
  auto task = desk_.tasks().find(TaskId{std::stoll(turn.answer("task"))});
  // Another command comes first; "不在我辖区" alone is one too, and here a reason.
  auto command = turn.words().command(turn.message().normal);
  if (command && (command->number || (command->exact && command->id != "return"))) return Answered::not_mine;
  bool in_hand = task && task->owner == turn.sender() && task->state == TaskState::accepted;
  bool offered = task && !task->owner && desk_.may_take(*task, turn.sender(), turn.now());
  if (task && !in_hand && !offered) {  // somebody else has taken it meanwhile, or it is closed
    turn.leave();
    explain_not_takeable(turn, task->number);
    return Answered::taken;
  }
  if (turn.message().kind != dialog::MessageKind::text || turn.message().normal.size() < 2 * 3)
    return Answered::not_understood;
  turn.leave();
  return_it(turn, *task, turn.message().text);
  return Answered::taken;
}

/// Somebody with a role at, above or below the task's place, by name or by title.
std::optional<PersonId> MyTasksHandler::colleague(Turn& turn, const Task& task, std::string_view typed) {
  if (typed.empty()) return std::nullopt;
  auto wanted_role = community::role_by_title(typed);
  for (int r = 0; r <= static_cast<int>(Role::on_call); ++r) {
    Role role = static_cast<Role>(r);
    if (task.kind == TaskKind::complaint && role != Role::on_call)
      continue;  // it goes up, never down to whom it may be about
    for (const auto& holder : appointments_.holders({role, std::nullopt}, task.area, turn.now())) {
      if (holder.person == turn.sender()) continue;
      auto person = people_.find(holder.person);
      if (person && (wanted_role == role || normalise(person->name) == typed)) return holder.person;
    }
  }
  return std::nullopt;
}

bool MyTasksHandler::transfer(Turn& turn, const Command& command) {
  if (!command.number) return false;
  Tasks tasks = desk_.tasks().owned(turn.sender());
  for (Task& task : takeable(turn)) tasks.push_back(std::move(task));
  auto task = meant(turn, command, tasks, "转");
  if (!task) return true;
  auto to = colleague(turn, *task, command.rest);
  if (!to || complained_about(*task, *to)) {
    turn.say(to_whom, {{"number", std::to_string(task->number)}});
    return true;
  }
  end_relay(turn, *task);
  desk_.transfer(turn, *task, *to);
  auto person = people_.find(*to);
  turn.say(transferred, {{"number", std::to_string(task->number)}, {"to", person ? person->name : ""}});
  return true;
}

bool MyTasksHandler::undo(Turn& turn) {
  Tasks tasks = desk_.undo(turn);
  if (tasks.empty()) {
    turn.say(nothing_to_undo);
    return true;
  }
  for (const Task& task : tasks) {
    if (task.owner == turn.sender()) begin_relay(turn, desk_, task);
  }
  turn.say(undone, {{"lines", lines(turn, tasks)}});
  return true;
}

}  // namespace linli::handlers
