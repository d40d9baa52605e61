// 考核 and 问责: what became of what somebody owed, and what may be held against them. Pure: histories in,
// items out; the assessment topic makes the items of a week once it is over, shows them to the person first,
// and later to superiors.
//
// Only outcomes count, each a task or a shift; how much somebody wrote, clicked, reported or was online is
// not looked at.
//
// Nobody is marked at fault unless delivery is proved. Proof is
//   - the platform's own report that the message about this task has reached the phone, alone in its message;
//   or
//   - an act of the person on this very task or shift: they accepted, finished, confirmed or checked in.
// No proof is: that the platform accepted the message; that it was one of several in a bundle, of which only
// the number was shown; or that the person wrote about something else afterwards, which shows that they use
// the phone and not that they have seen this. The time to answer runs from the proof, so that a message that
// came late blames nobody.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/duty_hours.hpp"
#include "bot/community/policy.hpp"
#include "bot/community/quiet_hours.hpp"
#include "bot/community/task.hpp"

namespace linli::community {

enum class Outcome {
  duty,      // shifts stood on time
  response,  // what was asked of them was acknowledged in time
  solved,    // help and the like solved before it was late
  honest,    // what they reported done was confirmed, not reopened
  asked,     // households asked after
  answers,   // suggestions, stories and questions answered in time
};
inline constexpr std::size_t outcomes = 6;

std::string_view name(Outcome outcome);
std::string_view title(Outcome outcome);
std::optional<Outcome> outcome(std::string_view name);

enum class Standing {
  good,
  fault,        // proved, and not excused
  excused,      // ill, on leave, or with a reason
  undelivered,  // nothing proves that they knew of it
  handed_over,  // given back, passed on, or taken over by somebody else
  removed,      // was a fault until an objection was upheld
};
inline constexpr std::size_t standings = 6;

std::string_view name(Standing standing);
std::optional<Standing> standing(std::string_view name);

struct AssessedItem {
  PersonId person;
  AreaId area;
  Outcome outcome{};
  Standing standing{};
  TaskId task = {};
  ShiftId shift = {};
  Time at{};
  std::string what = {};   // late, missing, unanswered, overdue, reopened; empty for what is good
  std::string proof = {};  // of a fault: "report" or "act"
  std::optional<Time> proved_at = {};
};

/// A task's history, and what the platform reported of messages about it.
struct TaskStory {
  TaskId task;
  TaskKind kind{};
  Urgency urgency{};
  AreaId area;
  struct Event {
    Time at{};
    PersonId actor;
    std::string what;
    PersonId person;
  };
  std::vector<Event> events;  // in order
  struct Report {
    PersonId person;
    Time at{};
  };
  std::vector<Report> reports;  // in order
};

struct StoodShift {
  ShiftId shift;
  PersonId person;
  AreaId area;
  Time starts_at{}, ends_at{};
  std::string outcome;  // stood, late, missing, excused, declined; empty: not known
  std::optional<Time> confirmed_at;
};

struct AssessmentFacts {
  Time from{}, until{};
  std::vector<TaskStory> stories;
  std::vector<StoodShift> shifts;
  std::map<PersonId, std::vector<Span>> absences;
};

/// config/assessment.toml.
struct AssessmentRules {
  static Result<AssessmentRules> read(const std::filesystem::path& file);

  std::array<int, outcomes> weight{};
  std::map<TaskKind, Outcome> kinds;  // those not named count as solved
  int tell_minute = 8 * 60 + 30;      // of Monday
  Seconds seen_first{3 * 24 * 3600};  // a person sees a fault so long before superiors do
  Seconds object_within{14 * 24 * 3600};

  Outcome of(TaskKind kind) const;
};

/// What became known in [from, until), in the order of tasks and shifts.
std::vector<AssessedItem> assess(const AssessmentFacts& facts, const AssessmentRules& rules,
                                 const Policies& policies, const QuietHours& quiet);

/// How many of what, by outcome and standing.
using Tally = std::array<std::array<int, standings>, outcomes>;

/// 0 to 100: for each outcome the share of good among good and fault, weighed; outcomes without either do not
/// weigh. Nothing if there is nothing to judge by.
std::optional<int> score(const Tally& tally, const AssessmentRules& rules);

}  // namespace linli::community
