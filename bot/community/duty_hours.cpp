#include "bot/community/duty_hours.hpp"

#include <algorithm>
#include <array>
#include <date/date.h>
#include <fmt/format.h>

namespace linli::community {

namespace {

constexpr std::array<std::string_view, 7> english = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 7> chinese = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

int day_named(std::string_view text) {
  std::string lower(trimmed(text));
  std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (lower == "周天") return 6;
  for (std::size_t i = 0; i < english.size(); ++i) {
    if (lower == english[i] || lower == chinese[i]) return static_cast<int>(i);
  }
  return -1;
}

/// "Mon-Fri", "Sat,Sun", "Fri-Mon"; 0 if it names no days.
unsigned days_named(std::string_view text) {
  unsigned mask = 0;
  for (std::string_view part : split(text, ',')) {
    auto ends = split(part, '-');
    int first = day_named(ends.front()), last = day_named(ends.back());
    if (first < 0 || last < 0 || ends.size() > 2) return 0;
    for (int day = first;; day = (day + 1) % 7) {
      mask |= 1u << day;
      if (day == last) break;
    }
  }
  return mask;
}

Error wrong(std::string_view part, std::string_view reason) {
  return {Errc::bad_input,
          fmt::format("'{}' {}; write hours like 00:00-24:00 or Mon-Fri 07:00-19:00;Sat,Sun 08:00-18:00",
                      part, reason)};
}

Result<Hours> parse_part(std::string_view part) {
  Hours hours;
  std::string_view clocks = part;
  if (auto blank = part.rfind(' '); blank != part.npos) {
    hours.weekdays = days_named(part.substr(0, blank));
    clocks = part.substr(blank + 1);
    if (hours.weekdays == 0) return wrong(part, "names no days of the week");
  }
  auto ends = split(clocks, '-');
  auto start = ends.size() == 2 ? parse_clock(ends[0]) : Result<int>(Error{});
  auto end = ends.size() == 2 ? parse_clock(ends[1]) : Result<int>(Error{});
  if (!start || !end) return wrong(part, "is no time from one clock to another");
  if (*start == *end) return wrong(part, "begins when it ends");
  if (*start == day_minutes) return wrong(part, "begins at 24:00, which is the end of a day");
  hours.start_minute = *start;
  hours.end_minute = *end > *start ? *end : *end + day_minutes;
  return hours;
}

std::string days_text(unsigned mask) {
  if (mask == every_day) return "每天";
  std::string text;
  for (std::size_t day = 0; day < 7; ++day) {
    if (!(mask >> day & 1u)) continue;
    std::size_t last = day;
    while (last + 1 < 7 && (mask >> (last + 1) & 1u)) ++last;
    if (!text.empty()) text += "、";
    text += chinese[day];
    if (last > day + 1) text += "至" + std::string(chinese[last]);
    if (last == day + 1) text += "、" + std::string(chinese[last]);
    day = last;
  }
  return text;
}

}  // namespace

int weekday(Day day) {
  date::year_month_day ymd = date::year{day.year} / date::month{day.month} / date::day{day.day};
  return static_cast<int>(date::weekday{date::local_days{ymd}}.iso_encoding()) - 1;
}

Result<std::vector<Hours>> parse_hours(std::string_view text) {
  std::vector<Hours> all;
  for (std::string_view part : split(text, ';')) {
    auto hours = parse_part(trimmed(part));
    if (!hours) return hours.error();
    all.push_back(*hours);
  }
  return all;
}

std::string minute_text(int minute) {
  if (minute > day_minutes) return "次日" + minute_text(minute - day_minutes);
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string hours_text(std::span<const Hours> hours) {
  std::string text;
  for (const Hours& one : hours) {
    if (!text.empty()) text += "；";
    text += fmt::format("{} {}-{}", days_text(one.weekdays), minute_text(one.start_minute),
                        minute_text(one.end_minute));
  }
  return text;
}

Time moment(const Zone& zone, Day day, int minute) {
  return zone.at(zone.next_day(day, minute / day_minutes), minute % day_minutes);
}

std::vector<Span> joined(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return span.from >= span.until; });
  std::ranges::sort(spans);
  std::vector<Span> all;
  for (const Span& span : spans) {
    if (!all.empty() && span.from <= all.back().until) {
      all.back().until = std::max(all.back().until, span.until);
    } else {
      all.push_back(span);
    }
  }
  return all;
}

std::vector<Span> needed(std::span<const Hours> hours, const Zone& zone, Time from, Time until) {
  std::vector<Span> spans;
  if (from >= until) return spans;
  Day last = zone.day(until);
  for (Day day = zone.next_day(zone.day(from), -1); day <= last; day = zone.next_day(day)) {
    for (const Hours& one : hours) {
      if (!(one.weekdays >> weekday(day) & 1u)) continue;
      spans.push_back({std::max(from, moment(zone, day, one.start_minute)),
                       std::min(until, moment(zone, day, one.end_minute))});
    }
  }
  return joined(std::move(spans));
}

std::vector<Span> uncovered(std::span<const Span> needed, std::span<const Span> standing) {
  auto there = joined({standing.begin(), standing.end()});
  std::vector<Span> open;
  for (Span span : joined({needed.begin(), needed.end()})) {
    for (const Span& one : there) {
      if (one.until <= span.from || one.from >= span.until) continue;
      if (one.from > span.from) open.push_back({span.from, one.from});
      span.from = std::max(span.from, one.until);
      if (span.from >= span.until) break;
    }
    if (span.from < span.until) open.push_back(span);
  }
  return open;
}

}  // namespace linli::community
