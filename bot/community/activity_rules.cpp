#include "bot/community/activity_rules.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

Result<Activity> read_activity(const TomlTable& table, const std::string& id) {
  Activity activity;
  activity.id = id;
  auto name = table.text("name");
  if (!name) return name.error();
  activity.name = *name;
  auto words = table.list("words");
  if (!words) return words.error();
  activity.words = *words;
  activity.words.push_back(activity.name);
  for (auto& word : activity.words) word = normalise(word);
  auto enlist = table.choice("enlist", {"code", "staff", "anybody"}, "code");
  if (!enlist) return enlist.error();
  activity.enlist = *enlist == "code"    ? Activity::Enlist::code
                    : *enlist == "staff" ? Activity::Enlist::staff
                                         : Activity::Enlist::anybody;
  auto counts = table.list("counts");
  if (!counts) return counts.error();
  for (const std::string& what : *counts) {
    if (what != "shifts" && what != "tickets" && what != "visits")
      return table.wrong("counts", fmt::format("'{}' is not one of shifts, tickets, visits", what));
    activity.shifts |= what == "shifts";
    activity.tickets |= what == "tickets";
    activity.visits |= what == "visits";
  }
  auto others = table.no_others();
  if (!others) return others.error();
  return activity;
}

}  // namespace

Result<ActivityRules> ActivityRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  ActivityRules rules;
  for (const std::string& id : file->keys()) {
    auto table = file->table(id);
    if (!table) return table.error();
    auto activity = read_activity(*table, id);
    if (!activity) return activity.error();
    rules.activities_.push_back(std::move(*activity));
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

const Activity* ActivityRules::of(std::string_view id) const {
  auto found = std::ranges::find(activities_, id, &Activity::id);
  return found == activities_.end() ? nullptr : &*found;
}

const Activity* ActivityRules::named(std::string_view normal) const {
  const Activity* found = nullptr;
  for (const auto& activity : activities_) {
    bool said =
        std::ranges::any_of(activity.words, [&](const auto& w) { return normal.find(w) != normal.npos; });
    if (said && found) return nullptr;
    if (said) found = &activity;
  }
  return found;
}

}  // namespace linli::community
