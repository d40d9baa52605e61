#include "bot/understanding/difference.hpp"

#include <algorithm>
#include <vector>

namespace linli::understanding {

namespace {

constexpr std::size_t longest_compared = 400;  // the time grows with the square
constexpr std::u32string_view telling_characters =
    U"0123456789今明昨前后早晚午夜年月日时点东南西北上下男女老小一二三甲乙丙abcd";
constexpr std::u32string_view empty_words = U"是在被有也都就将会已可以能这那一个要 ";

}  // namespace

Difference differ(std::u32string_view part, std::u32string_view claim, const Storyteller& teller) {
  if (part.size() > longest_compared || claim.size() > longest_compared) return {0, 0, 0, true};
  const std::size_t rows = claim.size() + 1, columns = part.size() + 1;
  // The longest common subsequence, from the end, so that it can be walked from the beginning.
  std::vector<std::uint16_t> length(rows * columns);
  auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return length[i * columns + j]; };
  for (std::size_t i = claim.size(); i-- > 0;) {
    for (std::size_t j = part.size(); j-- > 0;)
      at(i, j) = claim[i] == part[j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                     : std::max(at(i + 1, j), at(i, j + 1));
  }
  Difference difference;
  std::size_t i = 0, j = 0;
  bool begun = false;
  auto tells = [&](std::u32string_view text, std::size_t from, std::size_t to) {
    for (std::size_t k = from; k < to; ++k) {
      std::size_t ignored = 0;
      if (telling_characters.find(text[k]) != telling_characters.npos || teller.is_negation_at(text, k) ||
          teller.place_at(text, k, ignored) >= 0)
        return true;
    }
    return false;
  };
  auto letters = [](std::u32string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char32_t c) { return empty_words.find(c) == empty_words.npos; }));
  };
  while (i < claim.size() || j < part.size()) {
    if (i < claim.size() && j < part.size() && claim[i] == part[j]) {
      ++i, ++j;
      begun = true;
      continue;
    }
    const std::size_t from_i = i, from_j = j;
    while (i < claim.size() || j < part.size()) {
      if (i < claim.size() && j < part.size() && claim[i] == part[j]) break;
      if (j >= part.size() || (i < claim.size() && at(i + 1, j) >= at(i, j + 1))) {
        ++i;
      } else {
        ++j;
      }
    }
    const std::size_t gone = letters(claim.substr(from_i, i - from_i));
    std::size_t come = letters(part.substr(from_j, j - from_j));
    const bool at_edge = !begun || (i == claim.size() && j == part.size());
    if (gone > 0 && come > 0) {
      difference.replaced += std::max(gone, come);
      difference.telling |= tells(claim, from_i, i) || tells(part, from_j, j);
    } else if (gone > 0) {
      difference.missing += gone;
      difference.telling |= tells(claim, from_i, i);
    } else if (come > 0) {
      if (!at_edge) difference.added += come;
      difference.telling |= tells(part, from_j, j);
    }
  }
  return difference;
}

}  // namespace linli::understanding
