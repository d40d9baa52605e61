// An entry of the district's question list: what is asked, in several wordings, and what is answered, with
// its source and date. And config/questions.toml: when a message counts as one of the list, who keeps the
// list.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"
#include "bot/community/role.hpp"

namespace linli::community {

/// "a|b|c" without empty parts and blanks around.
std::vector<std::string> wordings_of(std::string_view joined);
/// What is left of a wording to compare: the same for "能出小区吗？" and "能出小区吗".
std::string question_key(std::string_view wording);

struct Question {
  QuestionId id = {};
  std::string code = {};      // unique; empty for one added in the chat: it gets its own
  std::string wordings = {};  // "a|b|c"; the first is what people are shown
  std::string answer = {};
  std::string source = {};
  std::string date = {};         // of the source, "2026-02-20"
  std::string valid_until = {};  // the last day it holds; empty: until it is changed
  AreaId area = {};              // who lives there; none: everybody
  std::string levels = {};       // "alert|emergency": at these emergency levels; empty: at any
  bool withdrawn = false;

  std::string title() const;
  /// `today` as "2026-03-02".
  bool holds(std::string_view today) const;
  bool at_level(std::string_view level) const;
};

struct QuestionRules {
  double answer = 0.9, suggest = 0.43;
  int least_letters = 4, least_offered = 3, beside = 1;
  double answer_share = 0.05, offer_share = 0.5;
  std::vector<Role> editors;
  Seconds correct_within{30 * 86400}, follow_up{7 * 86400};
  std::vector<std::int64_t> valid_days;
  int list_lines = 15;
  std::vector<std::int64_t> spread;

  /// `share`: how likely the message asks about a rule; `score`: how alike it is to the best of the list.
  bool may_answer(double share) const { return share >= answer_share; }
  bool may_offer(double score, double share) const {
    return share >= (score >= answer ? answer_share : offer_share);
  }

  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<QuestionRules> read(const std::filesystem::path& file);
};

/// The last day that somebody names: "2026-06-30", "6月30日", "30天", "三个月", "两周"; "" for "长期".
/// Nothing if it is none of these or lies before `today`.
std::optional<std::string> read_valid_until(std::string_view typed, Day today, const Zone& zone);

}  // namespace linli::community
