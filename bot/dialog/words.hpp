// The word lists of config/words: commands, help categories, check-in, rumour cues. Read once at
// start; all matching is on normalised text (base/text.hpp).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/dialog/phrases.hpp"

namespace linli {
class TomlTable;
}

namespace linli::dialog {

struct HelpCategory {
  std::string id;    // medicine, food, illness ...
  std::string name;  // 药品 ...
  bool high{};
  std::string question;  // text id asked once when the words alone say too little
};

/// "完成 12 已送到": id "done", number 12, rest "已送到".
struct Command {
  std::string id;
  std::optional<std::int64_t> number;
  std::string rest;  // what follows the word and the number
  bool exact{};      // nothing but the command's word
};

class Words {
 public:
  static Result<Words> read(const std::filesystem::path& folder);

  const HelpCategory* help_category(std::string_view normal) const;
  const HelpCategory* category(std::string_view id) const;
  /// The command that the text begins with: its word alone, or followed by a blank, a digit or punctuation.
  std::optional<Command> command(std::string_view normal) const;
  /// Does any word of this list occur? The lists are the [tables] of help.toml, checkin.toml and rumour.toml:
  /// asking, status, not_received, received, settled, not_needed, thanks, complaint, start, all_fine, denial,
  /// everyone, elsewhere, contact, cue, hearsay, chain, at_door, at_door_staff, at_door_doubt, at_door_badge.
  bool mentions(std::string_view list, std::string_view normal) const;
  /// Is the whole text, but for punctuation, one word of this list?
  bool is(std::string_view list, std::string_view normal) const;
  /// Is the text, or a piece of it between pauses, one word of this list ("家里没药了，很急")?
  bool says(std::string_view list, std::string_view normal) const;
  /// Is the whole text one word of this command ("yes", "no", "consent" ...)?
  bool is_command(std::string_view id, std::string_view normal) const;
  /// Canonical names of the symptoms that occur and are not denied ("不咳嗽"), and of the relations (母亲 for
  /// 我妈).
  std::vector<std::string> symptoms(std::string_view normal) const;
  std::vector<std::string> relations(std::string_view normal) const;

 private:
  struct List {
    Phrases phrases;
    std::vector<std::string> words;
  };
  Result<void> read_help(const std::filesystem::path& file);
  Result<void> read_checkin(const std::filesystem::path& file);
  Result<void> read_rumour(const std::filesystem::path& file);
  Result<void> read_organisation(const std::filesystem::path& file);
  Result<void> read_commands(const std::filesystem::path& file);
  Result<void> read_list(const TomlTable& file, const std::string& name);
  std::vector<std::string> canonical(const Phrases& phrases, const std::vector<std::string>& names,
                                     std::string_view normal, bool unless_denied) const;
  bool denied(std::string_view normal, std::size_t at) const;

  std::vector<HelpCategory> categories_;
  Phrases category_words_;
  struct CommandWord {
    std::string word;
    std::string id;
  };
  // By their first character; of those, the longest word first.
  std::unordered_map<std::uint32_t, std::vector<CommandWord>> commands_;
  std::map<std::string, List, std::less<>> lists_;
  Phrases symptom_words_, relation_words_;
  std::vector<std::string> symptom_names_, relation_names_;
};

}  // namespace linli::dialog
