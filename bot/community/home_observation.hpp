// Home observation (居家观察) as a calendar: the day of arrival is day 1, and it ends on the morning after
// the last day.
#pragma once

#include "bot/base/clock.hpp"

namespace linli::community {

/// 1 on the first day.
int day_number(Day first, Day today);

/// 08:00 on the day after the last one.
Time observation_ends(const Zone& zone, Day first, int days);

}  // namespace linli::community
