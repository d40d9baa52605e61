// Is a life in danger? Words of config/words/life_safety.toml that are not denied, told of others' stories,
// past or meant as a joke (config/words/context.toml), and what resembles the examples of config/distress:
// either is enough. In doubt it is an alarm: a false one costs a phone call. What is then said is a fixed
// text with the group's numbers; nothing here writes a word.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/classifier.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

struct Alarm {
  bool alarm{};
  std::string group;    // medical, fire ...: whose numbers are told; empty if there is no alarm
  double share{};       // how much it resembles the examples, 0 to 1
  bool word{};          // a word of the list stands in it, and its context does not take it back
  std::size_t signs{};  // the same of config/words/signs.toml: how many
  bool excused{};       // a word stands in it that its context takes back
};

class Distress {
 public:
  /// Reads the word lists, and the examples in distress/ and intents/ below `config`; Errc::bad_config names
  /// file and key.
  static Result<Distress> load(const std::filesystem::path& words, const std::filesystem::path& config,
                               const Reader& reader, const Features& features);

  /// Of a text of the reader.
  Alarm look(std::u32string_view text, const Features& features) const;

 private:
  struct Word {
    std::size_t group{};
    std::vector<std::u32string> rest;  // further parts, near the first
    bool sign{};                       // of signs.toml
  };
  enum Context : std::uint32_t { denial, told, past, joke, report, question, settled, thing, now };

  explicit Distress(Classifier classifier) : classifier_(std::move(classifier)) {}
  Result<void> read_words(const std::filesystem::path& file, const Reader& reader, bool signs);
  Result<void> read_context(const std::filesystem::path& file, const Reader& reader);
  struct Spoken {
    std::size_t word;     // the group of the first word that holds in its context; groups_.size(): none
    std::size_t sign;     // the same of the signs
    std::size_t signs{};  // how many different ones; a sign of two parts counts twice
    bool excused{};       // a word was taken back
  };
  Spoken spoken(std::u32string_view text) const;
  std::vector<double> surest(std::u32string_view text, const Features& features) const;

  Classifier classifier_;
  std::vector<std::string> groups_;
  std::vector<Lexicon> excluded_;  // by group
  Lexicon first_parts_;
  std::vector<Word> words_;
  Lexicon context_;
  double alone_{}, beside_word_{}, beside_sign_{}, beside_signs_{}, excused_{};
};

}  // namespace linli::understanding
