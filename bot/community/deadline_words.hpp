// "明天中午前", "今天18点前", "2小时内", "三天内": until when somebody is to have done something.
#pragma once

#include <optional>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::community {

/// Nothing if the normalised words name no moment in the future.
std::optional<Time> deadline_in(std::string_view normal, const Zone& zone, Time now);

}  // namespace linli::community
