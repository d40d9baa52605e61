#include "bot/understanding/comparison.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace linli::understanding {

namespace {

constexpr std::size_t longest_compared = 120;
constexpr std::u32string_view telling_characters =
    U"0123456789今明昨前后早晚午夜年月日时点东南西北上下男女老小一二三甲乙丙abcd";

constexpr std::size_t most_rest = 12;  // characters of a sentence that are looked at beside what is shared
constexpr std::u32string_view empty_words = U"是在被有也都就将会已可以能这那一个要 ";
constexpr double character_share = 0.6;  // of a character's weight beside that of pairs
constexpr double about_share = 0.6;      // of a pair's weight that stands only in what is known about a claim

std::uint64_t key(char32_t a, char32_t b) {
  return std::uint64_t{a} << 32 | b;
}

std::uint32_t short_key(char32_t a, char32_t b) {
  return static_cast<std::uint32_t>((key(a, b) * 0x9E3779B97F4A7C15ULL) >> 32);
}

}  // namespace

std::vector<std::uint32_t> pairs_of(std::u32string_view text, std::size_t most) {
  std::vector<std::uint32_t> pairs;
  for (std::size_t i = 0; i + 1 < text.size() && pairs.size() < most; ++i) {
    if (text[i] != U' ' && text[i + 1] != U' ') pairs.push_back(short_key(text[i], text[i + 1]));
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  pairs.shrink_to_fit();
  return pairs;
}

Likeness liken(std::u32string_view asked, std::u32string_view claim, const std::vector<std::uint32_t>& about,
               const ClaimIndex& index) {
  std::unordered_set<std::uint64_t> known;  // pairs and, as pairs with 0, characters
  double all = 0;
  for (std::size_t i = 0; i < claim.size(); ++i) {
    if (claim[i] == U' ') continue;
    if (known.insert(key(claim[i], 0)).second)
      all += character_share * static_cast<double>(index.weight(claim[i]));
    if (i + 1 < claim.size() && claim[i + 1] != U' ' && known.insert(key(claim[i], claim[i + 1])).second)
      all += static_cast<double>(index.weight(claim[i], claim[i + 1]));
  }
  Likeness best;
  if (all <= 0) return best;
  // What each place of the asked text weighs, and how much of it the claim has.
  std::vector<double> weights(asked.size()), pair_weights(asked.size());
  double whole = 0, whole_found = 0, about_found = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i] == U' ' || i + 1 >= asked.size() || asked[i + 1] == U' ') continue;
    pair_weights[i] = static_cast<double>(index.weight(asked[i], asked[i + 1]));
    const bool held = known.contains(key(asked[i], asked[i + 1]));
    const bool told = !held && std::ranges::binary_search(about, short_key(asked[i], asked[i + 1]));
    weights[i] = told ? pair_weights[i] * (1 - about_share) : pair_weights[i];
    whole += pair_weights[i];
    about_found += told ? pair_weights[i] : 0;
    whole_found += held ? pair_weights[i] : told ? about_share * pair_weights[i] : 0;
  }
  best.whole_cover = whole > 0 ? whole_found / whole : 0;
  best.about = about_found;
  // A window of half as much again as the claim moves over them.
  const std::size_t window = std::max<std::size_t>(claim.size() * 2, 24);
  std::unordered_map<std::uint64_t, int> inside;
  double found = 0, best_found = -1;
  auto enter = [&](std::uint64_t piece, double weight) {
    if (known.contains(piece) && ++inside[piece] == 1) found += weight;
  };
  auto leave = [&](std::uint64_t piece, double weight) {
    if (known.contains(piece) && --inside[piece] == 0) found -= weight;
  };
  std::size_t begin = 0;
  for (std::size_t end = 0; end < asked.size(); ++end) {
    enter(key(asked[end], 0), character_share * static_cast<double>(index.weight(asked[end])));
    if (end > 0) enter(key(asked[end - 1], asked[end]), pair_weights[end - 1]);
    while (end + 1 - begin > window) {
      leave(key(asked[begin], 0), character_share * static_cast<double>(index.weight(asked[begin])));
      leave(key(asked[begin], asked[begin + 1]), pair_weights[begin]);
      ++begin;
    }
    if (found > best_found + 1e-9) {
      best_found = found;
      best.begin = begin;
      best.end = end + 1;
    }
  }
  // Without what stands before the first and behind the last shared pair, unless it is the same sentence.
  auto shared = [&](std::size_t i) {
    return i + 1 < asked.size() && known.contains(key(asked[i], asked[i + 1]));
  };
  std::size_t first = best.begin, last = best.end;
  while (first < last && !shared(first)) ++first;
  while (last > first && !shared(last - 1)) --last;
  // The rest of the sentence may say something else ("... 没有发生").
  const std::size_t least = first < most_rest ? 0 : first - most_rest;
  const std::size_t most = std::min(asked.size(), last + most_rest);
  while (first > least && asked[first - 1] != U' ') --first;
  while (last < most && asked[last] != U' ') ++last;
  best.begin = first;
  best.end = last;
  double part = 0, part_found = 0;
  for (std::size_t i = first; i + 1 < last; ++i) {
    part += weights[i];
    if (shared(i)) part_found += weights[i];
  }
  best.evidence = std::max(best_found, 0.0);
  best.claim_cover = best.evidence / all;
  best.part_cover = part > 0 ? part_found / part : 0;
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
