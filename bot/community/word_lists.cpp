#include "bot/community/word_lists.hpp"

#include <algorithm>

namespace linli::community {

namespace {

constexpr std::size_t near = 36;  // bytes between two parts: a dozen characters

bool follows(std::string_view normal, std::string_view first, std::string_view second) {
  for (auto at = normal.find(first); at != normal.npos; at = normal.find(first, at + 1)) {
    auto behind = at + first.size();
    auto found = normal.find(second, behind);
    if (found != normal.npos && found - behind <= near) return true;
  }
  return false;
}

}  // namespace

bool says_phrase(std::string_view normal, std::string_view phrase) {
  auto plus = phrase.find('+');
  if (plus == phrase.npos) return !phrase.empty() && normal.find(phrase) != normal.npos;
  auto first = phrase.substr(0, plus), second = phrase.substr(plus + 1);
  return follows(normal, first, second) || follows(normal, second, first);
}

bool says_any(std::string_view normal, std::span<const std::string> phrases) {
  return std::ranges::any_of(phrases, [&](const std::string& phrase) { return says_phrase(normal, phrase); });
}

}  // namespace linli::community
