// Times of day that come back every day (a digest at 12:00 and 18:00), in local calendar time. Everything
// that falls due is a row of DueLedger; here is only the arithmetic of which slot comes next. Handlers'
// rounds call it when one slot has fired, so that each materialises the next.
#pragma once

#include <span>
#include <string>

#include "bot/base/clock.hpp"

namespace linli::community {

struct Slot {
  Time at{};
  std::string name;  // "2026-03-02T12:00": part of the unique key
};

/// The first slot strictly after `after`. `minutes_of_day` is not empty.
Slot next_slot(const Zone& zone, std::span<const int> minutes_of_day, Time after);

}  // namespace linli::community
