// From when to when somebody is away, in their words: "3月2日到3月5日", "明天到后天", "5号", "3天", "一周".
#pragma once

#include <optional>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::community {

struct Leave {
  Day from, until;  // both days included
};

enum class LeaveRead { none, impossible, read };

/// `impossible`: days that no calendar has (2月30日), an end before the beginning, more than 90 days, or
/// nothing but days gone by. A day already begun counts from `today`. A day without a month is the next of
/// that number, a date long past is next year's.
LeaveRead read_leave(std::string_view normal, Day today, const Zone& zone, Leave& into);

}  // namespace linli::community
