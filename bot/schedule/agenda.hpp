// Says what falls due: the oldest rows first, a bounded number at once so that a long outage does not become
// one endless transaction. The pipeline turns each row into a turn; a row whose turn throws is put off, not
// lost.
#pragma once

#include <vector>

#include "bot/store/due_ledger.hpp"

namespace linli::schedule {

class Agenda {
 public:
  static constexpr int batch = 64;
  /// A row whose turn failed is tried again after this long.
  static constexpr Seconds put_off{10 * 60};

  explicit Agenda(store::DueLedger& dues) : dues_(dues) {}

  std::vector<store::Due> due(Time now) { return dues_.due(now, batch); }
  /// False if somebody else acted on it in the meantime (an earlier row of the same batch moved it).
  bool take(const store::Due& due) { return dues_.take(due); }
  void postpone(store::Due due, Time now);
  std::optional<Time> next() { return dues_.next(); }

 private:
  store::DueLedger& dues_;
};

}  // namespace linli::schedule
