// Tasks that hang together: a part that somebody else does, a hand-off that ends with a receipt, and two
// reports of the same that become one, which both reporters hear of.
#include <algorithm>
#include <optional>

#include "bot/base/text.hpp"
#include "bot/community/same_case.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

constexpr TextId your_merged{"cross_help.your_merged"};
constexpr TextId your_split{"cross_help.your_split"};
constexpr TextId your_confirmed{"cross_help.your_confirmed"};
constexpr TextId your_reopened{"cross_help.your_reopened"};
constexpr TextId staff_merged{"cross_help.staff_merged"};
constexpr TextId merge_offer{"cross_help.merge_offer"};
constexpr TextId one_less{"cross_help.one_less"};
constexpr TextId your_left{"cross_help.your_left"};

constexpr Seconds same_within{24 * 3600};

bool can_be_the_same(TaskKind kind) {
  return kind == TaskKind::help || kind == TaskKind::life_safety;
}

bool about(const Task& task, PersonId person) {
  auto found = task.data.find("about");
  return found != task.data.end() && found->second == std::to_string(person.value);
}

}  // namespace

std::vector<TextId> TaskDesk::link_texts() {
  return {your_merged,  your_split,  your_confirmed, your_reopened,
          staff_merged, merge_offer, one_less,       your_left};
}

std::vector<PersonId> TaskDesk::reporters(const Task& task) {
  std::vector<PersonId> people =
      can_be_the_same(task.kind) ? l_.links.followers(task.id) : std::vector<PersonId>{};
  if (task.reporter) {
    std::erase(people, task.reporter);
    people.insert(people.begin(), task.reporter);
  }
  return people;
}

void TaskDesk::tell_reporters(Turn& turn, const Task& task, TextId text, const Values& said) {
  for (PersonId person : reporters(task)) {
    if (person != turn.sender()) turn.tell(person, text, said, {.task = task.id});
  }
}

std::string TaskDesk::role_text(const Task& task, Time now) {
  for (const auto& held : l_.appointments.of_person(task.owner, now)) {
    if (auto area = l_.areas.find(held.area)) return area->name + std::string(community::title(held.role));
  }
  return task.owner ? "工作人员" : "那一片的网格长";
}

// --- parts

Task TaskDesk::open_for(Turn& turn, NewTask wanted, const std::vector<PersonId>& people) {
  Task task = create(turn, std::move(wanted));
  Values all = values(turn, task, false);
  bool reached = false;
  for (PersonId person : people) {
    if (about(task, person) || person == task.reporter || !l_.people.contact_of(person)) continue;
    l_.tasks.offer(task.id, person, 0, turn.now());
    record(turn, task, "offered", person);
    tell_staff(turn, task, person, "offer", all, true);
    reached = true;
  }
  if (reached) {
    task.offered_at = turn.now();
    schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  } else {
    offer_first(turn, task);
  }
  l_.tasks.save(task);
  return task;
}

Task TaskDesk::open_owned(Turn& turn, NewTask wanted) {
  Task task = create(turn, std::move(wanted));
  task.owner = turn.sender();
  task.state = TaskState::accepted;
  task.offered_at = task.accepted_at = turn.now();
  record(turn, task, "accepted", turn.sender());
  schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  l_.tasks.save(task);
  return task;
}

Task TaskDesk::open_owed(Turn& turn, NewTask wanted, PersonId owner) {
  Task task = create(turn, std::move(wanted));
  task.owner = owner;
  task.state = TaskState::accepted;
  task.offered_at = task.accepted_at = turn.now();
  record(turn, task, "accepted", owner);
  schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  l_.tasks.save(task);
  return task;
}

void TaskDesk::hand_to(Turn& turn, Task& task, PersonId to) {
  record(turn, task, "handed_over", to);
  turn.around().asks.drop_all("my_tasks", task.id.value);
  turn.around().dues.drop(offer_key(task.id));
  l_.tasks.withdraw_offers(task.id);
  task.owner = to;
  task.state = TaskState::accepted;
  task.accepted_at = turn.now();
  task.offered_at = task.offered_at.value_or(turn.now());
  task.reminders = 0;
  schedule(turn, task, policies_.of(task.kind).remind_every, "remind");
  l_.tasks.save(task);
}

std::vector<Task> TaskDesk::open_parts(const Task& task) {
  std::vector<Task> open;
  for (const auto& part : l_.links.parts(task.id)) {
    auto child = l_.tasks.find(part.child);
    if (child && child->state != TaskState::closed) open.push_back(std::move(*child));
  }
  return open;
}

/// The whole is closed: nobody needs its parts any more.
void TaskDesk::end_parts(Turn& turn, const Task& task) {
  for (Task& part : open_parts(task)) {
    part.reporter = {};  // the owner of the whole knows
    withdraw(turn, part);
  }
}

// --- the same twice

/// Another report of the same within a day: asked once of whoever has either, else of the grid leader.
void TaskDesk::look_for_double(Turn& turn, const Task& task) {
  if (!can_be_the_same(task.kind) || !task.area) return;
  auto building = l_.areas.above(task.area, community::AreaKind::building);
  AreaId within = building ? building->id : task.area;
  std::string words = normalise(task.text);
  // Of many about one thing only the first: every pair of a hundred would be thousands of questions.
  std::optional<Task> same;
  for (TaskKind kind : {TaskKind::help, TaskKind::life_safety}) {
    for (Task& other : l_.tasks.open_in(within, kind)) {
      if (same && same->number < other.number) continue;
      if (other.id == task.id || !other.reporter || other.reporter == task.reporter) continue;
      auto apart = task.opened_at > other.opened_at ? task.opened_at - other.opened_at
                                                    : other.opened_at - task.opened_at;
      bool same_door = task.household && task.household == other.household;
      bool other_door = task.household && other.household && !same_door;
      if (apart > same_within || other_door) continue;
      if (!same_door && !community::same_person_words(words, normalise(other.text))) continue;
      same = std::move(other);
    }
  }
  if (!same) return;
  const Task& first = same->number < task.number ? *same : task;
  const Task& second = same->number < task.number ? task : *same;
  if (auto pair = l_.links.propose(first.id, second.id, turn.now())) offer_merge(turn, first, second, pair);
}

void TaskDesk::offer_merge(Turn& turn, const Task& first, const Task& second, std::int64_t pair) {
  std::vector<PersonId> people;
  if (first.owner) people.push_back(first.owner);
  if (second.owner && second.owner != first.owner) people.push_back(second.owner);
  if (people.empty()) {
    for (const auto& holder :
         l_.appointments.holders({community::Role::grid_leader, std::nullopt}, first.area, turn.now()))
      people.push_back(holder.person);
  }
  Values said{{"first", std::to_string(first.number)},
              {"second", std::to_string(second.number)},
              {"building", l_.areas.building_text(first.area)}};
  for (PersonId person : people) {
    if (about(first, person) || about(second, person)) continue;
    turn.tell(person, merge_offer, said,  // saves work, not people: it can wait for the morning
              {.task = second.id,
               .keep = same_within,
               .accepts = "1 2",
               .topic = "cross_help",
               .ref = -pair,
               .hint = "合并 " + std::to_string(first.number) + " " + std::to_string(second.number)});
  }
}

void TaskDesk::merge(Turn& turn, Task& kept, Task& later) {
  auto told = l_.tasks.offered_to(later.id);
  if (later.owner) told.push_back(later.owner);
  l_.links.move_followers(later.id, kept.id);
  if (later.reporter && later.reporter != kept.reporter) l_.links.follow(kept.id, later.reporter, later.id);
  std::string words = later.text;
  Values said{{"first", std::to_string(kept.number)}, {"second", std::to_string(later.number)}};
  end(turn, later, CloseHow::merged, "merged");
  if (later.urgency > kept.urgency) kept.urgency = later.urgency;
  if (!kept.household && later.household) kept.household = later.household;
  l_.tasks.save(kept);
  add(turn, kept, words);
  for (PersonId person : told) {
    if (person != turn.sender() && person != kept.owner)
      turn.tell(person, staff_merged, said, {.task = kept.id});
  }
  if (later.reporter) {
    said.emplace_back("owner", kept.owner ? owner_text(kept, turn.now()) : "还没有人接，正在催");
    turn.tell(later.reporter, your_merged, said, {.task = kept.id});
  }
}

void TaskDesk::split(Turn& turn, Task& kept, Task& later) {
  l_.links.unfollow(kept.id, later.id);
  later.closed_at.reset();
  later.closed_how = CloseHow::none;
  later.reminders = 0;
  record(turn, later, "undone", turn.sender(), "merged");
  if (later.owner) {
    later.state = TaskState::accepted;
    schedule(turn, later, policies_.of(later.kind).remind_every, "remind");
  } else {
    later.state = TaskState::open;
    later.offered_at.reset();
    offer_first(turn, later);
  }
  l_.tasks.save(later);
  if (later.reporter)
    turn.tell(later.reporter, your_split,
              {{"first", std::to_string(kept.number)}, {"second", std::to_string(later.number)}},
              {.task = later.id});
}

/// One of several reporters has said so: the others hear.
void TaskDesk::tell_other_reporters(Turn& turn, const Task& task, bool solved) {
  tell_reporters(turn, task, solved ? your_confirmed : your_reopened,
                 {{"number", std::to_string(task.number)}});
}

/// One of several reporters does not need it any more: the others still do. False if there is no other.
bool TaskDesk::leave_to_others(Turn& turn, Task& task) {
  auto people = reporters(task);
  std::erase(people, turn.sender());
  if (people.empty() || !turn.has_sender()) return false;
  l_.links.unfollow(task.id, turn.sender());
  if (task.reporter == turn.sender()) {
    task.reporter = people.front();
    l_.links.unfollow(task.id, people.front());
    l_.tasks.save_reporter(task);
  }
  record(turn, task, "reporter_left");
  Values said{{"number", std::to_string(task.number)}};
  if (task.owner) turn.tell(task.owner, one_less, said, {.task = task.id});
  turn.say(your_left, said);
  return true;
}

}  // namespace linli::dialog
