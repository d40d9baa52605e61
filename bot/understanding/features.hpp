// What a text is judged by: its characters and pairs of characters, and which kinds of words it holds
// (config/words/classes.toml), with numbers as what they are: a usual temperature, a fever, another number.
// Used by the classifiers for their examples and for messages alike. Longer pieces, pieces with gaps and
// pairs of kinds were tried and told unseen wording no better (tests/understanding/measure.py).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

struct Feature {
  std::uint64_t key{};
  float weight{};
};

class Features {
 public:
  static Result<Features> load(const std::filesystem::path& words, const Reader& reader);

  /// `text` is the reader's. No key twice; longer texts are judged by their beginning and their end.
  std::vector<Feature> of(std::u32string_view text) const;

 private:
  Features() = default;
  std::u32string without_courtesies(std::u32string_view text) const;
  void add_kinds(std::u32string_view text, std::vector<Feature>& out) const;

  Lexicon kinds_, courtesies_;
  std::uint32_t kind_count_{};
};

/// Numbers as one character each: a temperature that is usual, one that is a fever, another number. Telephone
/// numbers for emergencies stay.
std::u32string with_number_kinds(std::u32string_view text);

}  // namespace linli::understanding
