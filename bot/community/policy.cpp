#include "bot/community/policy.hpp"

#include <fmt/format.h>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

/// "grid_leader", or "on_call@street".
Result<Level> read_level(const TomlTable& table, const std::string& text) {
  auto at = text.find('@');
  auto found = role(text.substr(0, at));
  if (!found)
    return table.wrong(
        "levels",
        fmt::format("'{}' names no role; write role or role@area, such as grid_leader or on_call@street",
                    text));
  Level level{*found, std::nullopt};
  if (at == text.npos) return level;
  level.scope = area_kind(text.substr(at + 1));
  if (!level.scope) return table.wrong("levels", fmt::format("'{}' names no kind of area behind @", text));
  return level;
}

Result<void> read_duration(const TomlTable& table, std::string_view key, Seconds& into) {
  auto read = table.duration(key, into);
  if (!read) return read.error();
  into = *read;
  return {};
}

Result<TaskPolicy> read_policy(const TomlTable& table) {
  TaskPolicy policy;
  auto levels = table.list("levels");
  if (!levels) return levels.error();
  if (levels->empty())
    return table.wrong("levels", "is empty; name at least one role, or nobody would hear of the task");
  for (const auto& text : *levels) {
    auto level = read_level(table, text);
    if (!level) return level.error();
    policy.levels.push_back(*level);
  }
  auto together = table.integer("together", 1, {1, static_cast<std::int64_t>(policy.levels.size())});
  if (!together) return together.error();
  policy.together = static_cast<int>(*together);
  auto reminders = table.integer("reminders_before_climb", policy.reminders_before_climb, {1, 20});
  if (!reminders) return reminders.error();
  policy.reminders_before_climb = static_cast<int>(*reminders);
  for (auto [key, into] :
       {std::pair{"gather", &policy.gather}, std::pair{"accept_within", &policy.accept_within},
        std::pair{"remind_every", &policy.remind_every}, std::pair{"confirm_again", &policy.confirm_again},
        std::pair{"silent_close", &policy.silent_close}}) {
    auto read = read_duration(table, key, *into);
    if (!read) return read.error();
  }
  auto others = table.no_others();
  if (!others) return others.error();
  return policy;
}

}  // namespace

Result<Policies> Policies::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Policies policies;
  for (std::size_t i = 0; i < policies.of_.size(); ++i) {
    auto table = file->table(name(static_cast<TaskKind>(i)));
    if (!table) return table.error();
    auto policy = read_policy(*table);
    if (!policy) return policy.error();
    policies.of_[i] = std::move(*policy);
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return policies;
}

}  // namespace linli::community
