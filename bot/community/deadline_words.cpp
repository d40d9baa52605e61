#include "bot/community/deadline_words.hpp"

#include <charconv>
#include <string>

#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

constexpr int none = -1;

/// The number right before `unit`; none if there is none.
int number_before(std::string_view text, std::string_view unit) {
  auto at = text.find(unit);
  if (at == text.npos) return none;
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  int number = none;
  std::from_chars(text.data() + begin, text.data() + at, number);
  return begin == at ? none : number;
}

bool has(std::string_view text, std::string_view word) {
  return text.find(word) != text.npos;
}

/// Minutes of the day that the words name; none if they name no hour.
int minute_said(std::string_view text) {
  int hour = number_before(text, "点");
  if (hour < 0) hour = number_before(text, ":");
  bool afternoon = has(text, "下午") || has(text, "晚上") || has(text, "傍晚");
  if (hour >= 0 && hour <= 24) return ((afternoon && hour < 12) ? hour + 12 : hour) * 60;
  if (has(text, "中午")) return 12 * 60;
  if (has(text, "上午")) return 12 * 60;
  if (has(text, "下午") || has(text, "下班")) return 18 * 60;
  if (has(text, "晚上") || has(text, "天黑")) return 20 * 60;
  return none;
}

}  // namespace

std::optional<Time> deadline_in(std::string_view normal, const Zone& zone, Time now) {
  std::string text = with_digits(normal);
  if (int minutes = number_before(text, "分钟"); minutes > 0) return now + Seconds{minutes * 60};
  if (int hours = number_before(text, "小时"); hours > 0 && hours <= 240) return now + Seconds{hours * 3600};
  if (has(text, "半小时")) return now + Seconds{1800};
  Day day = zone.day(now);
  int minute = minute_said(text);
  bool named = true;
  if (has(text, "大后天")) {
    day = zone.next_day(day, 3);
  } else if (has(text, "后天")) {
    day = zone.next_day(day, 2);
  } else if (has(text, "明天") || has(text, "明早") || has(text, "明晚")) {
    day = zone.next_day(day, 1);
  } else if (int days = number_before(text, "天"); days > 0 && days <= 60) {
    day = zone.next_day(day, days);
  } else {
    named = has(text, "今天") || has(text, "今晚") || minute != none;
  }
  if (!named) return std::nullopt;
  Time at = zone.at(day, minute == none ? 18 * 60 : minute);
  if (at <= now) return std::nullopt;
  return at;
}

}  // namespace linli::community
