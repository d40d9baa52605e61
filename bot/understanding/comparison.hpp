// Two tellings side by side: which part of the asked one is most like the known one, and what differs there.
// Used by the matcher for its few best candidates.
#pragma once

#include <cstddef>
#include <string_view>

#include "bot/understanding/claim_index.hpp"
#include "bot/understanding/story.hpp"

namespace linli::understanding {

struct Likeness {
  double claim_cover{};  // share of the claim's weight that the part holds
  double part_cover{};   // share of the part's weight that the claim holds
  std::size_t begin{}, end{};  // the part, in characters of the asked text
};

Likeness liken(std::u32string_view asked, std::u32string_view claim, const ClaimIndex& index);

/// What stands in one and not in the other, character by character.
struct Difference {
  std::size_t replaced{};   // characters of the claim that others stand for
  std::size_t missing{};    // characters of the claim that are left out
  std::size_t added{};      // characters that the claim does not have, between its own
  bool telling{};           // a number, a place or a denial is among them
};

Difference differ(std::u32string_view part, std::u32string_view claim, const Storyteller& teller);

}  // namespace linli::understanding
