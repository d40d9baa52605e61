// Do two people speak of the same case? A neighbour and a daughter report the same elder in different words.
// Pure; only a hint: somebody responsible is asked before anything is merged.
#pragma once

#include <string_view>

namespace linli::community {

/// Both speak of an old person, or both of a child, or both of somebody pregnant.
bool same_person_words(std::string_view normal, std::string_view other);

}  // namespace linli::community
