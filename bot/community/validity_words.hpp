// "有效到3月8日", "3天内", "一周", "长期": how long a verdict holds, as a publicist types it. Used by the
// rumour topic.
#pragma once

#include <optional>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::community {

struct Validity {
  bool understood{};
  std::optional<Time> until;  // the first moment at which it holds no more; none: without end
};

/// A day that is named holds to its end. Not understood: words that name no time, or one that has passed.
Validity read_validity(std::string_view normal, const Zone& zone, Time now);

}  // namespace linli::community
