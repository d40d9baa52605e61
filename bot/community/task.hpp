// A task: something somebody owes by a time. Help requests, life-safety alarms, shifts to stand, rumours to
// review, people to phone back: one shape, one engine (dialog/task_desk), one history.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"

namespace linli::community {

enum class TaskKind {
  life_safety,    // an emergency: somebody must accept within minutes
  help,           // a help request to solve
  health,         // a fever or symptom reported in a check-in to follow up
  rumour_review,  // a story to verify
  human,          // somebody waits for a human (人工)
  complaint,      // about a person: never goes to the person complained about
  call_back,      // a person to phone: left the account, or cannot be reached by it
  objection,      // a household objects to what was entered for it
  shift_cover,    // a shift that nobody stands
  gap,            // an area, household or post that nobody sees to: the level above fills it
  co_help,        // a part in somebody else's task, with a deadline of its own; the owner stays responsible
  handoff,        // handed to city management or police: closed by their receipt
  care,           // a contact with somebody on the care list that was missed, or a talk to follow up
  appeal,         // somebody called late or missing says why it was not so
  screening,      // the households of an area that a campaign has not reached yet: its team owes them
  roll_up,        // the day's totals of a campaign, to be confirmed by the community's officer
  patrol_point,   // a point of a round that nobody has visited for too long
  finding,        // what a patroller found: rubbish, a vehicle, a gathering
  rectification,  // a shortcoming of an inspection 整改: done, re-inspected 复查, written off 销号
  acknowledge,    // a notice that its reader must acknowledge
  suggestion,     // to answer by a date; also a complaint about the bot itself
  question,       // asked of an officer because no guidance card or policy answered it
  score_review,   // somebody objects to what an assessment shows of them
};

inline constexpr std::size_t task_kinds = 23;

enum class TaskState {
  open,      // offered, nobody has accepted yet
  accepted,  // one person owes it
  done,      // reported done; the reporter has been asked
  closed,
};

enum class Urgency { normal, high, life };

/// How a closed task ended; "silent" (asked, no answer) is counted apart from "confirmed".
enum class CloseHow { none, confirmed, silent, withdrawn, answered, merged };

std::string_view name(TaskKind kind);
std::string_view name(TaskState state);
std::string_view name(CloseHow how);
std::optional<TaskKind> task_kind(std::string_view name);
std::optional<TaskState> task_state(std::string_view name);
CloseHow close_how(std::string_view name);
/// What the chat calls it: "紧急求助", "求助", "传言核实" ...
std::string_view title(TaskKind kind);
/// The topic that answers the reporter about it: "help_request", "rumour_report" ...
std::string_view topic_of(TaskKind kind);

struct Task {
  TaskId id;
  std::int64_t number{};  // what people quote
  TaskKind kind{};
  TaskState state{};
  Urgency urgency{};
  AreaId area;       // whose it is; none while the place is unknown
  AreaId household;  // where to go, if known
  PersonId reporter;
  PersonId owner;  // who accepted it
  int level{};     // index into the policy's levels of who is being asked
  int reminders{};
  int reopened{};
  Time opened_at{};
  std::optional<Time> offered_at, accepted_at, done_at, closed_at;
  CloseHow closed_how{};
  std::string text;                         // what was asked for, in the person's words
  std::map<std::string, std::string> data;  // the kind's own: category, place, phone, about ...
};

}  // namespace linli::community
