#include "bot/community/word_lists.hpp"

#include <algorithm>

#include "bot/base/text.hpp"

namespace linli::community {

namespace {

constexpr std::size_t near = 36;  // bytes between two parts: a dozen characters

/// Bytes of the character that begins with this one.
std::size_t width(char begin) {
  auto byte = static_cast<unsigned char>(begin);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::uint32_t character(std::string_view text) {
  std::uint32_t value = 0;
  for (char byte : text.substr(0, width(text.front()))) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::size_t bit(std::uint32_t character, std::size_t bits) {
  return (character ^ character >> 8 ^ character >> 12) % bits;
}

}  // namespace

void WordList::add(std::string_view phrase) {
  std::string normal = normalise(phrase);
  if (normal.empty()) return;
  auto plus = normal.find('+');
  auto put = [&](Phrase one) {
    if (one.first.empty()) return;
    auto key = character(one.first);
    begins_.set(bit(key, bits));
    by_first_[key].push_back(std::move(one));
  };
  if (plus == normal.npos) return put({normal, {}, normal.size()});
  std::string first = normal.substr(0, plus), second = normal.substr(plus + 1);
  if (first.empty() || second.empty()) return;
  put({first, second, normal.size() - 1});
  put({second, first, normal.size() - 1});
}

std::size_t WordList::longest(std::string_view normal) const {
  std::size_t found = 0;
  for (std::size_t at = 0; at < normal.size(); at += width(normal[at])) {
    std::string_view rest = normal.substr(at);
    auto key = character(rest);
    if (!begins_.test(bit(key, bits))) continue;
    auto phrases = by_first_.find(key);
    if (phrases == by_first_.end()) continue;
    for (const Phrase& phrase : phrases->second) {
      if (phrase.size <= found || !rest.starts_with(phrase.first)) continue;
      std::string_view behind = rest.substr(phrase.first.size());
      bool whole = phrase.second.empty() ||
                   behind.substr(0, near + phrase.second.size()).find(phrase.second) != behind.npos;
      if (whole) found = phrase.size;
    }
  }
  return found;
}

}  // namespace linli::community
