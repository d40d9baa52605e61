// Everything that falls due, one row each: reminders, escalations, closings, digests, dialog expiry, shift
// reminders. The key names the slot ("task:12", "round:checkin_digest:2026-03-02T12:00"), so that neither a
// restart nor a jump of the clock makes it happen twice; the row leaves in the commit that acted on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Due {
  std::string key;
  Time at{};
  std::string topic;   // whose handler's due() is called; "task" goes to the task desk
  std::int64_t ref{};  // a task, shift, person ...; the topic knows
  std::string data;
};

class DueLedger {
 public:
  explicit DueLedger(Database& db);

  /// Sets or moves the row of that key.
  void set(const Due& due);
  /// Only if there is no row of that key yet.
  void set_once(const Due& due);
  void drop(std::string_view key);
  /// At most `limit` rows due at `now`, the oldest first.
  std::vector<Due> due(Time now, int limit);
  /// True if the row was there: the caller is the one who acts on it.
  bool take(const Due& due);
  /// All of a topic, due or not, in no order; looks at every row.
  std::vector<Due> of_topic(std::string_view topic);
  /// When the next row falls due.
  std::optional<Time> next();

 private:
  Statement set_, set_once_, drop_, due_, take_, next_, of_topic_;
};

}  // namespace linli::store
