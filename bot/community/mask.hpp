// Before a ticket is accepted its reader sees the building; address and phone only after. What people write
// holds both, so the free text shown in an offer goes through here.
#pragma once

#include <string>
#include <string_view>

namespace linli::community {

/// Replaces phone numbers and everything of an address below the building (unit, floor, room) by "…".
std::string mask_place(std::string_view text);

/// "199****1234"; shorter numbers become "****".
std::string mask_phone(std::string_view phone);

/// The first `characters` characters, with "…" when something was cut.
std::string brief(std::string_view text, std::size_t characters);

}  // namespace linli::community
