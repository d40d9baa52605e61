// The area tree's vocabulary: one typed node for everything from the district down to a household.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/ids.hpp"

namespace linli::community {

enum class AreaKind {
  district,
  street,
  township,
  community,
  village,
  compound,
  courtyard,
  building,
  unit,
  household
};

inline constexpr std::size_t area_kinds = 10;

std::string_view name(AreaKind kind);  // "district" ...: in tables, CSV files and settings
std::optional<AreaKind> area_kind(std::string_view name);

struct Area {
  AreaId id;
  std::string code;
  AreaKind kind{};
  std::string name;
  AreaId parent;
  std::string path;  // ids from the root down to this node: "/1/4/9/"
  bool unmanaged{};
};

/// The ids in a path, root first: "/1/4/9/" gives 1, 4, 9.
std::vector<AreaId> ids_of_path(std::string_view path);

}  // namespace linli::community
