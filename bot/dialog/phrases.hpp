// Many phrases looked for in one pass over a text. A phrase is a word, or parts joined by "+" that occur
// within a dozen characters of each other, in either order ("胸口+疼"). Phrases are indexed by their first
// character, so that a message costs a look-up a character and not a search a phrase.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linli::dialog {

/// The bytes of a text's first character as a number; for indexes. `text` is not empty.
std::uint32_t first_character(std::string_view text);

class Phrases {
 public:
  /// `tag` tells which phrase was found; several phrases may share one.
  void add(std::string_view phrase, int tag);
  bool empty() const { return phrases_.empty(); }

  struct Hit {
    int tag{};
    std::size_t at{};      // of the first part, in bytes
    std::size_t length{};  // of the first part
  };
  /// Every occurrence, in the order of the text. `normal` is normalised text.
  std::vector<Hit> find_all(std::string_view normal) const;
  bool any(std::string_view normal) const;
  /// The lowest tag found, -1 if none is.
  int lowest(std::string_view normal) const;

 private:
  struct Phrase {
    std::string first;
    std::vector<std::string> rest;
    int tag{};
  };
  template <class Visit>
  void scan(std::string_view normal, Visit visit) const;
  static bool near(std::string_view normal, std::size_t at, const Phrase& phrase);

  /// Nearly every character begins no phrase of a list: a bit says so more cheaply than the map.
  static constexpr std::size_t begins_bits = 4096;
  static std::size_t begins_bit(std::uint32_t character) {
    return (character ^ character >> 8 ^ character >> 12) % begins_bits;
  }

  std::vector<Phrase> phrases_;
  std::bitset<begins_bits> begins_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_first_;  // first character -> phrases
};

}  // namespace linli::dialog
