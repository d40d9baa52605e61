// The word lists of config/words: commands, life safety, help categories, check-in, rumour cues. All matching is on
// normalised text.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"

namespace linli::dialog {

/// A phrase, or parts ("胸口+疼") that all occur in this order within a dozen characters.
struct Phrase {
  std::vector<std::string> parts;
  bool in(std::string_view normal) const;
};

struct LifeSafetyGroup {
  std::string id;                     // medical, fire ...
  std::vector<std::string> numbers;   // 120 ...
  std::vector<Phrase> phrases;
  std::vector<std::string> exclude;   // taken out of the text before matching
};

struct HelpCategory {
  std::string id;        // medicine, food, illness ...
  std::string name;      // 药品 ...
  bool high{};
  std::vector<Phrase> phrases;
};

/// "完成 12 已送到": id "done", number 12, rest "已送到".
struct Command {
  std::string id;
  std::optional<std::int64_t> number;
  std::string rest;       // what follows the word and the number
  bool exact{};           // nothing but the command's word
};

class Words {
 public:
  static Result<Words> read(const std::filesystem::path& folder);

  const LifeSafetyGroup* life_safety(std::string_view normal) const;
  const HelpCategory* help_category(std::string_view normal) const;
  const HelpCategory* category_named(std::string_view id) const;
  /// The command that the text begins with: its word alone, or followed by a blank, a digit or punctuation.
  std::optional<Command> command(std::string_view normal) const;
  /// Does any word of this list occur? Lists: asking, status, not_received, received, complaint (help.toml);
  /// start, all_fine, elsewhere (checkin.toml); cue (rumour.toml).
  bool mentions(std::string_view list, std::string_view normal) const;
  /// Is the whole text (but for particles and punctuation) one word of this list?
  bool is(std::string_view list, std::string_view normal) const;
  /// Canonical names of the symptoms, and of the relations (妈妈 for 我妈), that occur.
  std::vector<std::string> symptoms(std::string_view normal) const;
  std::vector<std::string> relations(std::string_view normal) const;

 private:
  Result<void> read_life_safety(const std::filesystem::path& file);
  Result<void> read_help(const std::filesystem::path& file);
  Result<void> read_commands(const std::filesystem::path& file);
  Result<void> read_lists(const std::filesystem::path& file);

  std::vector<LifeSafetyGroup> life_safety_;
  std::vector<HelpCategory> help_;
  std::vector<std::pair<std::string, std::string>> commands_;          // word, id; longest word first
  std::map<std::string, std::vector<Phrase>, std::less<>> lists_;
  std::vector<std::pair<std::string, std::string>> symptoms_;          // word, canonical
  std::vector<std::pair<std::string, std::string>> relations_;
};

}  // namespace linli::dialog
