// Which kind of area may stand below which, and which may be marked as managed by nobody, as
// config/areas.toml says it. A pure value: import asks it for every row, check-config reads it.
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "bot/base/result.hpp"
#include "bot/community/area.hpp"

namespace linli::community {

class AreaRules {
 public:
  /// Reads config/areas.toml. Errc::bad_config names file, key, what was found and what is allowed: a kind
  /// without a table, a kind nobody knows, no top or several, kinds that stand below each other in a circle.
  static Result<AreaRules> read(const std::filesystem::path& file);

  bool may_stand_below(AreaKind child, AreaKind parent) const;
  /// The top of the tree: stands below nothing.
  bool is_top(AreaKind kind) const { return of(kind).below.none(); }
  bool may_be_unmanaged(AreaKind kind) const { return of(kind).unmanaged; }

  /// "community, village, compound, courtyard": for whoever put an area where it cannot stand.
  std::string parents_text(AreaKind child) const;
  /// "compound, courtyard, building"
  std::string unmanaged_text() const;

 private:
  struct Kinds {
    std::array<bool, area_kinds> holds{};
    bool none() const;
  };
  struct Rule {
    Kinds below;
    bool unmanaged{};
  };
  const Rule& of(AreaKind kind) const { return of_[static_cast<std::size_t>(kind)]; }
  /// A kind that stands below itself, directly or through others.
  const AreaKind* in_a_circle() const;

  std::array<Rule, area_kinds> of_;
};

}  // namespace linli::community
