#include "bot/community/question.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/claim_match.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

/// The number that a text begins with, cut off; none if it begins with none.
std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<Day> checked(int year, int month, int day) {
  auto read = parse_day(fmt::format("{:04}-{:02}-{:02}", year, month, day));
  return read ? std::optional(*read) : std::nullopt;
}

/// "6月30日": of this year, or of the next if it is past.
std::optional<Day> month_and_day(std::string_view text, Day today) {
  auto month = take_number(text);
  if (!month || !take(text, "月")) return std::nullopt;
  auto day = take_number(text);
  if (!day || (!take(text, "日") && !take(text, "号")) || !text.empty()) return std::nullopt;
  auto read = checked(today.year, *month, *day);
  return read && *read < today ? checked(today.year + 1, *month, *day) : read;
}

/// "30天", "2周", "3个月" from today.
std::optional<Day> span_of_days(std::string_view text, Day today, const Zone& zone) {
  constexpr int most = 1000, days_a_month = 30, days_a_week = 7;
  auto number = take_number(text);
  if (!number || *number < 1 || *number > most) return std::nullopt;
  int days = *number;
  if (take(text, "个月")) {
    days *= days_a_month;
  } else if (take(text, "周") || take(text, "个星期") || take(text, "星期")) {
    days *= days_a_week;
  } else if (!take(text, "天") && !take(text, "日")) {
    return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return zone.next_day(today, days);
}

Result<double> share(const TomlFile& file, std::string_view key, double otherwise) {
  auto read = file.number(key, otherwise);
  if (!read) return read.error();
  if (*read < 0 || *read > 1) return file.wrong(key, "expected a number from 0 to 1");
  return *read;
}

}  // namespace

std::vector<std::string> wordings_of(std::string_view joined) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from <= joined.size();) {
    auto end = std::min(joined.find_first_of("|\n", from), joined.size());
    if (auto one = trimmed(joined.substr(from, end - from)); !one.empty()) all.emplace_back(one);
    from = end + 1;
  }
  return all;
}

std::string question_key(std::string_view wording) {
  return to_utf8(read_story(wording).skeleton);
}

std::string Question::title() const {
  return wordings.substr(0, wordings.find('|'));
}

bool Question::holds(std::string_view today) const {
  return !withdrawn && (valid_until.empty() || today <= valid_until);
}

bool Question::at_level(std::string_view level) const {
  if (levels.empty()) return true;
  auto all = wordings_of(levels);
  return std::ranges::find(all, level) != all.end();
}

std::optional<std::string> read_valid_until(std::string_view typed, Day today, const Zone& zone) {
  std::string text = with_digits(normalise(typed));
  for (std::string_view word : {"到", "有效期到", "有效到", "截至", "截止到"}) {
    if (text.starts_with(word)) text.erase(0, word.size());
  }
  for (std::string_view word : {"长期", "长期有效", "一直有效", "一直", "不限", "没有期限"}) {
    if (text == word) return std::string();
  }
  std::optional<Day> day;
  if (auto iso = parse_day(text)) day = *iso;
  if (!day) day = month_and_day(text, today);
  if (!day) day = span_of_days(text, today, zone);
  if (!day || *day < today) return std::nullopt;
  return zone.iso_day(*day);
}

Result<QuestionRules> QuestionRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  QuestionRules rules;
  for (auto [key, kept] :
       {std::pair{"answer", &rules.answer}, std::pair{"suggest", &rules.suggest},
        std::pair{"answer_share", &rules.answer_share}, std::pair{"offer_share", &rules.offer_share}}) {
    auto read = share(*file, key, *kept);
    if (!read) return read.error();
    *kept = *read;
  }
  if (rules.suggest > rules.answer) return file->wrong("suggest", "is more than answer");
  for (auto [key, kept, least, most] :
       {std::tuple{"least_letters", &rules.least_letters, 2, 20}, std::tuple{"beside", &rules.beside, 0, 20},
        std::tuple{"least_offered", &rules.least_offered, 2, 20},
        std::tuple{"list_lines", &rules.list_lines, 3, 30}}) {
    auto read = file->integer(key, *kept, {least, most});
    if (!read) return read.error();
    *kept = static_cast<int>(*read);
  }
  auto editors = file->list("editors");
  if (!editors) return editors.error();
  for (const std::string& name : *editors) {
    auto role = community::role(name);
    if (!role)
      return file->wrong("editors", fmt::format("'{}' is not a role; use one such as instructor", name));
    rules.editors.push_back(*role);
  }
  if (rules.editors.empty())
    return file->wrong("editors", "is empty; somebody must be able to keep the list");
  for (auto [key, kept] :
       {std::pair{"correct_within", &rules.correct_within}, std::pair{"follow_up", &rules.follow_up}}) {
    auto read = file->duration(key, *kept);
    if (!read) return read.error();
    *kept = *read;
  }
  auto days = file->integers("valid_days", {1, 1000});
  if (!days) return days.error();
  rules.valid_days = *days;
  auto spread = file->integers("spread", {2, 1'000'000});
  if (!spread) return spread.error();
  rules.spread = *spread;
  if (auto others = file->no_others(); !others) return others.error();
  return rules;
}

}  // namespace linli::community
