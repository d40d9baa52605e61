#include "bot/base/clock.hpp"

#include <charconv>
#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>
#include <stdexcept>

namespace linli {

namespace {

const date::time_zone* tz(const void* zone) {
  return static_cast<const date::time_zone*>(zone);
}

date::year_month_day ymd(Day day) {
  return date::year{day.year} / date::month{day.month} / date::day{day.day};
}

Day to_day(date::year_month_day d) {
  return {int{d.year()}, unsigned{d.month()}, unsigned{d.day()}};
}

date::local_seconds local(const void* zone, Time at) {
  return tz(zone)->to_local(at);
}

/// Reads exactly `digits` digits at `from`; -1 if they are not there.
int digits_at(std::string_view text, std::size_t from, std::size_t digits) {
  if (from + digits > text.size()) return -1;
  int value = -1;
  auto [end, ec] = std::from_chars(text.data() + from, text.data() + from + digits, value);
  if (ec != std::errc{} || end != text.data() + from + digits || value < 0) return -1;
  return value;
}

}  // namespace

Time SystemClock::now() const {
  return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

Time ShiftedClock::now() const {
  return SystemClock{}.now() + Seconds{offset_.load()};
}

Result<Zone> Zone::find(const std::string& iana_name) {
  try {
    return Zone(date::locate_zone(iana_name));
  } catch (const std::runtime_error&) {
    return Error{Errc::bad_config, fmt::format("time zone '{}' is not in the system's zone database; use an "
                                               "IANA name such as Asia/Shanghai",
                                               iana_name)};
  }
}

Day Zone::day(Time at) const {
  return to_day(date::year_month_day{date::floor<date::days>(local(zone_, at))});
}

int Zone::minute_of_day(Time at) const {
  auto here = local(zone_, at);
  return static_cast<int>(date::floor<std::chrono::minutes>(here - date::floor<date::days>(here)).count());
}

Time Zone::at(Day day, int minute_of_day) const {
  auto here = date::local_days{ymd(day)} + std::chrono::minutes{minute_of_day};
  return tz(zone_)->to_sys(std::chrono::time_point_cast<Seconds>(here), date::choose::earliest);
}

Day Zone::next_day(Day day, int days) const {
  return to_day(date::year_month_day{date::local_days{ymd(day)} + date::days{days}});
}

std::string Zone::date_time_text(Time at) const {
  Day d = day(at);
  return fmt::format("{}月{}日 {}", d.month, d.day, clock_text(at));
}

std::string Zone::clock_text(Time at) const {
  int minute = minute_of_day(at);
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string Zone::iso_day(Day day) const {
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

Result<Day> parse_day(std::string_view text) {
  int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2), day = digits_at(text, 8, 2);
  bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && year > 0 && month > 0 && day > 0;
  Day found{year, static_cast<std::uint32_t>(month), static_cast<std::uint32_t>(day)};
  if (!shaped || !ymd(found).ok()) {
    return Error{Errc::bad_input, fmt::format("'{}' is not a day; write it as 2026-03-02", text)};
  }
  return found;
}

Result<int> parse_clock(std::string_view text) {
  int hour = digits_at(text, 0, 2), minute = digits_at(text, 3, 2);
  bool shaped = text.size() == 5 && text[2] == ':' && hour >= 0 && minute >= 0 && minute < 60;
  if (!shaped || hour * 60 + minute > 24 * 60) {
    return Error{Errc::bad_input, fmt::format("'{}' is not a time of day; write it as 23:40", text)};
  }
  return hour * 60 + minute;
}

Result<Time> parse_time(const Zone& zone, std::string_view text) {
  if (text.size() != 16 || text[10] != ' ') {
    return Error{Errc::bad_input, fmt::format("'{}' is not a moment; write it as 2026-03-02 23:40", text)};
  }
  auto day = parse_day(text.substr(0, 10));
  if (!day) return day.error();
  auto minute = parse_clock(text.substr(11));
  if (!minute) return minute.error();
  return zone.at(*day, *minute);
}

}  // namespace linli
