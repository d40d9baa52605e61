#include "bot/community/shift.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

struct StateRow {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<StateRow, 6> states = {{
    {"planned", "待确认"},
    {"confirmed", "已确认"},
    {"declined", "来不了"},
    {"on_post", "在岗"},
    {"left", "已交班"},
    {"cancelled", "不用来了"},
}};

constexpr std::string_view late_words[] = {"晚", "迟", "堵车", "堵在路上"};
// "昨晚", "晚上好": an evening, not a delay.
constexpr std::string_view evenings[] = {"晚上", "昨晚", "今晚", "明晚", "晚饭", "晚安", "傍晚",
                                         "夜晚", "每晚", "当晚", "早晚", "晚班", "晚间"};

std::string without_evenings(std::string_view normal) {
  std::string text(normal);
  for (auto word : evenings) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word)) text.erase(at, word.size());
  }
  return text;
}

/// The number that ends right before `end`, if one does.
std::optional<int> number_before(std::string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  int number = 0;
  auto [last, ec] = std::from_chars(text.data() + begin, text.data() + end, number);
  if (ec != std::errc{} || number > 10'000) return std::nullopt;
  (void)last;
  return number;
}

std::optional<int> hours_as_minutes(std::string_view text, std::size_t at, std::string_view unit) {
  std::string_view before = text.substr(0, at);
  if (before.ends_with("个半")) {
    auto whole = number_before(text, at - std::string_view("个半").size());
    return whole ? std::optional<int>(*whole * 60 + 30) : std::nullopt;
  }
  if (before.ends_with("半个") || before.ends_with("半")) return 30;
  if (before.ends_with("个")) at -= std::string_view("个").size();
  auto whole = number_before(text, at);
  if (!whole) return std::nullopt;
  bool half = text.substr(at).starts_with("个") ? text.substr(at + 3 + unit.size()).starts_with("半")
                                                : text.substr(at + unit.size()).starts_with("半");
  return *whole * 60 + (half ? 30 : 0);
}

}  // namespace

std::string_view name(ShiftState state) {
  return states[static_cast<std::size_t>(state)].name;
}
std::string_view title(ShiftState state) {
  return states[static_cast<std::size_t>(state)].title;
}

std::optional<ShiftState> shift_state(std::string_view wanted) {
  auto found = std::ranges::find(states, wanted, &StateRow::name);
  if (found == states.end()) return std::nullopt;
  return static_cast<ShiftState>(found - states.begin());
}

CheckinTime checkin_time(const ShiftRules& rules, Time starts_at, Time ends_at, Time now) {
  if (now < starts_at - rules.checkin_before) return CheckinTime::early;
  return now < ends_at ? CheckinTime::open : CheckinTime::over;
}

bool inside(Place post, int radius_m, Place here) {
  return distance_m(post, here) <= radius_m;
}

Time evening_before(const ShiftRules& rules, const Zone& zone, Time starts_at) {
  return zone.at(zone.next_day(zone.day(starts_at), -1), rules.evening_minute);
}

bool says_late(std::string_view normal) {
  std::string text = without_evenings(normal);
  return std::ranges::any_of(late_words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

std::optional<int> late_minutes(std::string_view normal) {
  if (!says_late(normal)) return std::nullopt;
  std::string text = with_digits(without_evenings(normal));
  for (std::string_view unit : {"小时", "钟头"}) {
    auto at = text.find(unit);
    if (at == text.npos) continue;
    auto hours = hours_as_minutes(text, at, unit);
    if (!hours) continue;
    auto minutes_at = text.find("分", at);
    auto minutes = minutes_at == text.npos ? std::nullopt : number_before(text, minutes_at);
    return *hours + minutes.value_or(0);
  }
  if (auto at = text.find("刻"); at != text.npos) {
    if (auto quarters = number_before(text, at)) return *quarters * 15;
  }
  for (auto at = text.find("分"); at != text.npos; at = text.find("分", at + 1)) {
    if (auto minutes = number_before(text, at)) return minutes;
  }
  return std::nullopt;
}

std::optional<std::string_view> post_of_scene(std::string_view scene) {
  constexpr std::string_view prefix = "post-";
  if (!scene.starts_with(prefix) || scene.size() == prefix.size()) return std::nullopt;
  return scene.substr(prefix.size());
}

std::optional<std::string_view> code_word_in(std::string_view normal) {
  constexpr std::size_t length = 4;
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < normal.size();) {
    std::size_t end = at;
    while (end < normal.size() && is_digit(normal[end])) ++end;
    if (end - at == length) return normal.substr(at, length);
    at = end == at ? at + 1 : end;
  }
  return std::nullopt;
}

}  // namespace linli::community
