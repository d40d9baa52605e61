#include "bot/outbox/dispatch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bot/base/log.hpp"
#include "bot/platform/reply.hpp"  // max_reply_bytes

namespace linli::outbox {

namespace {

using platform::SendClass;
using store::Delivery;

/// The platform says the window is not what we thought.
bool window_is_shut(int errcode) { return errcode == 45015 || errcode == 45047; }

bool person_is_gone(int errcode) { return errcode == 43004 || errcode == 43019 || errcode == 50005; }

}  // namespace

Dispatch::Dispatch(store::DeliveryLedger& deliveries, store::PersonLedger& people, Random& random, Limits limits)
    : deliveries_(deliveries), people_(people), random_(random), limits_(limits) {}

void Dispatch::end(Delivery& delivery, std::string_view state, Time now) {
  delivery.state = state;
  deliveries_.save(delivery, Time{}, now);
  if (state == "accepted" || state == "delivered") return;
  log::warn("outbox.not_sent", {{"delivery", delivery.id.value}, {"state", log::Value::of(state)},
                                {"errcode", delivery.errcode}});
}

void Dispatch::again(Delivery& delivery, Seconds after, Time now) {
  delivery.state = "due";
  delivery.not_before = now + after;
  deliveries_.save(delivery, Time{}, std::nullopt);
}

Send Dispatch::make(const store::Contact& contact, std::vector<Delivery>& rows, Way way, Time now) {
  Send send{{}, 0, contact.account, contact.openid, {}, rows.front().card, {}, way};
  for (Delivery& row : rows) {
    row.epoch += 1;
    row.state = "sending";
    row.attempts += 1;
    row.via = way == Way::custom ? "custom" : "template";
    if (row.client_msg_id.empty()) row.client_msg_id = fmt::format("linli-{}", row.id.value);
    deliveries_.save(row, now + limits_.lease, std::nullopt);
    send.rows.push_back(row.id);
    if (!send.text.empty()) send.text += "\n\n";
    send.text += row.body;
  }
  send.epoch = rows.front().epoch;
  send.client_msg_id = rows.front().client_msg_id;
  if (way == Way::custom) people_.use_window(contact.id);
  return send;
}

std::vector<Send> Dispatch::claim(Time now, int limit) {
  std::vector<Send> sends;
  if (stopped_) return sends;
  for (ContactId id : deliveries_.contacts_due(now, limit)) {
    auto contact = people_.contact(id);
    auto queue = deliveries_.queue(id);
    bool busy = std::ranges::any_of(queue, [](const Delivery& d) { return d.state == "sending"; });
    if (!contact || busy) continue;
    std::erase_if(queue, [&](const Delivery& d) { return d.state != "due" || d.not_before > now; });
    // Life safety jumps the queue; everything else stays in the order of writing.
    std::ranges::stable_partition(queue, [](const Delivery& d) { return d.urgency == community::Urgency::life; });
    std::vector<Delivery> together;
    Way first_way{};
    for (Delivery& delivery : queue) {
      Way way = plan(delivery, *contact, limits_, now);
      if (way == Way::expire) { end(delivery, "expired", now); continue; }
      if (way == Way::fail) { end(delivery, "failed", now); continue; }
      if (way == Way::wait) {
        delivery.state = "waiting";
        deliveries_.save(delivery, Time{}, std::nullopt);
        continue;
      }
      if (together.empty()) {
        first_way = way;
        together.push_back(delivery);
        continue;
      }
      std::size_t bytes = delivery.body.size() + 2;
      for (const Delivery& d : together) bytes += d.body.size() + 2;
      bool few_left = static_cast<int>(queue.size()) > contact->window.left - limits_.kept_for_urgent;
      if (first_way == Way::custom && way == Way::custom && few_left && bytes <= platform::max_reply_bytes) together.push_back(delivery);
    }
    if (!together.empty()) sends.push_back(make(*contact, together, first_way, now));
  }
  return sends;
}

void Dispatch::settle(const Send& send, const platform::SendOutcome& outcome, Time now) {
  for (DeliveryId id : send.rows) {
    auto delivery = deliveries_.find(id);
    if (!delivery || delivery->state != "sending" || delivery->epoch != send.epoch) continue;
    delivery->errcode = outcome.errcode;
    switch (outcome.send_class) {
      case SendClass::accepted:
        delivery->platform_msgid = outcome.msgid;
        end(*delivery, "accepted", now);
        break;
      case SendClass::refresh_token:
      case SendClass::retry_later:
        if (delivery->attempts >= limits_.most_attempts) end(*delivery, "failed", now);
        else again(*delivery, backoff(delivery->attempts, limits_, random_.below(1u << 30)), now);
        break;
      case SendClass::stop_all:
        stopped_ = true;
        log::error("outbox.stopped", {{"errcode", outcome.errcode}});
        again(*delivery, limits_.longest_backoff, now);
        break;
      case SendClass::in_doubt: {
        bool same_key = send.way == Way::template_message && now - delivery->created_at < limits_.same_key;
        if (same_key) again(*delivery, limits_.first_backoff, now);
        else end(*delivery, "unknown", now);
        break;
      }
      case SendClass::final_refusal: {
        auto contact = people_.contact(delivery->contact);
        if (window_is_shut(outcome.errcode) && contact) {
          contact->window = {};
          people_.save(*contact, people_.dialog_of(contact->id));
          again(*delivery, Seconds{0}, now);
          break;
        }
        if (person_is_gone(outcome.errcode) && contact) people_.set_followed(contact->id, false);
        end(*delivery, "failed", now);
        break;
      }
    }
  }
}

Dispatch::Recovered Dispatch::recover(Time now) {
  Recovered recovered;
  for (Delivery& delivery : deliveries_.stale(now)) {
    bool keyed = delivery.via == "template" && now - delivery.created_at < limits_.same_key;
    if (keyed) {
      again(delivery, Seconds{0}, now);
      ++recovered.resent;
    } else {
      end(delivery, "unknown", now);
      ++recovered.unknown;
    }
  }
  return recovered;
}

void Dispatch::report(std::string_view platform_msgid, std::string_view status, Time now) {
  for (Delivery& delivery : deliveries_.of_platform_msgid(platform_msgid)) {
    if (delivery.state != "accepted") continue;
    end(delivery, status == "success" ? "delivered" : "failed", now);
  }
}

void Dispatch::window_opened(ContactId contact, Time now) {
  for (Delivery& delivery : deliveries_.queue(contact)) {
    if (delivery.state == "waiting") again(delivery, Seconds{0}, now);
  }
}

}  // namespace linli::outbox
