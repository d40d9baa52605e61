// How many customer-service messages the platform still lets the account send to one person, and until when:
// 5 within 48 h of a message; 3 within a minute of a menu click, a follow or a scan. The same trigger again
// starts its allowance anew. Passive replies cost nothing.
#pragma once

#include <array>

#include "bot/base/clock.hpp"

namespace linli::sandbox {

enum class Trigger { message, menu_click, follow, scan };

class SendingWindow {
 public:
  void open(Trigger trigger, Time now);
  /// After unfollowing nothing is allowed, whatever was left.
  void close();

  /// Uses up one message. 0: sent; 45015: no window is open; 45047: open, but the allowance is used up.
  int spend(Time now);
  /// What is left over all open windows; for the page and tests.
  int left(Time now) const;

 private:
  struct Allowance {
    int left{};
    Time until{};
  };
  std::array<Allowance, 4> allowances_{};
};

}  // namespace linli::sandbox
