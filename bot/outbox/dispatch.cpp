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
bool window_is_shut(int errcode) {
  return errcode == 45015 || errcode == 45047;
}

constexpr dialog::TextId digest_text{"outbox.digest"};
constexpr std::size_t most_cards = 3;  // template messages to one person at once
constexpr int most_looked_at = 40;     // rows of one contact at once: more than a window can carry
constexpr Seconds digest_keeps{6 * 3600};

/// A card that may or may not have been taken: only the same card under the same key may repeat it.
bool in_doubt(const Delivery& delivery) {
  return delivery.via == "template";
}

bool person_is_gone(int errcode) {
  return errcode == 43004 || errcode == 43019 || errcode == 50005;
}

}  // namespace

Dispatch::Dispatch(store::DeliveryLedger& deliveries, store::PersonLedger& people, store::DueLedger& dues,
                   const dialog::Texts& texts, Random& random, Limits limits)
    : deliveries_(deliveries),
      people_(people),
      dues_(dues),
      texts_(texts),
      random_(random),
      limits_(limits) {}

std::vector<dialog::TextId> Dispatch::texts() {
  return {digest_text};
}

void Dispatch::lost(const store::Contact& contact, Time now) {
  people_.set_followed(contact.id, false);
  dues_.set({fmt::format("lost:{}", contact.person.value), now, "my_data", contact.person.value, "lost"});
}

void Dispatch::wait(Delivery& delivery) {
  delivery.state = "waiting";
  deliveries_.save(delivery, Time{}, std::nullopt);
}

void Dispatch::end(Delivery& delivery, std::string_view state, Time now) {
  delivery.state = state;
  deliveries_.save(delivery, Time{}, now);
  if (state == "accepted" || state == "delivered") return;
  log::warn(
      "outbox.not_sent",
      {{"delivery", delivery.id.value}, {"state", log::Value::of(state)}, {"errcode", delivery.errcode}});
}

/// Due again; `surely_not_sent`: by whatever way is open then.
void Dispatch::again(Delivery& delivery, Seconds after, Time now, bool surely_not_sent) {
  delivery.state = "due";
  if (surely_not_sent) delivery.via.clear();
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
  if (way == Way::custom) people_.use_window(contact.id, now);
  return send;
}

/// What is due to a contact and can go now; what has expired, failed or must wait says so in its row.
std::vector<Delivery> Dispatch::sendable(const store::Contact& contact, Time now) {
  std::vector<Delivery> can_go;
  if (deliveries_.sending(contact.id)) return can_go;
  for (Delivery& delivery : deliveries_.queue(contact.id, now, most_looked_at)) {
    if (in_doubt(delivery) && now - delivery.created_at >= limits_.same_key) {
      end(delivery, "unknown", now);
      continue;
    }
    switch (plan(delivery, contact, limits_, now)) {
      case Way::expire:
        end(delivery, "expired", now);
        break;
      case Way::fail:
        end(delivery, "failed", now);
        break;
      case Way::wait:
        wait(delivery);
        break;
      case Way::hold:
        again(delivery, std::chrono::duration_cast<Seconds>(limits_.quiet.end(now) - now), now,
              !in_doubt(delivery));
        break;
      default:
        can_go.push_back(std::move(delivery));
    }
  }
  return can_go;
}

/// Too many cards at once: they wait for the person's next word, and one card says so.
void Dispatch::digest(const store::Contact& contact, Time now) {
  auto count = deliveries_.wait_all(contact.id);
  auto text = texts_.render(digest_text.id, {{"count", std::to_string(count)}});
  Delivery card;
  card.contact = contact.id;
  card.person = contact.person;
  card.text_id = digest_text.id;
  card.body = text.body;
  card.card = text.card;
  card.urgency = community::Urgency::high;
  card.state = "due";
  card.created_at = card.not_before = now;
  card.expires_at = now + digest_keeps;
  deliveries_.add(card);
}

std::vector<Send> Dispatch::claim(Time now, int limit) {
  std::vector<Send> sends;
  if (stopped_) return sends;
  auto contacts = deliveries_.contacts_due(cursor_, now, limit);
  if (contacts.empty() && cursor_) contacts = deliveries_.contacts_due({}, now, limit);
  cursor_ = static_cast<int>(contacts.size()) == limit ? contacts.back() : ContactId{};
  for (ContactId id : contacts) {
    auto contact = people_.contact(id);
    if (!contact) continue;
    auto queue = sendable(*contact, now);
    if (queue.empty()) continue;
    Way way = in_doubt(queue.front()) ? Way::template_message : plan(queue.front(), *contact, limits_, now);
    bool life = queue.front().urgency == community::Urgency::life;
    if (way == Way::template_message && !life && queue.size() > most_cards) {
      digest(*contact, now);
      queue = sendable(*contact, now);
      if (queue.empty()) continue;
      way = in_doubt(queue.front()) ? Way::template_message : plan(queue.front(), *contact, limits_, now);
    }
    std::vector<Delivery> together{queue.front()};
    std::size_t bytes = queue.front().body.size();
    bool few_left = static_cast<int>(queue.size()) > contact->window.left - limits_.kept_for_urgent;
    for (std::size_t i = 1; i < queue.size() && way == Way::custom && few_left; ++i) {
      if (in_doubt(queue[i])) continue;
      bytes += queue[i].body.size() + 2;
      if (bytes > platform::max_reply_bytes) break;
      together.push_back(queue[i]);
    }
    sends.push_back(make(*contact, together, way, now));
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
        if (delivery->attempts >= limits_.most_attempts)
          end(*delivery, "failed", now);
        else
          again(*delivery, backoff(delivery->attempts, limits_, random_.below(1u << 30)), now);
        break;
      case SendClass::stop_all:
        stopped_ = true;
        log::error("outbox.stopped", {{"errcode", outcome.errcode}});
        again(*delivery, limits_.longest_backoff, now);
        break;
      case SendClass::in_doubt: {
        bool same_key = send.way == Way::template_message && now - delivery->created_at < limits_.same_key;
        if (same_key)
          again(*delivery, limits_.first_backoff, now, false);
        else
          end(*delivery, "unknown", now);
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
        if (person_is_gone(outcome.errcode) && contact) lost(*contact, now);
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
      again(delivery, Seconds{0}, now, false);
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
  deliveries_.release_waiting(contact, now);
}

}  // namespace linli::outbox
