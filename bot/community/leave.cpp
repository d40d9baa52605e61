#include "bot/community/leave.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

constexpr int longest_days = 90;

struct Said {
  int month{};  // 0: not said
  int day{};
};

struct Reader {
  std::string_view rest;
  std::vector<Said> dates;
  int duration{};  // "3天", "1周"

  bool skip(std::string_view word) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    return true;
  }
  std::optional<int> number() {
    int value = 0;
    auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (ec != std::errc{} || value < 0) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
  }
  bool day_mark() { return skip("日") || skip("号"); }

  void after_number(int first) {
    if (skip("月")) {
      auto day = number();
      day_mark();
      return dates.push_back({first, day.value_or(0)});
    }
    bool dotted = rest.starts_with(".") || rest.starts_with("/"), dashed = rest.starts_with("-");
    if (dotted || dashed) {
      Reader ahead = *this;
      ahead.rest.remove_prefix(1);
      auto second = ahead.number();
      if (!second) return;
      rest = ahead.rest;
      if (dotted) {
        day_mark();
        return dates.push_back({first, *second});
      }
      if (!day_mark()) return;
      dates.push_back({0, first});
      return dates.push_back({0, *second});
    }
    if (day_mark()) return dates.push_back({0, first});
    if (skip("天")) duration = first;
    if (skip("周") || skip("星期") || skip("个星期") || skip("个礼拜")) duration = first * 7;
  }
};

std::optional<Day> real(Day day) {
  auto parsed = parse_day(fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day));
  if (!parsed) return std::nullopt;
  return *parsed;
}

/// The day that is meant: this year's, next year's if that is long past; without a month, the next one.
std::optional<Day> resolve(const Said& said, Day after, Day today) {
  Day day{today.year, static_cast<std::uint32_t>(said.month), static_cast<std::uint32_t>(said.day)};
  if (said.month == 0) {
    day.year = after.year;
    day.month = after.month;
    if (day.day < after.day && ++day.month > 12) {
      day.month = 1;
      ++day.year;
    }
    return real(day);
  }
  bool long_past = static_cast<int>(today.month) - said.month > 6;
  if (long_past) ++day.year;
  return real(day);
}

}  // namespace

LeaveRead read_leave(std::string_view normal, Day today, const Zone& zone, Leave& into) {
  std::string text = with_digits(normal);
  Reader reader{text, {}, 0};
  std::vector<std::optional<Day>> days;
  while (!reader.rest.empty()) {
    constexpr std::pair<std::string_view, int> words[] = {{"大后天", 3}, {"今天", 0}, {"今日", 0},
                                                          {"今儿", 0},   {"明天", 1}, {"明日", 1},
                                                          {"明儿", 1},   {"后天", 2}};
    auto word = std::ranges::find_if(words, [&](const auto& w) { return reader.skip(w.first); });
    if (word != std::end(words)) {
      days.push_back(zone.next_day(today, word->second));
    } else if (auto number = reader.number()) {
      std::size_t before = reader.dates.size();
      reader.after_number(*number);
      for (std::size_t i = before; i < reader.dates.size(); ++i) {
        Day after = days.empty() || !days.back() ? today : *days.back();
        days.push_back(resolve(reader.dates[i], after, today));
      }
    } else {
      reader.rest.remove_prefix(1);
    }
  }
  if (days.empty() && reader.duration == 0) return LeaveRead::none;
  if (std::ranges::any_of(days, [](const auto& day) { return !day; })) return LeaveRead::impossible;
  into.from = days.empty() ? today : *days.front();
  into.until = days.empty() ? today : *days.back();
  if (reader.duration > 0 && days.size() < 2) into.until = zone.next_day(into.from, reader.duration - 1);
  if (into.until < into.from || into.until < today) return LeaveRead::impossible;
  into.from = std::max(into.from, today);
  if (into.until > zone.next_day(into.from, longest_days)) return LeaveRead::impossible;
  return LeaveRead::read;
}

}  // namespace linli::community
