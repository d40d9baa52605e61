// What the bot asks when a message is not clear enough (config/ask_back.toml), and how a wording is kept so
// that it can be learnt from. Pure values; the topic wish acts on them, the listener looks wordings up.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::community {

class AskBack {
 public:
  /// Errc::bad_config names file, line and key; an intent without a name is one.
  static Result<AskBack> read(const std::filesystem::path& file,
                              const std::vector<std::string_view>& intents);

  /// What an intent is called in the chat; empty for one that nobody is asked about.
  const std::string& name(std::string_view intent) const;
  /// The intent that normalised words name, of these (of all, if none are given); empty if they name none or
  /// several.
  std::string named(std::string_view normal, const std::vector<std::string>& among = {}) const;
  std::vector<std::string> intents() const;

  Seconds keep{60 * 86400};  // a suggestion that nobody decides
  int most = 500;            // of them

 private:
  struct Choice {
    std::string intent, name;
    std::vector<std::string> words;  // normalised
  };
  std::vector<Choice> choices_;
};

/// The words without what tells who wrote them: phone numbers, rooms, names after "我叫" and before "大爷",
/// "师傅", and `names`. Doing it again changes nothing.
std::string without_people(std::string_view text, const std::vector<std::string>& names = {});

/// Two wordings with the same key are the same words: without people, blanks and punctuation.
std::string wording_key(std::string_view text);

}  // namespace linli::community
