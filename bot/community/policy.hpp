// What is owed when: the policy of a task kind, as config/policies.toml says it. Pure values and rules; the
// engine that acts on them is dialog/task_desk.
#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/area.hpp"
#include "bot/community/role.hpp"
#include "bot/community/task.hpp"

namespace linli::community {

/// Whom to ask: holders of `role` in the task's area or the nearest area above it; with `scope`, only an
/// appointment in an area of that kind counts (the officer on call of the street, not of the community).
struct Level {
  Role role{};
  std::optional<AreaKind> scope;
};

struct TaskPolicy {
  std::vector<Level> levels;  // bottom up; one that nobody holds is skipped
  int together = 1;           // so many of the first levels are asked at once
  Seconds gather{20};         // wait so long after the last words before offering, so that pieces become one
  Seconds accept_within{0};   // nobody accepted by then: the next level is asked
  Seconds remind_every{0};    // accepted and not done: the owner is reminded
  int reminders_before_climb = 2;  // then the next level hears of it
  Seconds confirm_again{0};        // done, no answer from the reporter: ask once more
  Seconds silent_close{0};         // and after this long without an answer it is closed as silent
};

class Policies {
 public:
  /// Reads config/policies.toml. Errc::bad_config names file, key, what was found and what is allowed.
  static Result<Policies> read(const std::filesystem::path& file);

  const TaskPolicy& of(TaskKind kind) const { return of_[static_cast<std::size_t>(kind)]; }

 private:
  std::array<TaskPolicy, task_kinds> of_;
};

}  // namespace linli::community
