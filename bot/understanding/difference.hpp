// What stands in one of two tellings and not in the other, character by character: whether a message says the
// same as a claim. Used by the matcher before it answers.
#pragma once

#include <cstddef>
#include <string_view>

#include "bot/understanding/story.hpp"

namespace linli::understanding {

struct Difference {
  std::size_t replaced{};  // characters of the claim that others stand for
  std::size_t missing{};   // characters of the claim that are left out
  std::size_t added{};     // characters that the claim does not have, between its own
  bool telling{};          // a number, a place or a denial is among them
};

/// Of texts that are too long to be compared it says that they differ.
Difference differ(std::u32string_view part, std::u32string_view claim, const Storyteller& teller);

}  // namespace linli::understanding
