// config/coverage.toml, read strictly, and the names that coverage uses.
#include <fmt/format.h>

#include "bot/base/toml_file.hpp"
#include "bot/community/coverage.hpp"

namespace linli::community {

namespace {

struct PurposeRow {
  std::string_view name, title, brief, unit;
};
constexpr std::array<PurposeRow, purposes> purpose_rows = {{
    {"organised", "小区管理有人组织", "小区组织", "处"},
    {"checked", "楼栋防护有人检点", "楼栋检点", "栋"},
    {"asked", "家庭情况有人过问", "家庭过问", "户"},
    {"guarded", "岗位时段有人值守", "岗位值守", "个"},
}};
constexpr std::array<std::string_view, 6> gap_names = {"unmanaged", "nobody_appointed", "unreachable",
                                                       "inactive",  "overloaded",       "post_uncovered"};
constexpr std::int64_t most_households = 100000;

const PurposeRow& row(Purpose purpose) {
  return purpose_rows[static_cast<std::size_t>(purpose)];
}

Result<std::vector<AreaKind>> read_kinds(const TomlTable& table) {
  auto names = table.list("areas");
  if (!names) return names.error();
  if (names->empty())
    return table.wrong("areas", "is empty; name at least one kind of area, such as building");
  std::vector<AreaKind> kinds;
  for (const auto& text : *names) {
    auto kind = area_kind(text);
    bool fits = kind && *kind >= AreaKind::community && *kind < AreaKind::household;
    if (!fits) {
      return table.wrong("areas",
                         fmt::format("'{}' cannot be counted; allowed: community, village, compound, "
                                     "courtyard, building, unit",
                                     text));
    }
    kinds.push_back(*kind);
  }
  return kinds;
}

Result<std::vector<CoverageRules::May>> read_roles(const TomlTable& purpose) {
  auto table = purpose.table("households");
  if (!table) return table.error();
  std::vector<CoverageRules::May> by;
  for (const auto& key : table->keys()) {
    auto known = role(key);
    if (!known) return table->wrong(key, "names no role; write a role such as grid_leader = 600");
    auto most = table->integer(key, {1, most_households});
    if (!most) return most.error();
    by.push_back({*known, static_cast<int>(*most)});
  }
  if (by.empty())
    return purpose.wrong("households", "is empty; name at least one role, or nobody would count");
  return by;
}

Result<CoverageRules::Rule> read_rule(const TomlFile& file, Purpose purpose) {
  auto table = file.table(name(purpose));
  if (!table) return table.error();
  CoverageRules::Rule rule;
  rule.nearest = purpose == Purpose::asked;
  if (!rule.nearest) {
    auto kinds = read_kinds(*table);
    if (!kinds) return kinds.error();
    rule.each = std::move(*kinds);
  }
  auto by = read_roles(*table);
  if (!by) return by.error();
  rule.by = std::move(*by);
  return rule;
}

Result<void> read_days(const TomlFile& file, CoverageRules& rules) {
  auto within = file.duration("active_within");
  if (!within) return within.error();
  if (*within < Seconds{3600}) return file.wrong("active_within", "is shorter than 1h; nobody could keep it");
  rules.active_within = *within;
  auto clock = file.text("check_at");
  if (!clock) return clock.error();
  auto minute = parse_clock(*clock);
  if (!minute) return file.wrong("check_at", minute.error().text);
  rules.check_minute = *minute % (24 * 60);
  auto most = file.integer("new_a_day", {1, 100});
  if (!most) return most.error();
  rules.new_a_day = static_cast<int>(*most);
  auto ahead = file.duration("posts_ahead");
  if (!ahead) return ahead.error();
  if (*ahead > Seconds{14 * 24 * 3600}) return file.wrong("posts_ahead", "is longer than 14d");
  rules.posts_ahead = *ahead;
  return {};
}

}  // namespace

std::string_view name(Purpose purpose) {
  return row(purpose).name;
}
std::string_view title(Purpose purpose) {
  return row(purpose).title;
}
std::string_view brief(Purpose purpose) {
  return row(purpose).brief;
}
std::string_view unit(Purpose purpose) {
  return row(purpose).unit;
}
std::string_view name(GapKind kind) {
  return gap_names[static_cast<std::size_t>(kind)];
}

std::string key_of(const Gap& gap) {
  std::string key = fmt::format("{}:{}:{}", name(gap.purpose), name(gap.kind), gap.area.value);
  if (gap.post) key += fmt::format(":{}", gap.post.value);
  return key;
}

std::vector<AreaKind> kinds_of(const TaskPolicy& policy) {
  std::vector<AreaKind> kinds;
  for (const Level& level : policy.levels) {
    if (level.scope) kinds.push_back(*level.scope);
  }
  return kinds;
}

Result<CoverageRules> CoverageRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  CoverageRules rules;
  auto days = read_days(*file, rules);
  if (!days) return days.error();
  for (std::size_t i = 0; i < rules.of.size(); ++i) {
    auto rule = read_rule(*file, static_cast<Purpose>(i));
    if (!rule) return rule.error();
    rules.of[i] = std::move(*rule);
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

}  // namespace linli::community
