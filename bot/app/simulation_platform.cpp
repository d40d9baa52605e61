#include "bot/app/simulation_platform.hpp"

#include <fmt/format.h>

#include "bot/sandbox/template_rules.hpp"

namespace linli::app::simulation {

namespace {

using platform::InboundKind;
using platform::SendClass;

constexpr std::size_t largest_text = 2048;
constexpr Seconds key_known_for{10 * 60};

}  // namespace

Platform::Platform(std::string account, Counts& counts, std::uint64_t seed)
    : account_(std::move(account)),
      templates_{"notice", {"thing1", "thing2", "thing3", "thing4"}},
      counts_(counts),
      chance_(seed) {}

void Platform::acted(const std::string& openid, InboundKind kind, Time now) {
  Phone& phone = phones_[openid];
  using sandbox::Trigger;
  switch (kind) {
    case InboundKind::unsubscribe:
      phone.follows = false;
      return phone.window.close();
    case InboundKind::subscribe:
      phone.follows = true;
      return phone.window.open(Trigger::follow, now);
    case InboundKind::click:
      return phone.window.open(Trigger::menu_click, now);
    case InboundKind::scan:
      return phone.window.open(Trigger::scan, now);
    default:
      return phone.window.open(Trigger::message, now);
  }
}

/// What the published rules say; 0 is yes.
int Platform::rule(const outbox::Send& send, const platform::Outgoing& message, Time now) {
  Phone& phone = phones_[send.openid];
  if (const auto* text = std::get_if<platform::CustomText>(&message.what)) {
    if (text->text.empty()) return 44004;
    if (text->text.size() > largest_text) return 45002;
    return phone.follows ? phone.window.spend(now) : 45015;
  }
  if (!phone.follows) return 43004;
  for (const auto& [key, value] : std::get<platform::TemplateMessage>(message.what).fields) {
    if (!sandbox::template_value_allowed(key, value)) return 47003;
  }
  return 0;
}

Platform::Answer Platform::moody(Time now, bool custom) {
  Answer answer;
  answer.by_mood = true;
  auto& outcome = answer.outcome;
  if (now < out_until_) {
    outcome.send_class = chance_.in(85) ? SendClass::retry_later : SendClass::in_doubt;
    return answer;
  }
  if (chance_.in(0.5)) {  // the answer is lost, or "system busy"
    outcome.send_class = SendClass::in_doubt;
    outcome.errcode = chance_.in(50) ? -1 : 0;
    answer.arrived = chance_.in(50);
    return answer;
  }
  if (chance_.in(0.4)) {
    counts_.add("sends.token_expired");
    if (chance_.in(30)) {  // a fresh one was refused too
      outcome.send_class = SendClass::retry_later;
      outcome.errcode = 40001;
      return answer;
    }
  }
  if (custom && chance_.in(0.4)) {
    outcome.send_class = SendClass::final_refusal;
    outcome.errcode = chance_.in(50) ? 45015 : 45047;
    return answer;
  }
  answer.by_mood = false;
  return answer;
}

Platform::Answer Platform::send(const outbox::Send& send, Time now) {
  bool custom = send.way == outbox::Way::custom;
  Answer answer = moody(now, custom);
  if (answer.by_mood && !answer.arrived) return answer;
  int errcode = rule(send, outbox::outgoing(send, templates_), now);
  if (errcode != 0) {
    answer.arrived = false;
    if (answer.by_mood) return answer;  // refused, and the refusal was lost
    answer = {};
    answer.outcome.send_class = platform::classify(errcode);
    answer.outcome.errcode = errcode;
    return answer;
  }
  answer.arrived = true;
  if (!custom) {
    auto [seen, first] = keys_.try_emplace(send.client_msg_id);
    answer.repeated = !first && now - seen->second.at < key_known_for;
    if (!answer.repeated) seen->second = {fmt::format("{}", ++msgids_), now};
    if (!answer.by_mood) answer.outcome.msgid = seen->second.msgid;
  }
  if (!answer.by_mood) answer.outcome.send_class = SendClass::accepted;
  return answer;
}

}  // namespace linli::app::simulation
