// The proof of a rota before it is published. It holds if
//   - every minute of every post's hours is covered by somebody;
//   - nobody is to be at two posts at a time, nor sooner at the next one than they can walk there;
//   - every escalation ends at a person who can be reached, also with any one person absent.
// Otherwise the smallest counterexample is found: fewest absences, then the shortest span, then the earliest.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "bot/base/ids.hpp"
#include "bot/community/distance.hpp"
#include "bot/community/duty_hours.hpp"

namespace linli::community {

/// Somebody who would be asked, and who in turn stands in for them when they are absent or cannot be reached.
struct Asked {
  PersonId person;
  std::vector<PersonId> stand_ins;
};

/// Who hears of it when nobody stands: level by level, bottom up.
struct EscalationChain {
  std::string name;  // the kind of task
  Span span;         // in which it is so: appointments change
  std::vector<std::vector<Asked>> levels;
};

struct PostToProve {
  PostId id;
  Place place;
  std::vector<Span> needed;
  std::vector<EscalationChain> chains;
  bool proved = true;  // false: known only so that nobody is sent to two places
};

struct ShiftToProve {
  std::size_t post{};  // index
  PersonId person;
  Span span;
};

struct RotaCase {
  std::vector<PostToProve> posts;
  std::vector<ShiftToProve> shifts;
  std::unordered_set<PersonId> unreachable;  // have no contact that takes a message
  double metres_a_minute = 70;
};

enum class RotaFault {
  uncovered,    // nobody stands at `post` in `span`
  two_places,   // `person` is at `post` and at `other` at once, or has only `span` to get there
  no_one_left,  // the escalation `chain` of `post` reaches nobody in `span` (if `absent` is)
};

struct Counterexample {
  int absences{};
  Span span;
  RotaFault fault{};
  PostId post, other;
  PersonId person, absent;
  std::string chain;
  bool operator==(const Counterexample&) const = default;
};

/// Which of two is smaller.
bool smaller(const Counterexample& a, const Counterexample& b);

/// Nothing: it is proved.
std::optional<Counterexample> counterexample(const RotaCase& rota);

/// From one place to another on foot, in whole seconds.
Seconds walk(Place from, Place to, double metres_a_minute);

}  // namespace linli::community
