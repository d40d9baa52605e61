// Spans at posts that people may stand: who signs up for them, who waits for a place, and who was asked to
// stand in somebody's place. ShiftLedger makes openings of what is published; a ticket's post opens its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli {
using OpeningId = Id<struct OpeningTag>;
}

namespace linli::store {

struct Opening {
  OpeningId id;
  PostId post;
  Time starts_at{}, ends_at{};
  int least{}, most{};
  int taken{};    // by people who have not declined
  int waiting{};  // for a place
};

class OpeningLedger {
 public:
  explicit OpeningLedger(Database& db);

  /// The opening of that span; made if it is new, else with the new numbers.
  OpeningId put(PostId post, Time starts_at, Time ends_at, int least, int most);
  std::optional<Opening> find(OpeningId id);
  std::optional<Opening> of_span(PostId post, Time starts_at, Time ends_at);
  /// Beginning in [from, until), by start.
  std::vector<Opening> between(Time from, Time until);
  /// No sign-up any more, and nobody waits.
  void close(PostId post, Time now);

  void wait(OpeningId opening, PersonId person, Time now);
  bool waits(OpeningId opening, PersonId person);
  /// In the order of asking.
  std::vector<PersonId> waiting(OpeningId opening);
  void stop_waiting(OpeningId opening, PersonId person);
  /// Whoever waits for something that has begun.
  void drop_past(Time now);
  std::vector<PersonId> waiting_at(PostId post);

  /// `ref`: a shift, or an opening as a negative number; `what`: cover, swap, signup.
  void ask(std::int64_t ref, PersonId person, std::string_view what, Time now);
  struct Asking {
    PersonId person;
    std::string what;
  };
  std::vector<Asking> asked(std::int64_t ref);
  void stop_asking(std::int64_t ref);
  /// Every ref of a post that somebody is asked about.
  std::vector<std::int64_t> asked_at(PostId post);

 private:
  Statement put_, find_, of_span_, between_, close_, drop_waits_of_, wait_, waits_, waiting_, stop_waiting_,
      drop_past_, waiting_at_, ask_, asked_, stop_asking_, asked_at_;
};

}  // namespace linli::store
