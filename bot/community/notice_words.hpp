// What a publicist writes around a notice, read as values: for whom, with or without a receipt; and how the
// notice reads on a card whose lines hold twenty characters. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/community/care_rules.hpp"
#include "bot/community/role.hpp"

namespace linli::community {

struct AudienceRead {
  enum class Kind { none, residents, staff, care } kind = Kind::none;
  std::vector<Role> roles;             // of staff; empty: all
  std::vector<std::string> care_kind;  // of care; empty: all on the list
};

/// "和平苑居民", "网格长和楼院长", "志愿者", "独居". A place is not looked for; `none` if nobody is named.
AudienceRead read_audience(std::string_view normal, const CareRules& care);

/// "要回执", "需要回复收到", "请回复收到": must be acknowledged. Taken out of the words if it stands there as
/// an order to us and not as a part of what is to be read.
bool takes_receipt(std::string& words);

/// The first two lines of a card: twenty characters each, the second ending in …… if there is more.
struct CardLines {
  std::string first, second;
};
CardLines card_lines(std::string_view text);

}  // namespace linli::community
