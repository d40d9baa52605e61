#include "bot/community/duty_limits.hpp"

#include "bot/community/rota_proof.hpp"

namespace linli::community {

namespace {

Day monday(const Zone& zone, Time at) {
  Day day = zone.day(at);
  return zone.next_day(day, -weekday(day));
}

}  // namespace

std::optional<Refused> refuse(const DutyLimits& limits, const Zone& zone, const std::vector<Stand>& mine,
                              const Stand& wanted) {
  int shifts = 1;
  Seconds stood = wanted.span.until - wanted.span.from;
  Day week = monday(zone, wanted.span.from);
  std::optional<Refused> too_soon;
  for (const Stand& other : mine) {
    const Span& first = other.span.from <= wanted.span.from ? other.span : wanted.span;
    const Span& second = other.span.from <= wanted.span.from ? wanted.span : other.span;
    Seconds between = second.from - first.until;
    if (between.count() < 0) return Refused{DutyRefusal::same_time, other.span};
    if (!other.same_post && between < walk(other.place, wanted.place, limits.metres_a_minute))
      return Refused{DutyRefusal::way, other.span};
    if (between < limits.rest && !too_soon) too_soon = Refused{DutyRefusal::rest, other.span};
    if (monday(zone, other.span.from) != week) continue;
    ++shifts;
    stood += other.span.until - other.span.from;
  }
  if (too_soon) return too_soon;
  if (shifts > limits.week_shifts) return Refused{DutyRefusal::week_shifts, {}};
  if (stood > std::chrono::hours(limits.week_hours)) return Refused{DutyRefusal::week_hours, {}};
  return std::nullopt;
}

}  // namespace linli::community
