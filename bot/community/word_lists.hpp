// "3号楼后面垃圾没清": whether a text holds one of a topic's phrases, where a phrase may be two parts joined
// by + that stand near each other in either order. Every message is asked, so phrases are found by their
// first character and a text costs a look at each of its own characters, however long the list is.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linli::community {

class WordList {
 public:
  /// A word, or two parts joined by +; normalised here.
  void add(std::string_view phrase);
  /// Does any of them occur? `normal` is normalised text.
  bool any(std::string_view normal) const { return longest(normal) > 0; }
  /// Bytes of the longest phrase that occurs, 0 if none does.
  std::size_t longest(std::string_view normal) const;

 private:
  struct Phrase {
    std::string first, second;  // `second` empty: a word
    std::size_t size{};
  };
  static constexpr std::size_t bits = 4096;
  std::bitset<bits> begins_;
  std::unordered_map<std::uint32_t, std::vector<Phrase>> by_first_;
};

}  // namespace linli::community
