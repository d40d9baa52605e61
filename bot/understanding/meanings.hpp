// What words mean, as far as a list can say: which are used for one another (near), and which are of one kind
// but told apart. Part of the storyteller; used when two tellings are compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/understanding/lexicon.hpp"

namespace linli::understanding {

class Meanings {
 public:
  /// Words of one group, as they stand in a telling's text. A word may be in several groups.
  void add_near(const std::vector<std::u32string>& words);
  /// Names of one thing of a kind.
  void add_apart(std::uint32_t kind, const std::vector<std::u32string>& names);

  struct Word {
    std::uint32_t at{}, length{};
    std::uint32_t number{};  // for groups_of()
  };
  /// The words of the groups in a text, the longest at each place, none over another.
  std::vector<Word> words(std::u32string_view text) const;
  const std::vector<std::uint16_t>& groups_of(std::uint32_t word) const { return groups_of_[word]; }

  /// The groups of a text's words, ascending, each once.
  std::vector<std::uint16_t> groups(std::u32string_view text) const;

  /// The things of any kind in a text, ascending, each once.
  std::vector<std::uint32_t> things(std::u32string_view text) const;
  static std::uint32_t kind(std::uint32_t thing) { return thing >> 16; }

 private:
  Lexicon near_, apart_;
  std::vector<std::vector<std::uint16_t>> groups_of_;
  std::uint16_t groups_{};
  std::uint32_t things_{};
};

}  // namespace linli::understanding
