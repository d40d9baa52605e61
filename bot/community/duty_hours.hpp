// When a post must be stood: hours of the week in local time, and what of them is left open by those who
// stand there. Pure; the rota's proof, the coverage of posts and the import use them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::community {

/// [from, until)
struct Span {
  Time from{}, until{};
  auto operator<=>(const Span&) const = default;
};

inline constexpr int day_minutes = 24 * 60;
inline constexpr unsigned every_day = 0b1111111;

/// 0 is Monday.
int weekday(Day day);

/// On the days of the mask (bit 0: Monday), from one local minute to another. An end of 1440 is midnight, one
/// beyond it reaches into the next day.
struct Hours {
  unsigned weekdays = every_day;
  int start_minute{};
  int end_minute{};
  bool operator==(const Hours&) const = default;
};

/// "00:00-24:00", "Mon-Fri 07:00-19:00;Sat,Sun 08:00-18:00", "周一-周五 22:00-06:00". Errc::bad_input says
/// what is wrong with which part.
Result<std::vector<Hours>> parse_hours(std::string_view text);
/// The same back, days in Chinese: "每天 00:00-24:00", "周一至周五 07:00-19:00".
std::string hours_text(std::span<const Hours> hours);
/// "07:00", and 24:00 at the end of a day; past it "次日06:00".
std::string minute_text(int minute);

/// The times in [from, until) at which somebody must stand there: in order, joined where they touch.
std::vector<Span> needed(std::span<const Hours> hours, const Zone& zone, Time from, Time until);
/// Spans in order, those that touch or overlap joined, empty ones left out.
std::vector<Span> joined(std::vector<Span> spans);
/// What of `needed` nobody in `standing` covers: in order.
std::vector<Span> uncovered(std::span<const Span> needed, std::span<const Span> standing);

/// The moment of a local minute that may lie beyond the day.
Time moment(const Zone& zone, Day day, int minute);

}  // namespace linli::community
