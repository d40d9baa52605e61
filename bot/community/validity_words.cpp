#include "bot/community/validity_words.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string>

#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

constexpr int none = -1;
constexpr int most_days = 3660;
constexpr std::string_view endless[] = {"长期", "一直", "永久", "不限", "没有期限", "无期限"};

/// The number right before `unit`, with blanks between; none if there is none.
int before(std::string_view text, std::string_view unit, std::size_t from = 0) {
  auto at = text.find(unit, from);
  if (at == text.npos) return none;
  std::size_t end = at;
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  int number = none;
  std::from_chars(text.data() + begin, text.data() + end, number);
  return begin == end ? none : number;
}

int day_of_month(std::string_view text) {
  int day = before(text, "日");
  return day == none ? before(text, "号") : day;
}

Result<Day> day_of(int year, int month, int day) {
  return parse_day(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

/// "2026-03-08" anywhere in the text.
std::optional<Day> iso_day_in(std::string_view text) {
  constexpr std::size_t length = 10;
  for (std::size_t at = 0; at + length <= text.size(); ++at) {
    if (auto day = parse_day(text.substr(at, length))) return *day;
  }
  return std::nullopt;
}

/// "3月8日": of this year, or of the next one if this year's is long past.
std::optional<Day> named_day(std::string_view text, Day today) {
  int month = before(text, "月"), day = day_of_month(text), year = before(text, "年");
  if (month == none && day == none) return std::nullopt;
  if (day == none) return std::nullopt;
  if (month == none) {
    month = static_cast<int>(today.month);
    if (day < static_cast<int>(today.day)) ++month;
    if (month > 12) month = 1, year = today.year + 1;
  }
  bool long_past = year == none && static_cast<int>(today.month) - month > 6;
  if (year == none) year = today.year + (long_past ? 1 : 0);
  auto found = day_of(year, month, day);
  return found ? std::optional(*found) : std::nullopt;
}

int days_ahead(std::string_view text) {
  if (text.find("大后天") != text.npos) return 3;
  if (text.find("后天") != text.npos) return 2;
  if (text.find("明天") != text.npos) return 1;
  if (text.find("今天") != text.npos || text.find("今晚") != text.npos) return 0;
  for (auto [unit, days] : {std::pair<std::string_view, int>{"个月", 30},
                            {"周", 7},
                            {"星期", 7},
                            {"礼拜", 7},
                            {"个星期", 7},
                            {"个礼拜", 7},
                            {"天", 1}}) {
    int times = before(text, unit);
    if (times > 0 && times <= most_days / days) return times * days;
  }
  return none;
}

}  // namespace

Validity read_validity(std::string_view normal, const Zone& zone, Time now) {
  if (std::ranges::any_of(endless, [&](auto word) { return normal.find(word) != normal.npos; }))
    return {true, std::nullopt};
  const std::string text = with_digits(normal);
  const Day today = zone.day(now);
  auto last = iso_day_in(text);
  if (!last) last = named_day(text, today);
  if (!last) {
    int hours = before(text, "小时");
    if (hours > 0 && hours <= 24 * 60) return {true, now + Seconds{hours * 3600}};
    int days = days_ahead(text);
    if (days == none) return {};
    last = zone.next_day(today, days);
  }
  if (*last < today) return {};
  return {true, zone.at(zone.next_day(*last), 0)};
}

}  // namespace linli::community
