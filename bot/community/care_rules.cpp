#include "bot/community/care_rules.hpp"

#include <algorithm>

#include "bot/base/clock.hpp"
#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

constexpr std::size_t near = 36;  // bytes: a dozen characters

/// "每天+问一声": both parts, the second not far behind the first.
bool mentions(std::string_view normal, std::string_view phrase) {
  auto plus = phrase.find('+');
  if (plus == phrase.npos) return normal.find(phrase) != normal.npos;
  auto at = normal.find(phrase.substr(0, plus));
  if (at == normal.npos) return false;
  auto second = normal.find(phrase.substr(plus + 1), at + plus);
  return second != normal.npos && second - at <= near + plus;
}

Result<int> minute(const TomlFile& file, std::string_view key, std::string_view otherwise) {
  auto text = file.text(key, otherwise);
  if (!text) return text.error();
  auto read = parse_clock(*text);
  if (!read) return file.wrong(key, read.error().text);
  return *read;
}

Result<CareCategory> read_category(const TomlTable& table, const std::string& id) {
  CareCategory category;
  category.id = id;
  auto name = table.text("name");
  if (!name) return name.error();
  category.name = *name;
  auto words = table.list_or_empty("words");
  if (!words) return words.error();
  for (const std::string& word : *words) category.words.push_back(normalise(word));
  auto every = table.integer("every", {1, 60});
  if (!every) return every.error();
  category.every_days = static_cast<int>(*every);
  auto questions = table.text("questions");
  if (!questions) return questions.error();
  category.questions = *questions;
  return category;
}

}  // namespace

Result<CareRules> CareRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  CareRules rules;
  auto contact = minute(*file, "contact_at", "09:00");
  if (!contact) return contact.error();
  rules.contact_minute = *contact;
  auto missed = minute(*file, "missed_at", "20:00");
  if (!missed) return missed.error();
  if (*missed <= *contact) return file->wrong("missed_at", "is not later than contact_at");
  rules.missed_minute = *missed;
  auto counts = file->boolean("checkin_counts", true);
  if (!counts) return counts.error();
  rules.checkin_counts = *counts;
  auto carer = file->text("carer", "building_leader");
  if (!carer) return carer.error();
  auto role = community::role(*carer);
  if (!role) return file->wrong("carer", "is not a role; use one such as building_leader or grid_leader");
  rules.carer = *role;
  auto asking = file->list_or_empty("asking");
  if (!asking) return asking.error();
  for (const std::string& phrase : *asking) rules.asking_.push_back(normalise(phrase));
  auto categories = file->table("category");
  if (!categories) return categories.error();
  for (const std::string& id : categories->keys()) {
    auto table = categories->table(id);
    if (!table) return table.error();
    auto category = read_category(*table, id);
    if (!category) return category.error();
    rules.categories_.push_back(std::move(*category));
  }
  if (!rules.of(observed))
    return file->wrong("category", "has no table 'observed', which home observation needs");
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

const CareCategory* CareRules::of(std::string_view id) const {
  auto found = std::ranges::find(categories_, id, &CareCategory::id);
  return found == categories_.end() ? nullptr : &*found;
}

std::vector<std::string> CareRules::named(std::string_view normal) const {
  std::vector<std::string> found;
  for (const CareCategory& category : categories_) {
    auto occurs = [&](const std::string& word) { return normal.find(word) != normal.npos; };
    if (std::ranges::any_of(category.words, occurs)) found.push_back(category.id);
  }
  return found;
}

bool CareRules::asks(std::string_view normal) const {
  return std::ranges::any_of(asking_, [&](const std::string& phrase) { return mentions(normal, phrase); });
}

std::string CareRules::names(const std::vector<std::string>& ids) const {
  std::string text;
  for (const std::string& id : ids) {
    if (const auto* category = of(id)) text += (text.empty() ? "" : "、") + category->name;
  }
  return text;
}

std::string CareRules::questions(const std::vector<std::string>& ids) const {
  std::string text;
  for (const std::string& id : ids) {
    if (const auto* category = of(id)) text += (text.empty() ? "" : "；") + category->questions;
  }
  return text;
}

int CareRules::every_days(const std::vector<std::string>& ids) const {
  int days = 0;
  for (const std::string& id : ids) {
    const auto* category = of(id);
    if (category && (days == 0 || category->every_days < days)) days = category->every_days;
  }
  return days == 0 ? 2 : days;
}

}  // namespace linli::community
