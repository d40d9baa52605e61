// The imitation of the platform in the simulation: the same windows and template rules as the sandbox's,
// answered at once instead of over HTTP, and moods of its own: lost answers, refusals without reason, expired
// tokens, hours in which it cannot be reached.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "bot/app/simulation_chance.hpp"
#include "bot/app/simulation_counts.hpp"
#include "bot/outbox/courier.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/sandbox/window.hpp"

namespace linli::app::simulation {

class Platform {
 public:
  Platform(std::string account, Counts& counts, std::uint64_t seed);

  const std::string& account() const { return account_; }
  const outbox::TemplateSettings& templates() const { return templates_; }

  /// Somebody did something that opens or closes a window.
  void acted(const std::string& openid, platform::InboundKind kind, Time now);
  void out_until(Time until) { out_until_ = until; }

  struct Answer {
    platform::SendOutcome outcome;
    bool arrived = false;   // the person sees it, whatever the bot hears
    bool by_mood = false;   // refused although the rules allowed it
    bool repeated = false;  // a client_msg_id seen before: not shown again
  };
  Answer send(const outbox::Send& send, Time now);

 private:
  struct Phone {
    sandbox::SendingWindow window;
    bool follows = true;
  };
  struct Seen {
    std::string msgid;
    Time at;
  };
  int rule(const outbox::Send& send, const platform::Outgoing& message, Time now);
  Answer moody(Time now, bool custom);

  std::string account_;
  outbox::TemplateSettings templates_;
  Counts& counts_;
  Chance chance_;
  std::unordered_map<std::string, Phone> phones_;
  std::unordered_map<std::string, Seen> keys_;
  Time out_until_{};
  std::int64_t msgids_ = 0;
};

}  // namespace linli::app::simulation
