#include "bot/dialog/task_desk.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "bot/community/mask.hpp"

namespace linli::dialog {

namespace {

constexpr Seconds undo_within{10 * 60};

constexpr TextId offer{"my_tasks.offer"};
constexpr TextId added{"my_tasks.added"};
constexpr TextId placed{"my_tasks.placed"};
constexpr TextId escalated{"my_tasks.escalated"};
constexpr TextId late{"my_tasks.late"};
constexpr TextId reminder{"my_tasks.reminder"};
constexpr TextId taken_by_other{"my_tasks.taken_by_other"};
constexpr TextId reopened{"my_tasks.reopened"};
constexpr TextId confirmed{"my_tasks.confirmed"};
constexpr TextId withdrawn{"my_tasks.withdrawn"};
constexpr TextId handed_over{"my_tasks.handed_over"};

std::string expiry_of(TaskId task) {
  return fmt::format("task:{}", task.value);
}
std::string offer_key(TaskId task) {
  return fmt::format("offer:{}", task.value);
}

}  // namespace

std::vector<TextId> TaskDesk::texts() {
  return {offer,          added,    placed,    escalated, late,       reminder,
          taken_by_other, reopened, confirmed, withdrawn, handed_over};
}

std::string duration_text(Seconds duration) {
  auto seconds = duration.count();
  if (seconds < 3600) return fmt::format("{}分钟", std::max<std::int64_t>(1, seconds / 60));
  if (seconds < 12 * 3600 && seconds % 3600 >= 1800) return fmt::format("{}个半小时", seconds / 3600);
  if (seconds < 48 * 3600) return fmt::format("{}小时", seconds / 3600);
  return fmt::format("{}天", seconds / 86400);
}

TaskDesk::TaskDesk(Ledgers ledgers, const community::Policies& policies, AreaId intake_area)
    : l_(ledgers), policies_(policies), intake_area_(intake_area) {}

void TaskDesk::record(Turn& turn, const Task& task, std::string_view what, PersonId person,
                      std::string_view note) {
  l_.tasks.record(
      {task.id, turn.now(), turn.act(), turn.sender(), std::string(what), person, std::string(note)});
}

void TaskDesk::schedule(Turn& turn, const Task& task, Seconds after, std::string_view what) {
  if (after.count() <= 0) return turn.around().dues.drop(expiry_of(task.id));
  turn.around().dues.set(
      {expiry_of(task.id), turn.now() + after, "my_tasks", task.id.value, std::string(what)});
}

std::string TaskDesk::owner_text(const Task& task, Time now) {
  PersonId owner = task.owner;
  auto person = l_.people.find(owner);
  std::string name = person ? person->name : "";
  for (const auto& appointment : l_.appointments.of_person(owner, now)) {
    auto area = l_.areas.find(appointment.area);
    if (!area) continue;
    std::string title(community::title(appointment.role));
    bool same = name == title || name.empty();
    return area->name + title + (same ? "" : " " + name);
  }
  return name.empty() ? "工作人员" : name;
}

Values TaskDesk::values(Turn& turn, const Task& task, bool open_place, TextId text) {
  if (!text.id.empty() && turn.texts().needs_only(text.id, "number"))
    return {{"number", std::to_string(task.number)}};
  std::string building =
      task.area ? l_.areas.building_text(task.household ? task.household : task.area) : "地点还在问";
  std::string address = task.household ? l_.areas.address_text(task.household) : building;
  if (auto place = task.data.find("place"); place != task.data.end() && !task.household) {
    std::string plain = building;
    std::erase(plain, ' ');
    if (place->second != plain && place->second != building) address = building + "（" + place->second + "）";
  }
  auto reporter = task.reporter ? l_.people.find(task.reporter) : std::nullopt;
  std::string name = reporter && !reporter->name.empty() ? reporter->name : "未登记的居民";
  std::string phone;
  if (open_place && task.reporter) phone = l_.people.phone(task.reporter);
  if (auto told = task.data.find("phone"); open_place && told != task.data.end()) phone = told->second;
  return {{"title", std::string(community::title(task.kind))},
          {"number", std::to_string(task.number)},
          {"building", building},
          {"address", open_place ? address : building},
          {"phone", open_place ? (phone.empty() ? "没有留电话" : phone) : "接单后可见"},
          {"text", open_place ? task.text : community::mask_place(task.text)},
          {"name", name},
          {"owner", task.owner ? owner_text(task, turn.now()) : "还没有人接"},
          {"opened", turn.when(task.opened_at)},
          {"urgent", task.kind == TaskKind::life_safety ? ""
                     : task.urgency == Urgency::life    ? "紧急"
                     : task.urgency == Urgency::high    ? "较急"
                                                        : ""}};
}

// --- telling

std::string TaskDesk::text_for(Turn& turn, const Task& task, std::string_view what) const {
  for (std::string_view stem : {community::name(task.kind), community::topic_of(task.kind)}) {
    std::string id = fmt::format("{}.{}", stem, what);
    if (turn.texts().has(id)) return id;
  }
  return {};
}

void TaskDesk::tell_staff(Turn& turn, const Task& task, PersonId to, std::string_view what, Values values,
                          bool ask) {
  std::string own = text_for(turn, task, "staff_" + std::string(what));
  std::string general = fmt::format("my_tasks.{}", what);
  Tell how{.urgency = task.urgency, .task = task.id};
  if (ask) {
    how.accepts = std::to_string(task.number);
    how.topic = "my_tasks";
    how.ref = task.id.value;
    how.hint = fmt::format("接 {}", task.number);
  }
  turn.tell(to, TextId{own.empty() ? general : own}, values, how);
}

void TaskDesk::tell_offered(Turn& turn, const Task& task, std::string_view what, const Values& values,
                            PersonId but) {
  for (PersonId person : l_.tasks.offered_to(task.id)) {
    if (person != but && person != turn.sender()) tell_staff(turn, task, person, what, values, false);
  }
}

void TaskDesk::tell_reporter(Turn& turn, const Task& task, std::string_view what, const Values& more,
                             std::string_view accepts) {
  std::string own = text_for(turn, task, "your_" + std::string(what));
  if (!task.reporter || own.empty()) return;
  Values all = values(turn, task, false);
  all.insert(all.end(), more.begin(), more.end());
  Tell how{.urgency = task.urgency, .task = task.id};
  if (!accepts.empty()) {
    how.accepts = accepts;
    how.topic = community::topic_of(task.kind);
    how.ref = task.id.value;
    how.hint = fmt::format("{} 号解决了 / 还没解决", task.number);
  }
  turn.tell(task.reporter, TextId{own}, all, how);
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

Task TaskDesk::open(Turn& turn, NewTask wanted) {
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
  Seconds gather = policies_.of(task.kind).gather;
  bool now = wanted.at_once || gather.count() == 0;
  l_.tasks.open(task);
  record(turn, task, "opened");
  if (now) {
    offer_first(turn, task);
    l_.tasks.save(task);
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
}

void TaskDesk::confirm(Turn& turn, Task& task) {
  PersonId owner = task.owner;
  end(turn, task, CloseHow::confirmed, "confirmed");
  if (owner) tell_staff(turn, task, owner, "confirmed", values(turn, task, false), false);
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
  bool still_there = task.owner && !l_.appointments.of_person(task.owner, turn.now()).empty();
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
}

// --- by whoever was asked

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
  record(turn, task, "returned", from, reason);
  turn.around().asks.drop(from, "my_tasks", task.id.value);
  l_.tasks.withdraw_offer(task.id, from);
  task.data["returned_because"] = std::string(reason);
  if (l_.tasks.offered_to(task.id).empty() &&
      !offer_from(turn, task, task.level + 1, "handed_over", {{"reason", std::string(reason)}})) {
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
  record(turn, task, "done", turn.sender(), note);
  bool can_ask =
      task.reporter && !text_for(turn, task, "your_done").empty() && l_.people.contact_of(task.reporter);
  if (!can_ask) {
    end(turn, task, CloseHow::answered, "closed");
    return tell_reporter(turn, task, "ended");
  }
  l_.tasks.save(task);
  tell_reporter(turn, task, "done",
                {{"note", note.empty() ? std::string() : "（" + std::string(note) + "）"}}, "1 2");
  schedule(turn, task, policies_.of(task.kind).confirm_again, "confirm");
}

void TaskDesk::undo_one(Turn& turn, Task& task, std::string_view what) {
  if (what == "accepted" && task.state == TaskState::accepted) {
    task.state = TaskState::open;
    task.owner = {};
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
