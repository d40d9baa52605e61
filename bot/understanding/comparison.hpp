// Two tellings side by side: which part of the asked one is most like the known one, and how much of each the
// other has, by the same characters or by words that mean nearly the same. Used by the matcher for its best
// candidates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bot/understanding/claim_index.hpp"
#include "bot/understanding/story.hpp"

namespace linli::understanding {

/// A telling's text with what each of its characters weighs. The text must outlive it.
struct Weighed {
  std::u32string_view text;
  std::vector<float> characters, pairs;  // alone; with the next one (0 where a sentence ends)
  std::vector<float> mass;               // of each place, of its character and the pairs that it is in
  std::vector<Meanings::Word> words;     // of the groups
};
Weighed weigh(std::u32string_view text, const ClaimIndex& index, const Storyteller& teller);

struct Likeness {
  double claim_cover{};        // share of the claim's weight that the part holds
  double part_cover{};         // share of the part's weight that the claim, or what is known about it, holds
  double whole_cover{};        // the same of the whole message
  double evidence{};           // weight of what both have
  double about{};              // weight of what the message and what is known about the claim have beside it
  double claim_gap{};          // weight of the longest stretch of the claim that the part does not hold
  double part_gap{};           // and of the part that the claim does not hold
  double near{};               // share of the claim's weight that is held by other words only
  std::size_t begin{}, end{};  // the part, in characters of the asked text
};

/// The pairs of a text as numbers, ascending: what is known about a claim beside its words.
std::vector<std::uint32_t> pairs_of(std::u32string_view text, std::size_t most);

Likeness liken(const Weighed& asked, const Weighed& claim, const std::vector<std::uint32_t>& about,
               const Meanings& meanings);

}  // namespace linli::understanding
