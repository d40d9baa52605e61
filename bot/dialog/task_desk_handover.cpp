// What somebody has in hand goes to somebody else: their office ended, they are ill or on leave, or left the
// account.
#include <algorithm>

#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

constexpr TextId your_handed_over{"appointment.your_handed_over"};

}  // namespace

std::vector<Task> TaskDesk::in_hand(PersonId person, AreaId area) {
  auto tasks = l_.tasks.owned(person);
  for (Task& task : l_.tasks.offered(person)) {
    bool there = std::ranges::find(tasks, task.id, &Task::id) != tasks.end();
    if (!there) tasks.push_back(std::move(task));
  }
  std::erase_if(tasks, [&](const Task& task) {
    if (task.kind == TaskKind::acknowledge) return true;  // nobody can read it for them
    if (!area) return false;
    auto chain = l_.areas.chain(task.area ? task.area : intake_area_);
    return std::ranges::find(chain, area, &store::Area::id) == chain.end();
  });
  return tasks;
}

/// Nobody is given their own request, or a complaint about themselves; and nobody who cannot be reached.
bool TaskDesk::can_have(const Task& task, PersonId person) {
  if (!person || person == task.reporter || !l_.people.contact_of(person)) return false;
  auto about = task.data.find("about");
  return about == task.data.end() || about->second != std::to_string(person.value);
}

std::vector<Task> TaskDesk::hand_over(Turn& turn, PersonId from, PersonId to, AreaId area,
                                      std::string_view reason) {
  auto tasks = in_hand(from, area);
  for (Task& task : tasks) hand_over_one(turn, task, from, to, reason);
  return tasks;
}

void TaskDesk::hand_over_one(Turn& turn, Task& task, PersonId from, PersonId to, std::string_view reason) {
  bool owned = task.owner == from;
  // A complaint that names nobody may be about somebody who now rises to the office that has it.
  if (task.kind == TaskKind::complaint && task.data["about"].empty() && to) {
    auto held = l_.appointments.of_person(to, turn.now());
    bool from_below =
        std::ranges::any_of(held, [](const auto& one) { return one.role != community::Role::on_call; });
    if (from_below) task.data["about"] = std::to_string(to.value);
  }
  PersonId next = can_have(task, to) ? to : PersonId{};
  record(turn, task, "left_by", from, reason);
  turn.around().asks.drop(from, "my_tasks", task.id.value);
  l_.tasks.withdraw_offer(task.id, from);
  if (owned) {
    if (task.kind == TaskKind::human) turn.take_out(task.reporter, "human");  // the talk waits for the next
    task.owner = {};
    task.state = TaskState::open;
    task.accepted_at.reset();
    task.offered_at = turn.now();
    task.reminders = 0;
  }
  Values more{{"reason", std::string(reason)}};
  auto others = l_.tasks.offered_to(task.id);
  bool asked = std::ranges::find(others, next) != others.end();
  if (next && !asked) {
    l_.tasks.offer(task.id, next, task.level, turn.now());
    record(turn, task, "handed_over", next);
    Values all = values(turn, task, false);
    all.insert(all.end(), more.begin(), more.end());
    if (next == turn.sender())
      ask_again(turn, task);
    else
      tell_staff(turn, task, next, "handed_over", all, true);
  }
  bool left = !next && others.empty();  // nobody has it before their eyes any more
  if (left && !offer_from(turn, task, task.level, "handed_over", more) &&
      !offer_from(turn, task, 0, "handed_over", more)) {
    record(turn, task, "nobody");
  }
  if (owned || left || (next && !asked)) {  // whoever has just been asked has the whole time
    task.reminders = 0;
    schedule(turn, task, policies_.of(task.kind).accept_within, "accept");
  }
  l_.tasks.save(task);
  if (owned && task.reporter && !text_for(turn, task, "your_returned").empty()) {
    turn.tell(task.reporter, your_handed_over, values(turn, task, false),
              {.urgency = task.urgency, .task = task.id});
  }
}

}  // namespace linli::dialog
