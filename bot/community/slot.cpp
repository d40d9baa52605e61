#include "bot/community/slot.hpp"

#include <fmt/format.h>

namespace linli::community {

Slot next_slot(const Zone& zone, std::span<const int> minutes_of_day, Time after) {
  Slot next;
  for (Day day = zone.day(after); next.name.empty(); day = zone.next_day(day)) {
    for (int minute : minutes_of_day) {
      Time at = zone.at(day, minute);
      if (at <= after || (!next.name.empty() && at >= next.at)) continue;
      next = {at, fmt::format("{}T{:02}:{:02}", zone.iso_day(day), minute / 60, minute % 60)};
    }
  }
  return next;
}

}  // namespace linli::community
