#include "bot/community/rota.hpp"

#include <algorithm>
#include <array>
#include <date/date.h>

namespace linli::community {

namespace {

constexpr std::array<std::string_view, 4> advances = {"fixed", "slot", "day", "week"};
constexpr std::array<std::string_view, 3> kinds = {"instead", "nobody", "extra"};

constexpr unsigned bit(DayKind kind) {
  return 1u << static_cast<unsigned>(kind);
}

std::int64_t number_of(Day day) {
  date::year_month_day ymd = date::year{day.year} / date::month{day.month} / date::day{day.day};
  return date::local_days{ymd}.time_since_epoch().count();
}

/// Days since the Monday of the anchor's week, in whole weeks.
std::int64_t weeks_since(Day anchor, Day day) {
  return (number_of(day) - number_of(anchor) + weekday(anchor)) / 7;
}

int places_before(const Rota& rota, std::size_t slot) {
  int before = 0;
  for (std::size_t i = 0; i < slot; ++i) before += rota.slots[i].least;
  return before;
}

std::vector<PersonId> turn_of(const Rota& rota, std::int64_t first, int places) {
  std::vector<PersonId> people;
  const auto size = static_cast<std::int64_t>(rota.people.size());
  for (int i = 0; i < places && size > 0; ++i) {
    PersonId person = rota.people[static_cast<std::size_t>((first + i) % size)];
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
  }
  return people;
}

void apply(const RotaOverride& change, std::vector<PersonId>& people) {
  if (change.kind == OverrideKind::nobody) return people.clear();
  if (change.kind == OverrideKind::instead) {
    auto out = change.instead_of ? std::ranges::find(people, change.instead_of) : people.begin();
    if (out != people.end()) people.erase(out);
  }
  if (std::ranges::find(people, change.person) == people.end()) people.push_back(change.person);
}

}  // namespace

bool Recurrence::on(Day day, const Calendar& calendar) const {
  return (weekdays >> weekday(day) & 1u) && (kinds & bit(calendar.kind(day)));
}

Result<Recurrence> parse_recurrence(std::string_view text) {
  if (text == "daily" || text == "*") return Recurrence{};
  if (text == "workdays") return Recurrence{every_day, bit(DayKind::workday)};
  if (text == "rest_days") return Recurrence{every_day, bit(DayKind::rest_day)};
  if (text == "holidays") return Recurrence{every_day, bit(DayKind::holiday)};
  if (text == "off") return Recurrence{every_day, bit(DayKind::rest_day) | bit(DayKind::holiday)};
  auto days = parse_hours(std::string(text) + " 00:00-24:00");
  if (days && days->size() == 1) return Recurrence{days->front().weekdays, 0b111};
  return Error{Errc::bad_input,
               "'" + std::string(text) +
                   "' names no days; write daily, workdays, rest_days, holidays, off (rest days "
                   "and holidays), or days like Mon-Fri"};
}

std::string_view name(Advance wanted) {
  return advances[static_cast<std::size_t>(wanted)];
}
std::optional<Advance> advance(std::string_view wanted) {
  auto found = std::ranges::find(advances, wanted);
  if (found == advances.end()) return std::nullopt;
  return static_cast<Advance>(found - advances.begin());
}
std::string_view name(OverrideKind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}
std::optional<OverrideKind> override_kind(std::string_view wanted) {
  auto found = std::ranges::find(kinds, wanted);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<OverrideKind>(found - kinds.begin());
}

std::vector<PlannedShift> expand(const Rota& rota, const Calendar& calendar, const Zone& zone, Time from,
                                 Time until) {
  std::vector<PlannedShift> shifts;
  if (from >= until) return shifts;
  Day first = std::max(rota.anchor, zone.next_day(zone.day(from), -1)), last = zone.day(until);
  std::int64_t taken = 0;  // places stood since the anchor, where the rotation moves on with every slot
  bool counting = rota.advance == Advance::slot;
  for (Day day = counting ? rota.anchor : first; day <= last; day = zone.next_day(day)) {
    for (std::size_t i = 0; i < rota.slots.size(); ++i) {
      const RotaSlot& slot = rota.slots[i];
      if (!slot.when.on(day, calendar)) continue;
      std::int64_t turn = places_before(rota, i);
      if (counting) turn = taken;
      if (rota.advance == Advance::day) turn += number_of(day) - number_of(rota.anchor);
      if (rota.advance == Advance::week) turn += weeks_since(rota.anchor, day);
      taken += slot.least;
      if (day < first) continue;
      Span span{moment(zone, day, slot.start_minute), moment(zone, day, slot.end_minute)};
      if (span.until <= from || span.from >= until) continue;
      PlannedShift shift{rota.post, rota.id,    i,         day,
                         span,      slot.least, slot.most, turn_of(rota, turn, slot.least)};
      for (const RotaOverride& change : rota.overrides) {
        if (change.slot == i && change.day == day) apply(change, shift.people);
      }
      shifts.push_back(std::move(shift));
    }
  }
  return shifts;
}

}  // namespace linli::community
