// The emergency level of an area, and which duties exist at which level, as config/levels.toml says it. Pure
// values; topics ask before they remind, gather or tell anybody.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "bot/base/result.hpp"

namespace linli::community {

enum class EmergencyLevel { normal, alert, emergency };

inline constexpr std::size_t emergency_levels = 3;

std::string_view name(EmergencyLevel level);   // "normal": in tables and settings
std::string_view title(EmergencyLevel level);  // "平时"
std::optional<EmergencyLevel> emergency_level(std::string_view name);
/// The level that a normalised text names, and where: 平时, 戒备, 紧急, or the English name.
struct LevelSaid {
  EmergencyLevel level{};
  std::size_t at{}, length{};
};
std::optional<LevelSaid> level_in(std::string_view normal);

enum class LevelDuty {
  daily_checkin,  // households report every day
  shift_checkin,  // posts are stood: reminders, check-in, somebody missing
  rounds,         // who has not been heard from, to grid leaders; points of patrol rounds fall due
};

inline constexpr std::size_t level_duties = 3;

std::string_view name(LevelDuty duty);
std::string_view title(LevelDuty duty);  // "每日打卡"

class LevelRules {
 public:
  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<LevelRules> read(const std::filesystem::path& file);

  bool exists(LevelDuty duty, EmergencyLevel level) const {
    return exists_[static_cast<std::size_t>(duty)][static_cast<std::size_t>(level)];
  }
  /// `level` by its name, as an area has it.
  bool exists(LevelDuty duty, std::string_view level) const;

 private:
  std::array<std::array<bool, emergency_levels>, level_duties> exists_{};
};

}  // namespace linli::community
