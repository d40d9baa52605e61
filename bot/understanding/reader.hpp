// What people write, brought to one form once for everything that has to understand it: compatibility forms
// and full-width (base/text.hpp), traditional characters as simplified ones, dialect and slips of keyboard or
// voice recognition as the words meant (config/words/dialect.toml), Chinese numerals as digits, stretched
// letters and punctuation shortened, emoji kept. Each character knows where it came from, so that what is
// quoted is what the person wrote. Made once at start; reading is const and may be done on any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/lexicon.hpp"

namespace linli::understanding {

struct Reading {
  std::u32string text;
  std::vector<std::uint32_t> from;  // where in the original, in bytes; one more than `text` has characters

  /// What the person wrote between two characters of `text`.
  std::string_view quote(std::string_view original, std::size_t begin, std::size_t end) const;
};

class Reader {
 public:
  /// Errc::bad_config names file, line and key. `words` is the folder config/words.
  static Result<Reader> load(const std::filesystem::path& words);

  /// Linear; broken UTF-8 becomes U+FFFD. Not more than `most_characters` of a text are read.
  Reading read(std::string_view text) const;
  /// Without where it came from: for word lists and examples.
  std::u32string text(std::string_view words) const { return read(words).text; }

  static constexpr std::size_t most_characters = 10'000;

 private:
  Reader() = default;
  Reading characters(std::string_view text) const;
  Reading with_words(Reading reading) const;
  static Reading with_numerals(Reading reading);

  std::vector<char16_t> simplified_;  // of U+4E00 to U+9FFF
  Lexicon words_;
  std::vector<std::u32string> meant_;  // by tag
};

}  // namespace linli::understanding
