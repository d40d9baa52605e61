// Guidance cards 指导: short step-by-step instructions, a TOML file each in config/guidance, found by words;
// and config/guidance.toml, by which a question is known to be one. Read once at start.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/word_lists.hpp"

namespace linli::community {

struct GuidanceVersion {
  int number = 1;       // in the order of the file
  Day from;             // holds from this day on, until the next one does
  std::string changed;  // what is different, for those who know the last one
  std::vector<std::string> steps;
};

struct GuidanceCard {
  std::string id;  // the file's stem
  std::string title;
  WordList words;
  std::vector<GuidanceVersion> versions;  // rising by day, at least one
  std::string ask;                        // who knows more, as people call them: "社区指导员"

  /// The version that holds on a day; before the first one's day, the first.
  const GuidanceVersion& on(Day day) const;
};

class GuidanceCards {
 public:
  /// Errc::bad_config names file, key, what was found and what is allowed. Cards are in the order of their
  /// `order`.
  static Result<GuidanceCards> read(const std::filesystem::path& file, const std::filesystem::path& folder);

  const std::vector<GuidanceCard>& cards() const { return cards_; }
  const GuidanceCard* of(std::string_view id) const;
  /// The cards whose words occur, the one that the text names most fully first.
  std::vector<const GuidanceCard*> named(std::string_view normal) const;
  /// Does the text ask how something is done: "怎么消毒", "消毒的步骤"?
  bool asks_how(std::string_view normal) const;
  /// Does it ask about a rule: "什么时候解封", "能不能出小区"?
  bool asks_rule(std::string_view normal) const;
  /// Is it short enough to be said in one message?
  bool whole(const GuidanceVersion& version) const;

  Seconds tell_changed_within{90 * 86400};
  int whole_up_to = 3;  // steps

 private:
  std::vector<GuidanceCard> cards_;
  WordList how_, rule_, not_asking_;
};

}  // namespace linli::community
