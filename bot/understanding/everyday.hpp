// How much a piece of a text tells: what people say every day tells little, however rare it is among the
// known claims. Counted in the project's own examples of messages; without it a list of thirty claims would
// not know 大家 from 迷药. Part of the storyteller.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace linli::understanding {

class Everyday {
 public:
  /// One message, as a telling's text.
  void add(std::u32string_view message);

  /// From 1, never said, to 0, said in every message.
  float tells(char32_t character) const { return tells(character, 0); }
  float tells(char32_t first, char32_t second) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> messages_;  // with a pair, or with a character (and 0)
  std::uint32_t all_{};
};

}  // namespace linli::understanding
