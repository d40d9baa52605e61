// How one message gets out: the rules as pure functions. The cheapest allowed way wins; the last slots of a
// window are kept for what is urgent; what cannot go now waits or fails visibly, never silently.
#pragma once

#include "bot/base/clock.hpp"
#include "bot/community/quiet_hours.hpp"
#include "bot/store/delivery_ledger.hpp"
#include "bot/store/person_ledger.hpp"

namespace linli::outbox {

/// What the platform grants after which act of the person (platform documents 3.2), and our own limits.
struct Limits {
  int after_message = 5;
  Seconds after_message_for{48 * 3600};
  int after_click = 3;  // menu click, follow, scan
  Seconds after_click_for{60};
  int kept_for_urgent = 1;  // of the window's slots
  int most_attempts = 8;
  Seconds first_backoff{5};
  Seconds longest_backoff{15 * 60};
  Seconds lease{60};
  Seconds same_key{9 * 60};  // the platform knows a client_msg_id for 10 minutes
  Seconds margin{5};         // a window so near its end may be shut before the call arrives
  community::QuietHours quiet = {};
  Seconds awake_for{10 * 60};  // whoever wrote so lately is awake: what answers them does not wait
};

enum class Way {
  custom,  // a customer-service message inside the window
  template_message,
  wait,    // until the person writes and opens a window
  hold,    // until the quiet hours end
  expire,  // its time has passed
  fail,    // the person does not follow the account
};

Way plan(const store::Delivery& delivery, const store::Contact& contact, const Limits& limits, Time now);

/// The window after the person did something: a grant never shortens what is still open.
enum class Act { message, click };
store::Window granted(const store::Window& before, Act act, const Limits& limits, Time now);

/// The wait before attempt number `attempts` + 1: doubling, with up to a quarter more so that many do not
/// return at the same moment. `chance` is any number.
Seconds backoff(int attempts, const Limits& limits, std::uint64_t chance);

}  // namespace linli::outbox
