// How much we ask of people: what was said to a person outside the reply to their own words, by local day.
// Turn writes it whenever it tells somebody something (the one place where that happens) and asks it before
// it says what is not necessary; the suggestion topic shows people their own, the bulletin sums it over
// areas.
#pragma once

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Burden {
  int messages{};   // said of our own accord, urgent ones too
  int questions{};  // of these, those that want an answer
  int prompts{};  // of these, those that are neither urgent nor the person's own matter: the cap counts them
  int held{};     // not said, because the week's cap was reached
};

/// The same over everybody who lives in an area (or, with no home known, serves there).
struct AreaBurden {
  Burden all;
  int people{};         // who heard anything
  int most_messages{};  // of one person
  int most_prompts{};
};

class BurdenLedger {
 public:
  explicit BurdenLedger(Database& db);

  /// `day`: the first moment of the local day.
  void said(PersonId person, Time day, bool question, bool prompt);
  void held(PersonId person, Time day);
  /// In the days that begin in [from, until).
  Burden of(PersonId person, Time from, Time until);
  AreaBurden of_area(AreaId area, Time from, Time until);

 private:
  Statement said_, held_, of_, area_path_, of_area_;
};

}  // namespace linli::store
