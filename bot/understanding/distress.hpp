// Is a life in danger? Judged by how much a text is like the cries of config/distress (danger.hpp), which
// weighs the words of config/words/life_safety.toml and signs.toml, unless they are denied, told of others'
// stories, past or meant as a joke (config/words/context.toml). What the list says outright needs little
// likeness, what it does not know needs more (the thresholds of context.toml): in doubt it is an alarm, a
// false one costs a phone call. What is then said is a fixed text with the group's numbers; nothing here
// writes a word.
//
// A district teaches it by examples: a cry that was not heard into config/distress/<group>.txt, an alarm that
// was none into none.txt, each as it was written, better a dozen different ones than one; a word that always
// means danger into life_safety.toml, and words of a kind into danger.toml.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/classifier.hpp"
#include "bot/understanding/danger.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

struct Alarm {
  bool alarm{};
  std::string group;    // medical, fire ...: whose numbers are told; empty if there is no alarm
  double share{};       // how much it is like a cry, 0 to 1
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

  Distress(Danger danger, Classifier which) : danger_(std::move(danger)), which_(std::move(which)) {}
  Result<void> read_words(const std::filesystem::path& file, const Reader& reader, bool signs);
  Result<void> read_context(const std::filesystem::path& file, const Reader& reader);
  struct Spoken {
    std::size_t group{};  // of the first word that holds in its context; groups_.size(): none
    Listed listed;
  };
  Spoken spoken(std::u32string_view text) const;
  double likeness(std::u32string_view text, const Spoken& said) const;

  Danger danger_;
  Classifier which_;  // of the groups, for a cry without a word of the list
  std::vector<std::string> groups_;
  std::vector<Lexicon> excluded_;  // by group
  Lexicon first_parts_;
  std::vector<Word> words_;
  Lexicon context_;
  double alone_{}, beside_word_{};
};

}  // namespace linli::understanding
