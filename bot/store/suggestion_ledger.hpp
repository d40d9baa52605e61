// What a suggestion has beyond its task: by when an answer was promised, whether a deputy made it, and
// whether it is about the bot itself. Who has it, what was said and how it ended are the task's (TaskLedger).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

struct Suggestion {
  TaskId task;
  Time answer_by{};
  bool deputy{};
  std::string about;  // "bot": about the bot itself; otherwise empty
  std::optional<Time> overdue_at;
};

/// Of suggestions made in a span. `answered` is by its owner, whatever the person said then.
struct SuggestionTotals {
  int made{}, by_deputies{}, about_bot{}, answered{}, in_time{}, satisfied{}, reopened{}, overdue{};
};

class SuggestionLedger {
 public:
  explicit SuggestionLedger(Database& db);

  void add(const Suggestion& suggestion);
  std::optional<Suggestion> find(TaskId task);
  void set_overdue(TaskId task, Time at);
  /// Not closed, at the area and below: those of deputies first, then by the promised time.
  std::vector<Suggestion> open_in(AreaId area);
  SuggestionTotals totals(AreaId area, Time from, Time until);

 private:
  Statement add_, find_, overdue_, open_, path_, totals_;
};

}  // namespace linli::store
