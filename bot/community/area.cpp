#include "bot/community/area.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace linli::community {

namespace {

constexpr std::array<std::string_view, area_kinds> names = {"district", "street",   "township",  "community",
                                                            "village",  "compound", "courtyard", "building",
                                                            "unit",     "household"};

}  // namespace

std::string_view name(AreaKind kind) {
  return names[static_cast<std::size_t>(kind)];
}

std::optional<AreaKind> area_kind(std::string_view wanted) {
  auto found = std::ranges::find(names, wanted);
  if (found == names.end()) return std::nullopt;
  return static_cast<AreaKind>(found - names.begin());
}

std::vector<AreaId> ids_of_path(std::string_view path) {
  std::vector<AreaId> ids;
  for (std::size_t at = 1; at < path.size();) {
    std::int64_t value = 0;
    auto [end, ec] = std::from_chars(path.data() + at, path.data() + path.size(), value);
    if (ec != std::errc{}) break;
    ids.push_back(AreaId{value});
    at = static_cast<std::size_t>(end - path.data()) + 1;
  }
  return ids;
}

}  // namespace linli::community
