// Work that an office confirms, not whoever happened to report it: data "confirm_by" names the roles, best
// first ("instructor publicist on_call"). Whoever of them is gone is replaced by whoever holds the role now,
// and silence never closes such a task: it is asked of the next one, so that nothing is written off unseen.
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

std::vector<community::Role> confirming_roles(const Task& task) {
  std::vector<community::Role> roles;
  auto listed = task.data.find("confirm_by");
  std::istringstream in(listed == task.data.end() ? std::string() : listed->second);
  for (std::string name; in >> name;) {
    if (auto role = community::role(name)) roles.push_back(*role);
  }
  return roles;
}

bool asked_before(const Task& task, PersonId person) {
  auto asked = task.data.find("confirm_asked");
  if (asked == task.data.end()) return false;
  std::istringstream in(asked->second);
  for (std::int64_t id = 0; in >> id;) {
    if (id == person.value) return true;
  }
  return false;
}

}  // namespace

bool TaskDesk::office_confirms(const Task& task) {
  return !confirming_roles(task).empty();
}

bool TaskDesk::may_confirm(const Task& task, PersonId person, Time now) {
  if (person == task.owner) return false;  // nobody passes their own work
  if (person == task.reporter) return true;
  return std::ranges::any_of(confirming_roles(task), [&](community::Role role) {
    return l_.appointments.responsible(person, role, task.area, now);
  });
}

/// The nearest holder of one of the roles who can be reached, has not been asked and did not do it; none if
/// there is nobody.
PersonId TaskDesk::next_confirmer(const Task& task, Time now) {
  auto roles = confirming_roles(task);
  auto chain = l_.areas.chain(task.area);
  for (auto area = chain.rbegin(); area != chain.rend(); ++area) {
    for (community::Role role : roles) {
      for (const auto& holder : l_.appointments.holders({role, std::nullopt}, area->id, now)) {
        bool fit = holder.person != task.owner && holder.person != task.reporter &&
                   !asked_before(task, holder.person) && l_.people.contact_of(holder.person);
        if (fit) return holder.person;
      }
    }
  }
  return {};
}

void TaskDesk::confirmed_by(Turn& turn, Task& task, PersonId person) {
  turn.around().asks.drop_all(community::topic_of(task.kind), task.id.value);
  task.reporter = person;
  l_.tasks.save_reporter(task);
  record(turn, task, "confirmer", person);
}

/// Before somebody is asked: are they still there and still in office?
void TaskDesk::renew_confirmer(Turn& turn, Task& task) {
  auto roles = confirming_roles(task);
  if (roles.empty()) return;
  bool in_office = std::ranges::any_of(roles, [&](community::Role role) {
    return l_.appointments.responsible(task.reporter, role, task.area, turn.now());
  });
  bool there = in_office && task.reporter != task.owner && l_.people.contact_of(task.reporter) &&
               l_.appointments.serves(task.reporter, turn.now());
  if (there) return;
  if (PersonId next = next_confirmer(task, turn.now())) confirmed_by(turn, task, next);
}

/// No word in time: the next one is asked; when all have been, they are asked anew. False if the task is not
/// confirmed by an office.
bool TaskDesk::pass_confirmation_on(Turn& turn, Task& task) {
  if (!office_confirms(task)) return false;
  const auto& policy = policies_.of(task.kind);
  task.data["confirm_asked"] += fmt::format("{} ", task.reporter.value);
  PersonId next = next_confirmer(task, turn.now());
  if (!next) task.data["confirm_asked"].clear();
  if (next) confirmed_by(turn, task, next);
  record(turn, task, "asked_again", task.reporter);
  tell_reporter(turn, task, "done_again", {{"closes", duration_text(policy.silent_close)}}, "1 2");
  schedule(turn, task, policy.silent_close, "confirm");
  l_.tasks.save(task);
  return true;
}

}  // namespace linli::dialog
