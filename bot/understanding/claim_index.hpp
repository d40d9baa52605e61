// Which known stories share telling pieces with a text: an inverted index of character pairs and of groups of
// words that mean nearly the same, in memory.
// SQLite's FTS5 and Xapian were not taken: FTS5's trigram tokenizer knows no pairs, without which a Chinese
// word of two characters cannot be found, both would need their own copy of the texts, which are sealed on
// disk, and neither scores a part of a long post. A claim costs about five bytes a character here.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linli::understanding {

class ClaimIndex {
 public:
  /// Claims are numbered from 0 in the order added. After `finish` a claim is weighed with what is known by
  /// then: what no claim had before is as rare as can be.
  /// `groups`: of words that are used for one another, ascending; found by them too.
  void add(std::u32string_view text, const std::vector<std::uint16_t>& groups = {});
  /// To be called after the last claim of a list: how telling each piece is. May be called again.
  void finish();

  struct Found {
    std::uint32_t claim{};
    float score{};  // weights of the pieces shared, by the root of the claim's weight
  };
  /// At most `most`, the best first. `text` is a telling's; a long one is looked up by its rarest pieces.
  std::vector<Found> find(std::u32string_view text, const std::vector<std::uint16_t>& groups,
                          std::size_t most) const;
  /// How telling a piece is: rare ones more. Unknown pieces are as rare as can be.
  float weight(char32_t a, char32_t b) const;
  float weight(char32_t a) const;
  /// Of all pieces of a claim.
  float weight_of(std::uint32_t claim) const { return weights_[claim]; }
  /// The weight of a piece that no claim has: the most that one can weigh.
  float most_weight() const { return unknown_; }
  std::size_t size() const { return weights_.size(); }

 private:
  struct Piece {
    std::vector<std::uint32_t> claims;
    float weight{};
  };
  struct Character {
    std::uint32_t claims{};
    float weight{};
  };
  void put(std::uint64_t key, std::uint32_t claim);

  std::unordered_map<std::uint64_t, Piece> pieces_;  // pairs and groups
  std::unordered_map<char32_t, Character> characters_;
  std::vector<float> weights_;
  float unknown_{};
  bool finished_{};
};

}  // namespace linli::understanding
