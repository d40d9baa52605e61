#include "bot/understanding/everyday.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace linli::understanding {

namespace {

std::uint64_t key(char32_t first, char32_t second) {
  return std::uint64_t{first} << 32 | second;
}

}  // namespace

void Everyday::add(std::u32string_view message) {
  std::vector<std::uint64_t> pieces;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == U' ') continue;
    pieces.push_back(key(message[i], 0));
    if (i + 1 < message.size() && message[i + 1] != U' ') pieces.push_back(key(message[i], message[i + 1]));
  }
  std::ranges::sort(pieces);
  pieces.erase(std::ranges::unique(pieces).begin(), pieces.end());
  for (std::uint64_t piece : pieces) ++messages_[piece];
  if (!pieces.empty()) ++all_;
}

float Everyday::tells(char32_t first, char32_t second) const {
  auto found = messages_.find(key(first, second));
  if (found == messages_.end()) return 1;
  return 1 - std::log1p(static_cast<float>(found->second)) / std::log1p(static_cast<float>(all_));
}

}  // namespace linli::understanding
