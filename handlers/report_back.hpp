// "12 号解决了", "还没解决": what whoever reported something says of it once it is done, in words. Shared by
// the topics whose reporters are not asking for help: findings of a round, rectifications, questions.
#pragma once

#include <optional>

#include "bot/dialog/task_desk.hpp"

namespace linli::handlers {

struct ReportBack {
  community::Task task;
  bool solved{};
};

/// The one task of that kind, reported done to the sender, that the words are about: by its number, or
/// because nothing else of theirs is open.
std::optional<ReportBack> read_report_back(dialog::Turn& turn, dialog::TaskDesk& desk,
                                           community::TaskKind kind);

}  // namespace linli::handlers
