// Roles that a person can be appointed to in an area, and what each is called in the chat.
#pragma once

#include <optional>
#include <string_view>

#include "bot/community/area.hpp"

namespace linli::community {

enum class Role {
  publicist,
  instructor,
  supervisor,
  patroller,
  joint_defender,  // the five officers 五大员
  grid_leader,
  building_leader,
  unit_leader,
  old_party_member,
  volunteer,
  deputy,
  on_call,  // officer on call, at a community, street or district
};

std::string_view name(Role role);  // "grid_leader" ...: in tables, CSV files and settings
std::optional<Role> role(std::string_view name);
std::string_view title(Role role);  // "网格长" ...
/// By what people type: "网格长", "值班", also the English name.
std::optional<Role> role_by_title(std::string_view typed);

/// A leader of a building or of a unit is one of just that: "楼院长" of a whole compound is a slip of whoever
/// left the number out.
bool may_be_held_at(Role role, AreaKind kind);

/// The first role named anywhere in a text, and where it stands.
struct RoleSaid {
  Role role{};
  std::size_t at{}, length{};
};
std::optional<RoleSaid> role_in(std::string_view text);

}  // namespace linli::community
