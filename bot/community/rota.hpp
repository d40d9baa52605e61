// Rotas as values: which shifts a post has on which days, who stands them in turn, and what was changed by
// hand. expand() makes the shifts, the same ones every time; nothing here is stored or told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/ids.hpp"
#include "bot/community/calendar.hpp"
#include "bot/community/duty_hours.hpp"

namespace linli {
using RotaId = Id<struct RotaTag>;
}

namespace linli::community {

/// On which days: a day counts if its weekday and its kind (working day, rest day, holiday) are both in.
struct Recurrence {
  unsigned weekdays = every_day;
  unsigned kinds = 0b111;  // bit DayKind
  bool on(Day day, const Calendar& calendar) const;
  bool operator==(const Recurrence&) const = default;
};

/// "daily" (or "*"), "Mon-Fri", "Sat,Sun", "workdays", "rest_days", "holidays", "off" (rest days and
/// holidays).
Result<Recurrence> parse_recurrence(std::string_view text);

struct RotaSlot {
  Recurrence when;
  int start_minute{}, end_minute{};  // past 1440: over midnight
  int least = 1;                     // so many of the rotation stand it
  int most = 1;                      // so many may: the rest is open for sign-up
  bool operator==(const RotaSlot&) const = default;
};

/// How the rotation moves on: never (each slot has its own people), after every slot, every day, every week.
enum class Advance { fixed, slot, day, week };
std::string_view name(Advance advance);
std::optional<Advance> advance(std::string_view name);

enum class OverrideKind { instead, nobody, extra };
std::string_view name(OverrideKind kind);
std::optional<OverrideKind> override_kind(std::string_view name);

/// One slot on one day is stood by others than its turn.
struct RotaOverride {
  std::size_t slot{};
  Day day;
  OverrideKind kind{};
  PersonId person;      // who stands it; none with `nobody`
  PersonId instead_of;  // none: of whoever's turn comes first
};

struct Rota {
  RotaId id;
  PostId post;
  Day anchor;  // its first day; turns are counted from it
  Advance advance = Advance::fixed;
  std::vector<RotaSlot> slots;
  std::vector<PersonId> people;  // in their order; may be empty: every place is for sign-up
  std::vector<RotaOverride> overrides;
};

/// One slot on one day.
struct PlannedShift {
  PostId post;
  RotaId rota;
  std::size_t slot{};
  Day day;
  Span span;
  int least{}, most{};
  std::vector<PersonId> people;
};

/// Whose spans reach into [from, until), by day and slot.
std::vector<PlannedShift> expand(const Rota& rota, const Calendar& calendar, const Zone& zone, Time from,
                                 Time until);

}  // namespace linli::community
