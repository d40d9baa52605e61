// The half of Watch that looks at tasks: each has a clock, recomputed from its history and the policy, and
// somebody who is responsible.
#include <algorithm>
#include <fmt/format.h>

#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

namespace {

using community::TaskState;

constexpr Seconds tick{60};
constexpr Seconds longest_wait{24 * 3600};

bool one_of(std::string_view what, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, what) != list.end();
}

Seconds doubled(Seconds first, int times) {
  Seconds wait = first;
  for (int i = 0; i < times && wait < longest_wait; ++i) wait *= 2;
  return std::min(wait, std::max(first, longest_wait));
}

}  // namespace

struct Watch::OpenTask {
  community::Task task;
  std::vector<store::TaskEvent> history;
};

/// Moments in which nobody could act do not count.
Time Watch::seen_by(Time due) const {
  for (const auto& [from, until] : blind_) {
    if (due >= from && due < until) due = until;
  }
  return due;
}

/// What started the clock that runs now, and how long the policy lets it run.
std::optional<std::pair<Time, Seconds>> Watch::clock_of(const OpenTask& open) const {
  const auto& policy = policies_.of(open.task.kind);
  Time start = open.task.opened_at;
  int before = 0;  // reminders since whatever reset them
  bool asked_again = false, undone = false;
  std::optional<Time> left;
  for (const auto& event : open.history) {
    if (open.task.state == TaskState::open && open.task.offered_at) {
      if (event.at < *open.task.offered_at) continue;
      if (one_of(event.what,
                 {"escalated", "returned", "transferred", "undone", "reopened", "owner_gone", "handed_over"}))
        start = event.at, before = 0;
      if (event.what == "left_by") left = event.at;  // anew only if others were asked for it
      if (left == event.at && one_of(event.what, {"offered", "nobody"})) start = event.at, before = 0;
      if (event.what == "top_reminded") start = event.at, ++before;
    } else if (open.task.state == TaskState::open) {
      if (one_of(event.what, {"opened", "added", "reopened"})) start = event.at;
    } else if (open.task.state == TaskState::accepted) {
      if (one_of(event.what, {"accepted", "reopened", "returned"})) start = event.at, before = 0;
      if (event.what == "undone")
        start = event.at, undone = true;  // one step back: what was reminded stays so
      if (event.what == "reminded") start = event.at, undone = false, ++before;
    } else {
      if (event.what == "done") start = event.at, asked_again = false;
      if (event.what == "asked_again") start = event.at, asked_again = true;
    }
  }
  switch (open.task.state) {
    case TaskState::open:
      if (!open.task.offered_at) return std::pair{start, std::max(policy.gather, Seconds{1})};
      return std::pair{std::max(start, *open.task.offered_at), doubled(policy.accept_within, before)};
    case TaskState::accepted:
      return std::pair{start,
                       doubled(policy.remind_every, undone ? 0 : before - policy.reminders_before_climb)};
    default:
      return std::pair{start, asked_again ? policy.silent_close : policy.confirm_again};
  }
}

bool Watch::somebody_responsible(const OpenTask& open) const {
  auto& l = scene_.house().ledgers();
  auto reachable = [&](PersonId person) { return l.people.contact_of(person).has_value(); };
  const auto& task = open.task;
  if (task.state == TaskState::done) return true;  // the reporter has the word; a no asks somebody reachable
  if (task.owner) return reachable(task.owner);
  if (!task.offered_at) return true;  // pieces are still being gathered; its clock is watched
  if (std::ranges::any_of(l.tasks.offered_to(task.id), reachable)) return true;
  return !open.history.empty() &&
         std::ranges::any_of(open.history.rbegin(),
                             open.history.rbegin() + std::min<std::ptrdiff_t>(6, std::ssize(open.history)),
                             [](const auto& event) { return event.what == "nobody"; });
}

void Watch::look_at(const OpenTask& open) {
  const auto& task = open.task;
  check("responsible", somebody_responsible(open),
        fmt::format("nobody is responsible for the {} task, which is {}; number", community::name(task.kind),
                    community::name(task.state)),
        task.number);
  auto clock = clock_of(open);
  if (!clock || clock->second.count() <= 0) return;
  auto [start, wait] = *clock;
  bool sleeps = task.urgency == community::Urgency::normal || task.state == TaskState::done;
  Time due = sleeps && task.offered_at ? quiet_.end(quiet_.end(start) + wait) : start + wait;
  check("on_time", scene_.now() <= seen_by(due) + tick,
        fmt::format("nothing has happened since {} to the {} task, which is {}; number",
                    scene_.zone().date_time_text(start), community::name(task.kind),
                    community::name(task.state)),
        task.number);
}

void Watch::look_at_tasks() {
  if (!scene_.bot().up()) return;
  auto& l = scene_.house().ledgers();
  store::Statement open(scene_.house().database(), "select id from task where state <> 'closed' order by id");
  std::vector<TaskId> ids;
  open.each<TaskId>([&](TaskId id) { ids.push_back(id); });
  for (TaskId id : ids) {
    if (auto task = l.tasks.find(id)) look_at({*task, l.tasks.history(id)});
  }
  look_at_rounds();
  auto next = l.dues.next();
  check("on_time", !next || scene_.now() <= seen_by(*next) + tick, "something that was due was left lying");
}

}  // namespace linli::app::simulation
