#include "handlers/report_back.hpp"

#include <charconv>

namespace linli::handlers {

using community::Task;
using community::TaskState;
using dialog::Turn;

namespace {

/// The number that a text begins with: "12 号解决了".
std::int64_t leading_number(std::string_view normal) {
  std::int64_t number = 0;
  std::from_chars(normal.data(), normal.data() + normal.size(), number);
  return number;
}

}  // namespace

std::optional<ReportBack> read_report_back(Turn& turn, dialog::TaskDesk& desk, community::TaskKind kind) {
  if (turn.message().kind != dialog::MessageKind::text || !turn.has_sender()) return std::nullopt;
  const std::string& normal = turn.message().normal;
  bool unsolved = turn.words().mentions("not_received", normal);
  if (!unsolved && !turn.words().mentions("settled", normal)) return std::nullopt;
  std::int64_t number = leading_number(normal);
  auto open = desk.tasks().open_of_reporter(turn.sender());
  std::optional<Task> meant;
  for (Task& task : open) {
    bool asked = task.kind == kind && task.state == TaskState::done;
    if (number > 0 ? asked && task.number == number : asked && open.size() == 1) meant = std::move(task);
  }
  if (!meant) return std::nullopt;
  return ReportBack{std::move(*meant), !unsolved};
}

}  // namespace linli::handlers
