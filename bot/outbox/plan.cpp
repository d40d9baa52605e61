#include "bot/outbox/plan.hpp"

#include <algorithm>

namespace linli::outbox {

Way plan(const store::Delivery& delivery, const store::Contact& contact, const Limits& limits, Time now) {
  if (now >= delivery.expires_at) return Way::expire;
  if (!contact.followed) return Way::fail;
  bool not_urgent = delivery.urgency == community::Urgency::normal;
  if (not_urgent && limits.quiet.at(now) && now - contact.last_message_at >= limits.awake_for)
    return Way::hold;
  int kept = not_urgent ? limits.kept_for_urgent : 0;
  if (now + limits.margin < contact.window.until && contact.window.left > kept) return Way::custom;
  if (!delivery.card.empty()) return Way::template_message;
  return Way::wait;
}

store::Window granted(const store::Window& before, Act act, const Limits& limits, Time now) {
  if (act == Act::message) return {now + limits.after_message_for, limits.after_message};
  store::Window fresh{now + limits.after_click_for, limits.after_click};
  bool still_open = now < before.until && before.left > 0;
  if (!still_open) return fresh;
  return before.left >= fresh.left || before.until > fresh.until ? before : fresh;
}

Seconds backoff(int attempts, const Limits& limits, std::uint64_t chance) {
  Seconds wait = limits.first_backoff;
  for (int i = 0; i < attempts && wait < limits.longest_backoff; ++i) wait *= 2;
  wait = std::min(wait, limits.longest_backoff);
  auto quarter = static_cast<std::uint64_t>(wait.count() / 4 + 1);
  return wait + Seconds{static_cast<std::int64_t>(chance % quarter)};
}

}  // namespace linli::outbox
