// config/bulletin.toml: when the bulletin is issued, who gets it, and how long issued ones are compared with
// later data. Read once at start.
#pragma once

#include <filesystem>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/area.hpp"
#include "bot/community/role.hpp"

namespace linli::community {

struct BulletinRules {
  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<BulletinRules> read(const std::filesystem::path& file);

  int issue_minute = 8 * 60;  // of Monday
  std::vector<Role> told;     // whoever holds one of these in an area of `told_in` gets its bulletin
  std::vector<AreaKind> told_in;
  std::vector<Role> may_ask;  // who may ask for the bulletin of their area and those below
  int errata_weeks = 4;       // so many issued bulletins are compared with later data
  Seconds draft_for{600};     // a bulletin of the running week is counted anew after so long
};

}  // namespace linli::community
