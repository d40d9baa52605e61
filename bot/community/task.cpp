#include "bot/community/task.hpp"

#include <algorithm>
#include <array>

namespace linli::community {

namespace {

struct KindRow {
  std::string_view name;
  std::string_view title;
  std::string_view topic;
};

constexpr std::array<KindRow, task_kinds> kinds = {{
    {"life_safety", "紧急求助", "help_request"},
    {"help", "求助", "help_request"},
    {"health", "健康随访", "health_checkin"},
    {"rumour_review", "传言核实", "rumour_report"},
    {"human", "人工", "human"},
    {"complaint", "投诉", "help_request"},
    {"call_back", "电话联系", "my_data"},
    {"objection", "更正核实", "health_checkin"},
    {"shift_cover", "缺岗", "shift_checkin"},
    {"gap", "覆盖缺口", "coverage"},
    {"co_help", "协办", "cross_help"},
    {"handoff", "移交", "cross_help"},
    {"care", "关爱联系", "care"},
    {"appeal", "缺勤申诉", "rota"},
    {"screening", "排查", "campaign"},
    {"roll_up", "日报确认", "campaign"},
    {"patrol_point", "巡访点", "patrol"},
    {"finding", "巡访发现", "patrol"},
    {"rectification", "整改", "inspection"},
    {"acknowledge", "通知回执", "notice"},
    {"suggestion", "建议", "suggestion"},
    {"question", "咨询", "guidance"},
    {"score_review", "考核异议", "assessment"},
}};
constexpr std::array<std::string_view, 4> states = {"open", "accepted", "done", "closed"};
constexpr std::array<std::string_view, 6> hows = {"",          "confirmed", "silent",
                                                  "withdrawn", "answered",  "merged"};

}  // namespace

std::string_view name(TaskKind kind) {
  return kinds[static_cast<std::size_t>(kind)].name;
}
std::string_view title(TaskKind kind) {
  return kinds[static_cast<std::size_t>(kind)].title;
}
std::string_view topic_of(TaskKind kind) {
  return kinds[static_cast<std::size_t>(kind)].topic;
}
std::string_view name(TaskState state) {
  return states[static_cast<std::size_t>(state)];
}
std::string_view name(CloseHow how) {
  return hows[static_cast<std::size_t>(how)];
}

std::optional<TaskKind> task_kind(std::string_view wanted) {
  auto found = std::ranges::find(kinds, wanted, &KindRow::name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<TaskKind>(found - kinds.begin());
}

std::optional<TaskState> task_state(std::string_view wanted) {
  auto found = std::ranges::find(states, wanted);
  if (found == states.end()) return std::nullopt;
  return static_cast<TaskState>(found - states.begin());
}

CloseHow close_how(std::string_view wanted) {
  auto found = std::ranges::find(hows, wanted);
  return found == hows.end() ? CloseHow::none : static_cast<CloseHow>(found - hows.begin());
}

}  // namespace linli::community
