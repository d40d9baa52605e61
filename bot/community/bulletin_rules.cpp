#include "bot/community/bulletin_rules.hpp"

#include <fmt/format.h>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

Result<std::vector<Role>> read_roles(const TomlFile& file, const char* key) {
  auto names = file.list(key);
  if (!names) return names.error();
  std::vector<Role> roles;
  for (const auto& text : *names) {
    auto known = role(text);
    if (!known) return file.wrong(key, fmt::format("'{}' names no role; write one such as on_call", text));
    roles.push_back(*known);
  }
  return roles;
}

Result<std::vector<AreaKind>> read_kinds(const TomlFile& file) {
  auto names = file.list("told_in");
  if (!names) return names.error();
  std::vector<AreaKind> kinds;
  for (const auto& text : *names) {
    auto kind = area_kind(text);
    if (!kind || *kind > AreaKind::village) {
      return file.wrong("told_in",
                        fmt::format("'{}' has no line in the bulletin; allowed: district, street, township, "
                                    "community, village",
                                    text));
    }
    kinds.push_back(*kind);
  }
  return kinds;
}

}  // namespace

Result<BulletinRules> BulletinRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  BulletinRules rules;
  auto clock = file->text("issue_at");
  if (!clock) return clock.error();
  auto minute = parse_clock(*clock);
  if (!minute) return file->wrong("issue_at", minute.error().text);
  rules.issue_minute = *minute % (24 * 60);
  auto roles = read_roles(*file, "told");
  if (!roles) return roles.error();
  rules.told = *roles;
  auto asking = read_roles(*file, "may_ask");
  if (!asking) return asking.error();
  rules.may_ask = *asking;
  auto kinds = read_kinds(*file);
  if (!kinds) return kinds.error();
  rules.told_in = *kinds;
  auto weeks = file->integer("errata_weeks", {0, 52});
  if (!weeks) return weeks.error();
  rules.errata_weeks = static_cast<int>(*weeks);
  auto draft = file->duration("draft_for");
  if (!draft) return draft.error();
  rules.draft_for = *draft;
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

}  // namespace linli::community
