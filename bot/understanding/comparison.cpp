#include "bot/understanding/comparison.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace linli::understanding {

namespace {

constexpr std::size_t longest_compared = 120;
constexpr std::u32string_view telling_characters =
    U"0123456789今明昨前后早晚午夜年月日时点东南西北上下男女老小一二三甲乙丙abcd";

std::uint64_t key(char32_t a, char32_t b) {
  return std::uint64_t{a} << 32 | b;
}

}  // namespace

Likeness liken(std::u32string_view asked, std::u32string_view claim, const ClaimIndex& index) {
  std::unordered_set<std::uint64_t> known;
  double all = 0;
  for (std::size_t i = 0; i + 1 < claim.size(); ++i) {
    if (claim[i] != U' ' && claim[i + 1] != U' ' && known.insert(key(claim[i], claim[i + 1])).second)
      all += static_cast<double>(index.weight(claim[i], claim[i + 1]));
  }
  Likeness best;
  if (all <= 0) return best;
  // Weights of the asked text's pairs; a window of half as much again as the claim moves over them.
  std::vector<double> weights(asked.size()), shared(asked.size());
  std::vector<std::uint64_t> keys(asked.size());
  for (std::size_t i = 0; i + 1 < asked.size(); ++i) {
    if (asked[i] == U' ' || asked[i + 1] == U' ') continue;
    weights[i] = static_cast<double>(index.weight(asked[i], asked[i + 1]));
    keys[i] = key(asked[i], asked[i + 1]);
    if (known.contains(keys[i])) shared[i] = weights[i];
  }
  const std::size_t window = std::max<std::size_t>(claim.size() * 3 / 2 + 4, 12);
  double sum = 0;
  std::unordered_map<std::uint64_t, int> inside;
  double found = 0;
  std::size_t begin = 0;
  double best_found = -1;
  for (std::size_t end = 0; end < asked.size(); ++end) {
    sum += weights[end];
    if (shared[end] > 0 && ++inside[keys[end]] == 1) found += shared[end];
    while (end + 1 - begin > window) {
      sum -= weights[begin];
      if (shared[begin] > 0 && --inside[keys[begin]] == 0) found -= shared[begin];
      ++begin;
    }
    if (found > best_found + 1e-9) {
      best_found = found;
      best.begin = begin;
      best.end = end + 1;
    }
  }
  // Without what stands before the first and behind the last shared pair, unless it is the same sentence.
  std::size_t first = best.begin, last = best.end;
  while (first < last && shared[first] == 0) ++first;
  while (last > first && shared[last - 1] == 0) --last;
  while (first > best.begin && asked[first - 1] != U' ') --first;
  while (last < best.end && asked[last] != U' ') ++last;
  best.begin = first;
  best.end = last;
  double part = 0;
  std::unordered_set<std::uint64_t> counted;
  for (std::size_t i = first; i + 1 < last; ++i) {
    if (weights[i] > 0 && counted.insert(keys[i]).second) part += weights[i];
  }
  best.claim_cover = std::max(best_found, 0.0) / all;
  best.part_cover = part > 0 ? std::min(1.0, std::max(best_found, 0.0) / part) : 0;
  return best;
}

Difference differ(std::u32string_view part, std::u32string_view claim, const Storyteller& teller) {
  part = part.substr(0, longest_compared);
  claim = claim.substr(0, longest_compared);
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
    return text.size() - static_cast<std::size_t>(std::ranges::count(text, U' '));
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
