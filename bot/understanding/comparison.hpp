// Two tellings side by side: which part of the asked one is most like the known one, and what differs there.
// Used by the matcher for its few best candidates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bot/understanding/claim_index.hpp"
#include "bot/understanding/story.hpp"

namespace linli::understanding {

struct Likeness {
  double claim_cover{};        // share of the claim's weight that the part holds
  double part_cover{};         // share of the part's weight that the claim, or what is known about it, holds
  double whole_cover{};        // the same of the whole message
  double evidence{};           // weight of what both have
  double about{};              // weight of what the message and what is known about the claim have beside it
  std::size_t begin{}, end{};  // the part, in characters of the asked text
};

/// The pairs of a text as numbers, ascending: what is known about a claim beside its words.
std::vector<std::uint32_t> pairs_of(std::u32string_view text, std::size_t most);

Likeness liken(std::u32string_view asked, std::u32string_view claim, const std::vector<std::uint32_t>& about,
               const ClaimIndex& index);

/// What stands in one and not in the other, character by character.
struct Difference {
  std::size_t replaced{};  // characters of the claim that others stand for
  std::size_t missing{};   // characters of the claim that are left out
  std::size_t added{};     // characters that the claim does not have, between its own
  bool telling{};          // a number, a place or a denial is among them
};

Difference differ(std::u32string_view part, std::u32string_view claim, const Storyteller& teller);

}  // namespace linli::understanding
