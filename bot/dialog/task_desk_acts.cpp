// What whoever was asked does: accepts, gives back, hands over, finishes, and undoes the last of it.
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

constexpr Seconds undo_within{10 * 60};

}  // namespace

bool TaskDesk::may_take(const Task& task, PersonId person, Time now) {
  if (task.state != TaskState::open && task.state != TaskState::accepted) return false;
  if (task.owner == person) return false;
  auto offered = l_.tasks.offered_to(task.id);
  if (std::ranges::find(offered, person) != offered.end()) return true;
  if (task.state != TaskState::open) return false;
  const int levels = static_cast<int>(policies_.of(task.kind).levels.size());
  for (int level = 0; level < levels; ++level) {
    for (const auto& holder : holders(task, level, now)) {
      if (holder.person == person) return true;
    }
  }
  return false;
}

void TaskDesk::accept(Turn& turn, Task& task) {
  PersonId before = task.owner;
  task.owner = turn.sender();
  task.state = TaskState::accepted;
  task.accepted_at = turn.now();
  task.offered_at = task.offered_at.value_or(turn.now());
  task.reminders = 0;
  record(turn, task, "accepted", turn.sender());
  turn.around().asks.drop_all("my_tasks", task.id.value);
  turn.around().dues.drop(offer_key(task.id));
  tell_offered(turn, task, "taken_by_other", values(turn, task, false), turn.sender());
  std::string& told = task.data["told_taken"];  // asked again if this is undone
  told.clear();
  for (PersonId person : l_.tasks.offered_to(task.id)) told += fmt::format("{} ", person.value);
  if (before && before != turn.sender())
    tell_staff(turn, task, before, "taken_by_other", values(turn, task, false), false);
  l_.tasks.withdraw_offers(task.id);
  schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  l_.tasks.save(task);
  tell_reporter(turn, task, "accepted");
}

bool TaskDesk::give_back(Turn& turn, Task& task, std::string_view reason) {
  PersonId from = turn.sender();
  task.owner = {};
  task.accepted_at.reset();
  task.state = TaskState::open;
  task.reminders = 0;  // those were the owner's
  record(turn, task, "returned", from, reason);
  turn.around().asks.drop(from, "my_tasks", task.id.value);
  l_.tasks.withdraw_offer(task.id, from);
  task.data["returned_because"] = std::string(reason);
  // Somebody told of it while it was accepted may be gone by now.
  bool asked = std::ranges::any_of(l_.tasks.offered_to(task.id), [&](PersonId person) {
    return can_have(task, person) && l_.appointments.serves(person, turn.now());
  });
  if (!asked && !offer_from(turn, task, task.level + 1, "handed_over", {{"reason", std::string(reason)}})) {
    offer_level(turn, task, task.level, "offer", {});  // nobody above: it stays where it was
  }
  schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  l_.tasks.save(task);
  tell_reporter(turn, task, "returned");
  return std::ranges::any_of(l_.tasks.offered_to(task.id), [&](PersonId person) { return person != from; });
}

void TaskDesk::transfer(Turn& turn, Task& task, PersonId to) {
  record(turn, task, "transferred", to);
  turn.around().asks.drop_all("my_tasks", task.id.value);
  l_.tasks.withdraw_offers(task.id);
  task.owner = {};
  task.state = TaskState::open;
  task.reminders = 0;
  l_.tasks.offer(task.id, to, task.level, turn.now());
  Values all = values(turn, task, false);
  all.emplace_back("reason", turn.me().name + "转给您");
  tell_staff(turn, task, to, "handed_over", all, true);
  schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  l_.tasks.save(task);
  tell_reporter(turn, task, "returned");
}

void TaskDesk::finish(Turn& turn, Task& task, std::string_view note) {
  task.state = TaskState::done;
  task.done_at = turn.now();
  task.data.erase("asked_again");
  task.data.erase("confirm_asked");
  record(turn, task, "done", turn.sender(), note);
  renew_confirmer(turn, task);
  bool can_ask =
      task.reporter && !text_for(turn, task, "your_done").empty() && l_.people.contact_of(task.reporter);
  if (!can_ask && !office_confirms(task)) {  // an office is asked as soon as somebody holds it
    end(turn, task, CloseHow::answered, "closed");
    return tell_reporter(turn, task, "ended");
  }
  l_.tasks.save(task);
  tell_reporter(turn, task, "done",
                {{"note", note.empty() ? std::string() : "（" + std::string(note) + "）"},
                 {"answer", std::string(note)}},
                "1 2");
  schedule(turn, task, policies_.of(task.kind).confirm_again, "confirm");
}

void TaskDesk::undo_one(Turn& turn, Task& task, std::string_view what) {
  if (what == "accepted" && task.state == TaskState::accepted) {
    task.state = TaskState::open;
    task.owner = {};
    task.reminders = 0;
    task.accepted_at.reset();
    std::istringstream told(task.data["told_taken"]);
    for (std::int64_t id = 0; told >> id;) {
      if (PersonId person{id}; person != turn.sender()) {
        l_.tasks.offer(task.id, person, task.level, turn.now());
        tell_staff(turn, task, person, "offer", values(turn, task, false), true);
      }
    }
    l_.tasks.offer(task.id, turn.sender(), task.level, turn.now());
    ask_again(turn, task);
    schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  } else if (what == "done" && task.state == TaskState::done) {
    task.state = TaskState::accepted;
    task.done_at.reset();
    turn.around().asks.drop_all(community::topic_of(task.kind), task.id.value);
    schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  } else if (what == "returned" && task.state == TaskState::open) {
    task.state = TaskState::accepted;
    task.owner = turn.sender();
    task.accepted_at = turn.now();
    turn.around().asks.drop_all("my_tasks", task.id.value);
    tell_offered(turn, task, "taken_by_other", values(turn, task, false), turn.sender());
    l_.tasks.withdraw_offers(task.id);
    schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  }
  l_.tasks.save(task);
}

std::vector<Task> TaskDesk::undo(Turn& turn) {
  std::vector<Task> undone;
  for (const auto& event : l_.tasks.last_act(turn.sender(), turn.now() - undo_within)) {
    auto task = l_.tasks.find(event.task);
    TaskState expected = event.what == "accepted" ? TaskState::accepted
                         : event.what == "done"   ? TaskState::done
                                                  : TaskState::open;
    if (!task || task->state != expected) continue;
    undo_one(turn, *task, event.what);
    record(turn, *task, "undone", turn.sender(), event.what);
    tell_reporter(turn, *task,
                  event.what == "done"       ? "done_undone"
                  : event.what == "accepted" ? "accept_undone"
                                             : "accepted");
    undone.push_back(*task);
  }
  return undone;
}

}  // namespace linli::dialog
