#include "bot/community/level_rules.hpp"

#include <fmt/format.h>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

struct LevelRow {
  std::string_view name, title;
  std::array<std::string_view, 4> words;  // how people name it
};
constexpr std::array<LevelRow, emergency_levels> levels = {{
    {"normal", "平时", {"平时", "正常", "解除", "normal"}},
    {"alert", "戒备", {"戒备", "警戒", "警戒状态", "alert"}},
    {"emergency", "紧急", {"紧急", "应急状态", "緊急", "emergency"}},
}};

struct DutyRow {
  std::string_view name, title;
};
constexpr std::array<DutyRow, level_duties> duties = {{
    {"daily_checkin", "每日健康打卡"},
    {"shift_checkin", "岗位值守和上岗打卡"},
    {"rounds", "没打卡名单的汇总和定时巡访"},
}};

}  // namespace

std::string_view name(EmergencyLevel level) {
  return levels[static_cast<std::size_t>(level)].name;
}
std::string_view title(EmergencyLevel level) {
  return levels[static_cast<std::size_t>(level)].title;
}
std::string_view name(LevelDuty duty) {
  return duties[static_cast<std::size_t>(duty)].name;
}
std::string_view title(LevelDuty duty) {
  return duties[static_cast<std::size_t>(duty)].title;
}

std::optional<EmergencyLevel> emergency_level(std::string_view wanted) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].name == wanted) return static_cast<EmergencyLevel>(i);
  }
  return std::nullopt;
}

std::optional<LevelSaid> level_in(std::string_view normal) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    for (std::string_view word : levels[i].words) {
      if (auto at = normal.find(word); at != normal.npos)
        return LevelSaid{static_cast<EmergencyLevel>(i), at, word.size()};
    }
  }
  return std::nullopt;
}

Result<LevelRules> LevelRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  LevelRules rules;
  for (std::size_t i = 0; i < duties.size(); ++i) {
    auto table = file->table(duties[i].name);
    if (!table) return table.error();
    auto named = table->list("levels");
    if (!named) return named.error();
    for (const auto& wanted : *named) {
      auto level = emergency_level(wanted);
      if (!level) {
        return table->wrong("levels",
                            fmt::format("'{}' is no level; allowed are normal, alert, emergency", wanted));
      }
      rules.exists_[i][static_cast<std::size_t>(*level)] = true;
    }
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

bool LevelRules::exists(LevelDuty duty, std::string_view level) const {
  auto known = emergency_level(level);
  return known && exists(duty, *known);
}

}  // namespace linli::community
