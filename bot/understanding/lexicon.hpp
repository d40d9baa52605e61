// Many words looked for in one pass over a text of the reader: a trie with one hash look-up a character.
// Word lists, dialect and distress phrases use it. Nothing changes after the words have been added.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linli::understanding {

class Lexicon {
 public:
  /// `tag` is what a hit says; the same word may have several tags. An empty word is left out.
  void add(std::u32string_view word, std::uint32_t tag);
  bool empty() const { return nodes_.size() == 1; }

  struct Hit {
    std::uint32_t tag{};
    std::size_t at{};
    std::size_t length{};
  };
  /// Every occurrence of every word, in the order of the text; words may overlap.
  std::vector<Hit> find_all(std::u32string_view text) const;
  /// The longest word that begins at `at`.
  std::optional<Hit> longest_at(std::u32string_view text, std::size_t at) const;
  bool any(std::u32string_view text) const;

 private:
  struct Node {
    std::vector<std::uint32_t> tags;
  };
  template <class Visit>
  void walk(std::u32string_view text, std::size_t at, Visit visit) const;

  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::unordered_map<std::uint64_t, std::uint32_t> next_;  // node << 32 | character -> node
  std::vector<bool> begins_ = std::vector<bool>(65536);    // most characters begin no word
};

}  // namespace linli::understanding
