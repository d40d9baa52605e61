// Many words looked for in one pass over a text of the reader: a trie whose steps lie in one flat table. Word
// lists, dialect and distress phrases use it. Nothing changes after the words have been added.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace linli::understanding {

class Lexicon {
 public:
  /// `tag` is what a hit says; the same word may have several tags. An empty word is left out.
  void add(std::u32string_view word, std::uint32_t tag);
  bool empty() const { return tags_.size() == 1; }

  struct Hit {
    std::uint32_t tag{};
    std::size_t at{};
    std::size_t length{};
  };
  /// `visit(Hit)` for every occurrence of every word, in the order of the text; words may overlap.
  template <class Visit>
  void each(std::u32string_view text, Visit visit) const {
    for (std::size_t at = 0; at < text.size(); ++at) walk(text, at, visit);
  }
  std::vector<Hit> find_all(std::u32string_view text) const;
  /// The longest word that begins at `at`.
  std::optional<Hit> longest_at(std::u32string_view text, std::size_t at) const;
  bool any(std::u32string_view text) const;

 private:
  struct Step {
    std::uint64_t from{};  // node << 32 | character; 0: free, as no word has the character 0
    std::uint32_t to{};
  };
  std::size_t place_of(std::uint64_t from) const {
    return static_cast<std::size_t>(from * 0x9E3779B97F4A7C15ULL >> shift_);
  }
  std::uint32_t next(std::uint32_t node, char32_t character) const;
  void grow();

  template <class Visit>
  void walk(std::u32string_view text, std::size_t at, Visit&& visit) const {
    if (!begins_[text[at] & 0xFFFF]) return;
    std::uint32_t node = 0;
    for (std::size_t end = at; end < text.size(); ++end) {
      node = next(node, text[end]);
      if (node == 0) return;
      for (std::uint32_t tag : tags_[node]) visit(Hit{tag, at, end + 1 - at});
    }
  }

  std::vector<std::vector<std::uint32_t>> tags_{1};      // by node
  std::vector<Step> steps_ = std::vector<Step>(64);      // open addressing; a power of two, half empty
  int shift_ = 58;                                       // of a hash, so that a place of steps_ remains
  std::vector<bool> begins_ = std::vector<bool>(65536);  // most characters begin no word
};

}  // namespace linli::understanding
