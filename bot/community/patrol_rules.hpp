// Patrol rounds: the rules of config/patrol.toml, the kinds of findings of config/words/patrol.toml, and how
// one message on a round is read. Pure values; the patrol topic acts on them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/word_lists.hpp"

namespace linli::community {

struct FindingKind {
  std::string id;    // rubbish ...
  std::string name;  // 垃圾
  bool urgent{};
  WordList words;
};

class PatrolRules {
 public:
  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<PatrolRules> read(const std::filesystem::path& file, const std::filesystem::path& words);

  const std::vector<FindingKind>& kinds() const { return kinds_; }
  /// The first kind that a normalised text names.
  const FindingKind* kind_in(std::string_view normal) const;
  const FindingKind* of(std::string_view id) const;
  /// Minutes of the local day at which is looked what is overdue.
  const std::vector<int>& check_minutes() const { return check_minutes_; }

  Seconds at_point_for{30 * 60};

 private:
  std::vector<FindingKind> kinds_;
  std::vector<int> check_minutes_;
};

/// What somebody on a round wrote, as far as its form tells.
struct RoundWords {
  std::vector<int> numbers;  // which of the points listed: "3正常", "1 2 3 正常", "3"
  bool fine{};               // 正常, 没事 ...
  std::string rest;          // what stands behind the numbers and is not "fine"
};
RoundWords read_round_words(std::string_view normal);

/// "4h", "90m", "2d": how often a point is visited, between ten minutes and a month; nothing for anything
/// else.
std::optional<Seconds> read_every(std::string_view cell);

}  // namespace linli::community
