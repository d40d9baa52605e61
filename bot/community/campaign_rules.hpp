// What campaigns there are: config/campaign.toml for all of them, and a file each in the folder that it names
// (config/campaigns): what they are called, at which emergency levels they may be held, what is asked and how
// long an answer stays valid. Read once at start.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/task.hpp"

namespace linli::community {

struct CampaignQuestion {
  enum class Kind { choice, number, words };
  enum class From { nobody, members, checkin };  // where else an answer may be known from

  std::string id;   // the same question in two campaigns has the same id, and its answers serve both
  std::string ask;  // "家里现在住几口人？"
  Kind kind{};
  std::vector<std::string> choices;
  std::string unit;  // of a number: "口人"; staff may write it in a line: "501完成 3口人"
  int least = 0, most = 100;
  Seconds valid{};
  From from{};
  std::string fine;     // of `checkin`: the choice that a household all well has made
  bool health = false;  // health data: only with the person's consent
  // Choices that somebody must hear of at once, and as what kind of task.
  std::vector<std::string> report_when;
  TaskKind report_to = TaskKind::help;
};

struct CampaignKind {
  std::string id;                   // the file's stem: "screening"
  std::string name;                 // "排查"
  std::vector<std::string> words;   // by which it is called
  std::string done;                 // what "done" is called: "完成", "已发放"
  std::vector<std::string> levels;  // emergency levels at which it may be opened; empty: always
  bool ask_residents = false;
  std::string invitation;  // what residents hear first
  std::vector<CampaignQuestion> questions;
};

/// A kind of households that a campaign may be limited to.
struct CampaignAudience {
  std::string id;
  std::string name;  // "独居"
  std::vector<std::string> words;
  std::string of;  // lives_alone, conditions, born
  int age = 0;     // of `born`
};

class CampaignRules {
 public:
  /// Errc::bad_config names file, line and key.
  static Result<CampaignRules> read(const std::filesystem::path& file);

  const std::vector<CampaignKind>& kinds() const { return kinds_; }
  const CampaignKind* of(std::string_view id) const;
  /// The kind that the words name, the longest word first; none if they name none.
  const CampaignKind* named(std::string_view normal) const;
  const CampaignAudience* audience(std::string_view id) const;
  const CampaignAudience* audience_named(std::string_view normal) const;

  int roll_up_minute = 18 * 60;                              // of the local day
  int ask_from_minute = 9 * 60, ask_until_minute = 20 * 60;  // residents are asked in between
  Seconds ask_every{600};                                    // a batch
  int ask_batch = 200;                                       // households looked at in a batch

 private:
  std::vector<CampaignKind> kinds_;
  std::vector<CampaignAudience> audiences_;
};

/// What an answer says, as it is kept: the choice's own words, the number. Nothing if it is no answer.
std::optional<std::string> read_campaign_answer(const CampaignQuestion& question, std::string_view normal);
/// Answers that a line of staff holds: "501完成 3口人 没有外出". By question id.
std::map<std::string, std::string> answers_in_line(const CampaignKind& kind, std::string_view words);

}  // namespace linli::community
