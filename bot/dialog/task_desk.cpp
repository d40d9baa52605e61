// Opening and offering, and what the reporter does to a task. task_desk_acts.cpp: what staff do;
// task_desk_telling.cpp: what people are told; task_desk_due.cpp: what the schedule does.
#include "bot/dialog/task_desk.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace linli::dialog {

TaskDesk::TaskDesk(Ledgers ledgers, const community::Policies& policies, AreaId intake_area)
    : l_(ledgers), policies_(policies), intake_area_(intake_area) {}

std::string TaskDesk::expiry_of(TaskId task) {
  return fmt::format("task:{}", task.value);
}
std::string TaskDesk::offer_key(TaskId task) {
  return fmt::format("offer:{}", task.value);
}

void TaskDesk::record(Turn& turn, const Task& task, std::string_view what, PersonId person,
                      std::string_view note) {
  l_.tasks.record(
      {task.id, turn.now(), turn.act(), turn.sender(), std::string(what), person, std::string(note)});
}

void TaskDesk::schedule(Turn& turn, const Task& task, Seconds after, std::string_view what) {
  if (after.count() <= 0) return turn.around().dues.drop(expiry_of(task.id));
  // By night only what cannot wait goes on; whether something is solved can always be asked in the morning.
  bool sleeps = task.urgency == Urgency::normal || task.state == TaskState::done;
  const auto& quiet = turn.around().quiet;
  Time at = sleeps ? quiet.end(quiet.end(turn.now()) + after) : turn.now() + after;
  turn.around().dues.set({expiry_of(task.id), at, "my_tasks", task.id.value, std::string(what)});
}

// --- offering

std::vector<store::Appointment> TaskDesk::holders(const Task& task, int level, Time now) {
  const auto& levels = policies_.of(task.kind).levels;
  AreaId area = task.area ? task.area : intake_area_;
  auto found = l_.appointments.holders(levels[static_cast<std::size_t>(level)], area, now);
  auto about = task.data.find("about");
  std::erase_if(found, [&](const store::Appointment& holder) {
    bool complained_about = about != task.data.end() && about->second == std::to_string(holder.person.value);
    return complained_about || holder.person == task.reporter;
  });
  return found;
}

bool TaskDesk::offer_level(Turn& turn, Task& task, int level, std::string_view what, const Values& more) {
  bool reached = false;
  Values all = values(turn, task, false);
  all.insert(all.end(), more.begin(), more.end());
  for (const auto& holder : holders(task, level, turn.now())) {
    if (!l_.people.contact_of(holder.person)) {
      record(turn, task, "unreachable", holder.person);
      continue;
    }
    l_.tasks.offer(task.id, holder.person, level, turn.now());
    record(turn, task, "offered", holder.person);
    reached = true;
    if (holder.person != turn.sender())
      tell_staff(turn, task, holder.person, what, all, true);
    else
      ask_again(turn, task);  // has it before their eyes: they gave it back, or undid their acceptance
  }
  return reached;
}

void TaskDesk::ask_again(Turn& turn, const Task& task) {
  turn.around().asks.put({turn.sender(), "my_tasks", task.id.value, std::to_string(task.number),
                          fmt::format("接 {}", task.number), turn.now(), turn.now() + Seconds{48 * 3600}});
}

bool TaskDesk::offer_from(Turn& turn, Task& task, int level, std::string_view what, const Values& more) {
  const int levels = static_cast<int>(policies_.of(task.kind).levels.size());
  for (; level < levels; ++level) {
    if (!offer_level(turn, task, level, what, more)) continue;
    task.level = level;
    return true;
  }
  return false;
}

void TaskDesk::offer_first(Turn& turn, Task& task) {
  const auto& policy = policies_.of(task.kind);
  const int levels = static_cast<int>(policy.levels.size());
  bool reached = false;
  for (int level = 0; level < std::min(policy.together, levels); ++level) {
    if (!offer_level(turn, task, level, "offer", {})) continue;
    reached = true;
    task.level = level;
  }
  if (!reached && !offer_from(turn, task, policy.together, "offer", {})) record(turn, task, "nobody");
  if (task.offered_at) return;  // a place that became known asks other people; the clock runs on
  task.offered_at = turn.now();
  schedule(turn, task, policy.accept_within, "accept");
}

// --- by the reporter's topic

Task TaskDesk::create(Turn& turn, NewTask wanted) {
  Task task;
  task.kind = wanted.kind;
  task.state = TaskState::open;
  task.urgency = wanted.urgency;
  task.area = wanted.area;
  task.household = wanted.household;
  task.reporter = wanted.reporter;
  task.text = std::move(wanted.text);
  task.data = std::move(wanted.data);
  task.opened_at = turn.now();
  l_.tasks.open(task);
  record(turn, task, "opened");
  return task;
}

Task TaskDesk::open(Turn& turn, NewTask wanted) {
  bool at_once = wanted.at_once;
  Task task = create(turn, std::move(wanted));
  Seconds gather = policies_.of(task.kind).gather;
  bool now = at_once || gather.count() == 0;
  if (now) {
    offer_first(turn, task);
    l_.tasks.save(task);
    look_for_double(turn, task);
  } else {
    turn.around().dues.set({offer_key(task.id), turn.now() + gather, "my_tasks", task.id.value, "offer"});
  }
  return task;
}

void TaskDesk::add(Turn& turn, Task& task, std::string_view words) {
  if (!words.empty()) {
    if (!task.text.empty()) task.text += "；";
    task.text += words;
  }
  Seconds gather = std::max(policies_.of(task.kind).gather, Seconds{1});
  if (task.offered_at) {
    std::string& waiting = task.data["added"];
    if (!waiting.empty()) waiting += "；";
    waiting += words;
  }
  turn.around().dues.set({offer_key(task.id), turn.now() + gather, "my_tasks", task.id.value, "offer"});
  l_.tasks.save_words(task);
  record(turn, task, "added");
}

void TaskDesk::urge(Turn& turn, Task& task) {
  task.urgency = Urgency::high;
  record(turn, task, "urged");
  l_.tasks.save(task);
  if (!task.offered_at) return;
  if (task.state == TaskState::open) schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  bool were_waiting = turn.around().deliveries.urge(task.id, turn.now()) > 0;  // for the morning
  if (were_waiting) return;
  if (task.owner) return tell_staff(turn, task, task.owner, "urged", values(turn, task, true), false);
  tell_offered(turn, task, "urged", values(turn, task, false));
}

void TaskDesk::place(Turn& turn, Task& task, AreaId area, AreaId household) {
  task.area = area;
  task.household = household;
  record(turn, task, "placed");
  if (!task.offered_at) return l_.tasks.save(task);
  auto before = l_.tasks.offered_to(task.id);
  offer_first(turn, task);
  auto after = l_.tasks.offered_to(task.id);
  Values all = values(turn, task, false);
  for (PersonId person : before) {
    bool told_again =
        std::ranges::any_of(after, [&](PersonId p) { return p == person; }) && task.state == TaskState::open;
    if (!told_again) tell_staff(turn, task, person, "placed", all, false);
  }
  if (task.owner) tell_staff(turn, task, task.owner, "placed", all, false);
  if (task.state == TaskState::open) task.data.erase("added");  // whoever is asked has just read all of it
  l_.tasks.save(task);
  look_for_double(turn, task);
}

void TaskDesk::end(Turn& turn, Task& task, CloseHow how, std::string_view what) {
  task.state = TaskState::closed;
  task.closed_at = turn.now();
  task.closed_how = how;
  l_.tasks.save(task);
  l_.tasks.withdraw_offers(task.id);
  record(turn, task, what);
  turn.around().dues.drop(expiry_of(task.id));
  turn.around().dues.drop(offer_key(task.id));
  turn.around().asks.drop_all("my_tasks", task.id.value);
  turn.around().asks.drop_all(community::topic_of(task.kind), task.id.value);
  end_parts(turn, task);
}

void TaskDesk::confirm(Turn& turn, Task& task) {
  PersonId owner = task.owner;
  end(turn, task, CloseHow::confirmed, "confirmed");
  if (owner) tell_staff(turn, task, owner, "confirmed", values(turn, task, false), false);
  tell_other_reporters(turn, task, true);
}

void TaskDesk::withdraw(Turn& turn, Task& task) {
  auto offered = l_.tasks.offered_to(task.id);
  if (task.owner) offered.push_back(task.owner);
  bool told = task.offered_at.has_value();
  end(turn, task, CloseHow::withdrawn, "withdrawn");
  if (!told) return;
  for (PersonId person : offered)
    tell_staff(turn, task, person, "withdrawn", values(turn, task, false), false);
}

void TaskDesk::close(Turn& turn, Task& task, CloseHow how) {
  end(turn, task, how, "closed");
}

void TaskDesk::reopen(Turn& turn, Task& task, std::string_view why) {
  task.reopened += 1;
  task.closed_at.reset();
  task.done_at.reset();
  task.closed_how = CloseHow::none;
  task.reminders = 0;
  turn.around().asks.drop_all(community::topic_of(task.kind), task.id.value);
  // Whoever has left the account meanwhile would not hear of it.
  bool still_there = task.owner && l_.appointments.serves(task.owner, turn.now()) &&
                     l_.people.contact_of(task.owner).has_value();
  record(turn, task, "reopened", task.owner, why);
  if (still_there) {
    task.state = TaskState::accepted;
    Values all = values(turn, task, true);
    all.emplace_back("why", std::string(why));
    tell_staff(turn, task, task.owner, "reopened", all, false);
    schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  } else {
    task.state = TaskState::open;
    task.owner = {};
    task.offered_at.reset();
    offer_first(turn, task);
  }
  l_.tasks.save(task);
  tell_other_reporters(turn, task, false);
}

}  // namespace linli::dialog
