// What has asked a person for a digit outside a dialog: an offered ticket ("12"), "收到了吗？1 收到了 2
// 没有", a shift to confirm. A bare digit counts only if exactly one row accepts it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Ask {
  PersonId person;
  std::string topic;    // whose handler gets the answer
  std::int64_t ref{};   // a task, a shift ...
  std::string accepts;  // space-separated: "12" or "1 2"
  std::string hint;     // how the person may say it in words when digits are in doubt: "接 12"
  Time asked_at{};
  Time expires_at{};
};

class AskLedger {
 public:
  explicit AskLedger(Database& db);

  void put(const Ask& ask);
  void drop(PersonId person, std::string_view topic, std::int64_t ref);
  /// Nobody is asked about it any more (the ticket was taken, the request closed).
  void drop_all(std::string_view topic, std::int64_t ref);
  /// Not expired, the newest first.
  std::vector<Ask> open(PersonId person, Time now);

 private:
  Statement put_, drop_, drop_all_, open_;
};

}  // namespace linli::store
