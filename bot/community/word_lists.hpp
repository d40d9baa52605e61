// "3号楼后面垃圾没清": whether a text holds one of a topic's phrases, where a phrase may be two parts joined
// by + that stand near each other in either order. For the short lists of rules files; the long lists of
// every message are dialog/phrases.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace linli::community {

/// `normal` and `phrase` are normalised.
bool says_phrase(std::string_view normal, std::string_view phrase);
bool says_any(std::string_view normal, std::span<const std::string> phrases);

}  // namespace linli::community
