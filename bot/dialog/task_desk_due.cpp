// What the schedule does to tasks: offering when the pieces are gathered, climbing when nobody accepts,
// reminding, asking the reporter again, closing as silent. Each step sets the next one, so a task that is
// open always has something due.
#include <algorithm>

#include "bot/community/mask.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

constexpr Seconds longest_wait{24 * 3600};

/// The wait doubles each time the top has been asked and nobody answered, to a day; a policy that waits
/// longer is asked no sooner.
Seconds next_wait(Seconds first, int times) {
  Seconds wait = first;
  for (int i = 0; i < times && wait < longest_wait; ++i) wait *= 2;
  return std::min(wait, std::max(first, longest_wait));
}

}  // namespace

void TaskDesk::due(Turn& turn, const store::Due& due) {
  auto task = l_.tasks.find(TaskId{due.ref});
  if (!task || task->state == TaskState::closed) return;
  if (due.data == "offer") {
    if (!task->offered_at) {
      offer_first(turn, *task);
      look_for_double(turn, *task);
    } else if (std::string words = std::exchange(task->data["added"], {}); !words.empty()) {
      bool taken = static_cast<bool>(task->owner);
      Values all = values(turn, *task, taken);
      all.emplace_back("added", taken ? words : community::mask_place(words));
      if (task->owner) {
        tell_staff(turn, *task, task->owner, "added", all, false);
      } else {
        tell_offered(turn, *task, "added", all);
      }
    }
    return l_.tasks.save(*task);
  }
  if (due.data == "accept") return due_accept(turn, *task);
  if (due.data == "remind") return due_remind(turn, *task);
  due_confirm(turn, *task);
}

/// Nobody accepted in time: the next level that somebody holds hears of it; at the top, the top hears again.
void TaskDesk::due_accept(Turn& turn, Task& task) {
  if (task.state != TaskState::open) return;
  const auto& policy = policies_.of(task.kind);
  auto waited = std::chrono::duration_cast<Seconds>(turn.now() - task.offered_at.value_or(task.opened_at));
  Values more{{"waited", duration_text(waited)}};
  if (offer_from(turn, task, task.level + 1, "escalated", more)) {
    record(turn, task, "escalated");
    task.reminders = 0;
    schedule(turn, task, policy.accept_within, "accept");
    tell_reporter(turn, task, "escalated", more);
  } else {
    offer_from(turn, task, task.level, "escalated", more);
    record(turn, task, "top_reminded");
    schedule(turn, task, next_wait(policy.accept_within, ++task.reminders), "accept");
  }
  l_.tasks.save(task);
}

/// Accepted and not done: the owner is reminded, and after some reminders the next level may take it over. An
/// owner who holds no appointment any more has lost it.
void TaskDesk::due_remind(Turn& turn, Task& task) {
  if (task.state != TaskState::accepted) return;
  const auto& policy = policies_.of(task.kind);
  bool by_office = task.kind != TaskKind::acknowledge;
  if (by_office && !l_.appointments.serves(task.owner, turn.now())) {
    record(turn, task, "owner_gone", task.owner);
    task.owner = {};
    task.state = TaskState::open;
    task.reminders = 0;
    task.offered_at.reset();
    offer_first(turn, task);
    return l_.tasks.save(task);
  }
  auto since = std::chrono::duration_cast<Seconds>(turn.now() - task.accepted_at.value_or(task.opened_at));
  Values all = values(turn, task, true);
  all.emplace_back("waited", duration_text(since));
  tell_staff(turn, task, task.owner, "reminder", all, false);
  record(turn, task, "reminded", task.owner);
  if (++task.reminders == policy.reminders_before_climb) {
    PersonId owner = task.owner;
    if (offer_from(turn, task, task.level + 1, "late", {{"waited", duration_text(since)}}))
      record(turn, task, "escalated", owner);
  }
  schedule(turn, task, next_wait(policy.remind_every, task.reminders - policy.reminders_before_climb),
           "remind");
  l_.tasks.save(task);
}

/// Reported done and no word from the reporter: asked once more, then closed as silent, which is counted
/// apart.
void TaskDesk::due_confirm(Turn& turn, Task& task) {
  if (task.state != TaskState::done) return;
  const auto& policy = policies_.of(task.kind);
  renew_confirmer(turn, task);
  if (task.data["asked_again"].empty()) {
    task.data["asked_again"] = "1";
    record(turn, task, "asked_again");
    tell_reporter(turn, task, "done_again", {{"closes", duration_text(policy.silent_close)}}, "1 2");
    schedule(turn, task, policy.silent_close, "confirm");
    return l_.tasks.save(task);
  }
  if (pass_confirmation_on(turn, task)) return;
  tell_reporter(turn, task, "silent");
  end(turn, task, CloseHow::silent, "closed_silent");
}

}  // namespace linli::dialog
