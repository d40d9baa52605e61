// A story as it is compared: without what people put around it, different words for one thing as one, and
// what must agree for it to be the same one (numbers, places, denials). Made of claims when they are added
// and of messages when they come.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/understanding/everyday.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/meanings.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

struct Telling {
  std::u32string text;                  // letters and digits only, one blank between sentences
  std::vector<std::uint32_t> places;    // which, ascending; of districts without a list their name's hash
  std::vector<std::u32string> numbers;  // in order
  std::size_t negations{};
  std::vector<std::uint32_t> things;  // of Meanings
};

class Storyteller {
 public:
  static Result<Storyteller> load(const std::filesystem::path& words, const Reader& reader);

  Telling tell(std::string_view text) const;
  /// What must agree, of a part of a telling's text.
  void read_facts(Telling& telling) const;
  bool is_negation_at(std::u32string_view text, std::size_t at) const;
  /// The number of the listed place that begins there; -1 if none does.
  int place_at(std::u32string_view text, std::size_t at, std::size_t& length) const;
  const Meanings& meanings() const { return meanings_; }
  const Everyday& everyday() const { return everyday_; }

 private:
  explicit Storyteller(const Reader& reader) : reader_(&reader) {}

  Result<void> read_meanings(const TomlFile& file);
  Result<void> read_everyday(const TomlFile& file, const std::filesystem::path& words);

  const Reader* reader_;
  Lexicon same_, around_, negations_, places_;
  std::vector<std::u32string> meant_;
  Meanings meanings_;
  Everyday everyday_;
};

}  // namespace linli::understanding
