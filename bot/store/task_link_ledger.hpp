// How tasks hang together: parts of a task that others do, several people who reported the same, and reports
// that look like the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

/// A part in somebody else's task (co_help), or its hand-off to another unit (handoff).
struct TaskPart {
  TaskId parent, child;
  std::int64_t organisation{};
  std::optional<Time> deadline = {};
};

/// Two tasks that may be the same: asked about once.
struct TaskDouble {
  std::int64_t id{};
  TaskId first, second;
  std::string state;  // offered, merged, apart
};

class TaskLinkLedger {
 public:
  explicit TaskLinkLedger(Database& db);

  void add_part(const TaskPart& part);
  std::vector<TaskPart> parts(TaskId parent);
  std::optional<TaskPart> part_of(TaskId child);

  /// Beside its reporter, these hear of every state of the task and may confirm or reopen it. `merged` is
  /// their own report, now closed.
  void follow(TaskId task, PersonId person, TaskId merged);
  void unfollow(TaskId task, TaskId merged);
  void unfollow(TaskId task, PersonId person);
  std::vector<PersonId> followers(TaskId task);
  /// Those of `from` now follow `to`.
  void move_followers(TaskId from, TaskId to);

  /// The pair's id; 0 if it was offered before.
  std::int64_t propose(TaskId first, TaskId second, Time now);
  std::optional<TaskDouble> find(std::int64_t id);
  std::optional<TaskDouble> between(TaskId first, TaskId second);
  void decide(std::int64_t id, std::string_view state, PersonId by, Time now);
  struct Merge {
    TaskDouble pair;
    Time at{};
  };
  std::optional<Merge> last_merge(PersonId by, Time since);

 private:
  Statement add_part_, parts_, part_of_, follow_, unfollow_, unfollow_person_, followers_, move_, propose_,
      find_, between_, decide_, last_;
};

}  // namespace linli::store
