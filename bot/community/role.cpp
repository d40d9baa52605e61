#include "bot/community/role.hpp"

#include <array>
#include <utility>

namespace linli::community {

namespace {

struct Row {
  Role role;
  std::string_view name;
  std::string_view title;
};

using enum Role;
constexpr std::array<Row, 12> rows = {{
    {publicist, "publicist", "宣传员"},
    {instructor, "instructor", "指导员"},
    {supervisor, "supervisor", "监督员"},
    {patroller, "patroller", "巡访员"},
    {joint_defender, "joint_defender", "联防员"},
    {grid_leader, "grid_leader", "网格长"},
    {building_leader, "building_leader", "楼院长"},
    {unit_leader, "unit_leader", "单元长"},
    {old_party_member, "old_party_member", "老党员"},
    {volunteer, "volunteer", "志愿者"},
    {deputy, "deputy", "代表委员"},
    {on_call, "on_call", "值班干部"},
}};

}  // namespace

std::string_view name(Role wanted) {
  return rows[static_cast<std::size_t>(wanted)].name;
}
std::string_view title(Role wanted) {
  return rows[static_cast<std::size_t>(wanted)].title;
}

std::optional<Role> role(std::string_view wanted) {
  for (const Row& row : rows) {
    if (row.name == wanted) return row.role;
  }
  return std::nullopt;
}

std::optional<Role> role_by_title(std::string_view typed) {
  for (const Row& row : rows) {
    if (row.name == typed || row.title == typed) return row.role;
  }
  if (typed == "楼长") return building_leader;
  if (typed == "值班" || typed == "社区值班") return on_call;
  if (typed == "网格员") return grid_leader;
  return std::nullopt;
}

bool may_be_held_at(Role role, AreaKind kind) {
  if (role == Role::unit_leader) return kind == AreaKind::unit || kind == AreaKind::building;
  if (role == Role::building_leader) return kind == AreaKind::building || kind == AreaKind::courtyard;
  return true;
}

std::optional<RoleSaid> role_in(std::string_view text) {
  constexpr std::pair<std::string_view, Role> others[] = {
      {"楼长", building_leader}, {"网格员", grid_leader}, {"值班", on_call}, {"党员", old_party_member}};
  for (const Row& row : rows) {
    if (auto at = text.find(row.title); at != text.npos) return RoleSaid{row.role, at, row.title.size()};
  }
  for (const auto& [word, meant] : others) {
    if (auto at = text.find(word); at != text.npos) return RoleSaid{meant, at, word.size()};
  }
  return std::nullopt;
}

}  // namespace linli::community
