#include "bot/pipeline/pipeline.hpp"

#include <algorithm>

#include "bot/base/log.hpp"
#include "bot/base/text.hpp"
#include "bot/platform/reply.hpp"

namespace linli::pipeline {

namespace {

using platform::Inbound;
using platform::InboundKind;

/// The unique key was there: not a failure, the stored reply answers.
struct Duplicate {};

constexpr dialog::TextId apology{"fallback.apology"};
constexpr Seconds reply_keeps{24 * 3600};
// Messages after the passive reply wait a moment, so that the phone shows them in the order they were
// written.
constexpr Seconds after_reply{1};

dialog::Message to_message(const Incoming& incoming, community::Datum held) {
  const Inbound& in = incoming.inbound;
  using dialog::MessageKind;
  dialog::Message message;
  switch (in.kind) {
    case InboundKind::text:
      message.kind = MessageKind::text;
      break;
    case InboundKind::image:
      message.kind = MessageKind::image;
      break;
    case InboundKind::voice:
      message.kind = MessageKind::voice;
      break;
    case InboundKind::video:
      message.kind = MessageKind::video;
      break;
    case InboundKind::location:
      message.kind = MessageKind::location;
      break;
    case InboundKind::link:
      message.kind = MessageKind::link;
      break;
    case InboundKind::file:
      message.kind = MessageKind::file;
      break;
    case InboundKind::subscribe:
      message.kind = MessageKind::follow;
      break;
    case InboundKind::unsubscribe:
      message.kind = MessageKind::unfollow;
      break;
    case InboundKind::scan:
      message.kind = MessageKind::scan;
      break;
    case InboundKind::click:
      message.kind = MessageKind::click;
      break;
    default:
      message.kind = MessageKind::other;
      break;
  }
  if (in.kind == InboundKind::text) {
    message.text = in.text;
    message.normal = normalise(in.text);
  }
  message.key = in.event_key;
  message.title = in.title;
  message.description = in.description;
  message.url = in.url;
  message.media_id = in.media_id;
  auto place = community::from_platform({in.latitude, in.longitude}, held);
  message.lat = place.lat;
  message.lon = place.lon;
  message.heard = incoming.heard;
  return message;
}

/// Unique over all accounts.
std::string key_of(const Inbound& in) {
  return in.account + "/" + in.dedupe_key;
}

/// Pushes that nobody said: acknowledged and counted, no turn.
bool is_plain_event(InboundKind kind) {
  return kind == InboundKind::location_report || kind == InboundKind::view ||
         kind == InboundKind::template_result || kind == InboundKind::other_event;
}

/// When the person did it: the platform's windows run from then, also when its callback came on the third
/// try, or our clock has jumped meanwhile. A time that cannot be is not believed.
Time said_at(const Inbound& in, Time now) {
  constexpr Seconds longest_way{24 * 3600};
  return in.created <= now && in.created > now - longest_way ? in.created : now;
}

void open_window(store::Contact& contact, const Inbound& in, const outbox::Limits& limits, Time now) {
  InboundKind kind = in.kind;
  if (kind == InboundKind::unsubscribe) {
    contact.followed = false;
    contact.window = {};
    return;
  }
  // What was granted before they left is gone, also if their leaving never came through.
  if (!contact.followed || kind == InboundKind::subscribe) contact.window = {};
  contact.followed = true;
  bool click = kind == InboundKind::click || kind == InboundKind::subscribe || kind == InboundKind::scan;
  contact.window = outbox::granted(contact.window, click ? outbox::Act::click : outbox::Act::message, limits,
                                   said_at(in, now));
  contact.last_message_at = now;
}

}  // namespace

Pipeline::Pipeline(Parts parts)
    : p_(parts),
      next_act_(parts.first_act),
      turns_(p_.metrics.counter("linli_turns_total", "Messages answered")),
      duplicates_(p_.metrics.counter("linli_duplicates_total",
                                     "Callbacks seen before, answered with the stored reply")),
      failures_(p_.metrics.counter("linli_turn_failures_total", "Turns whose handler threw")),
      due_turns_(p_.metrics.counter("linli_due_turns_total", "Things that fell due and were acted on")),
      batches_(p_.metrics.counter("linli_commits_total", "Batches committed")) {}

std::vector<Outcome> Pipeline::process(std::span<const Incoming> batch) {
  std::vector<Outcome> outcomes;
  outcomes.reserve(batch.size());
  p_.db.begin();
  try {
    for (const Incoming& incoming : batch) outcomes.push_back(run_turn(incoming));
    commit();
  } catch (...) {
    p_.db.rollback();
    outcomes.clear();
    p_.db.begin();
    try {
      for (const Incoming& incoming : batch) outcomes.push_back(run_alone(incoming));
      commit();
    } catch (...) {
      p_.db.rollback();
      throw;
    }
  }
  batches_.Increment();
  for (const Outcome& outcome : outcomes) {
    (outcome.duplicate ? duplicates_ : outcome.failed ? failures_ : turns_).Increment();
  }
  p_.db.checkpoint_if_due();
  return outcomes;
}

/// What was sent after the person wrote and before we heard of it is gone from the new window.
void Pipeline::heard(store::Contact& contact, const Inbound& in, Time now) {
  open_window(contact, in, p_.dispatch.limits(), now);
  Time said = said_at(in, now);
  constexpr Seconds at_once{2};
  if (now - said < at_once) return;
  contact.window.left = std::max(contact.window.left - p_.people.spent_since(contact.id, said), 0);
}

Outcome Pipeline::run_turn(const Incoming& incoming) {
  const Inbound& in = incoming.inbound;
  Time now = p_.clock.now();
  Outcome outcome;
  if (is_plain_event(in.kind)) {
    run_plain_event(incoming, outcome);
    return outcome;
  }
  store::Admitted who = p_.people.admit(in.account, in.openid, now);
  bool window_was_shut = now >= who.contact.window.until;
  heard(who.contact, in, now);
  dialog::Turn turn(p_.around, std::move(who), to_message(incoming, p_.map_datum), now, next_act_++);
  p_.router.answer(turn);
  outcome.contact = turn.contact().id;
  outcome.person = turn.sender();
  keep_reply(incoming, turn, outcome);
  if (window_was_shut) p_.dispatch.window_opened(outcome.contact, now);
  const dialog::Dialog& dialog = turn.dialog();
  bool idle = !dialog.active() && dialog.suspended.empty();
  p_.people.save(turn.contact(), idle ? std::string() : to_json(dialog));
  bool fresh = p_.inbox.put({key_of(in), outcome.contact, now, std::string(platform::name(in.kind)),
                             incoming.body, outcome.reply, "done"});
  if (!fresh) throw Duplicate{};
  return outcome;
}

void Pipeline::run_plain_event(const Incoming& incoming, Outcome& outcome) {
  const Inbound& in = incoming.inbound;
  Time now = p_.clock.now();
  outcome.reply = platform::plain_success;
  bool fresh =
      p_.inbox.put({key_of(in), {}, now, std::string(platform::name(in.kind)), {}, outcome.reply, "done"});
  if (!fresh) throw Duplicate{};
  if (in.kind == InboundKind::template_result) p_.dispatch.report(in.msg_id, in.status, now);
}

/// The first message is the passive reply, cut where the platform cuts; everything after it goes by the
/// outbox.
void Pipeline::keep_reply(const Incoming& incoming, dialog::Turn& turn, Outcome& outcome) {
  outcome.said = turn.said();
  std::vector<std::string> parts;
  for (const dialog::Said& message : turn.said()) {
    for (auto& part : split_for_sending(message.text)) parts.push_back(std::move(part));
  }
  bool can_reply = !parts.empty() && incoming.inbound.kind != InboundKind::unsubscribe;
  outcome.reply =
      can_reply ? incoming.seal_reply(parts.front(), turn.now()) : std::string(platform::plain_success);
  if (!can_reply) return;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    store::Delivery delivery;
    delivery.contact = turn.contact().id;
    delivery.person = turn.sender();
    delivery.text_id = "reply";
    delivery.body = parts[i];
    delivery.urgency = community::Urgency::high;  // an answer that somebody waits for may use the last slots
    delivery.state = "due";
    delivery.created_at = turn.now();
    delivery.not_before = turn.now() + after_reply;
    delivery.expires_at = turn.now() + reply_keeps;
    p_.deliveries.add(delivery);
  }
}

Outcome Pipeline::run_alone(const Incoming& incoming) {
  p_.db.savepoint();
  bool threw = false;
  try {
    Outcome outcome = run_turn(incoming);
    p_.db.release_savepoint();
    return outcome;
  } catch (const Duplicate&) {
  } catch (const std::exception&) {
    if (!p_.db.in_transaction()) throw;  // a full disk ended it: nothing of this batch may be answered
    threw = true;
  }
  p_.db.rollback_to_savepoint();
  p_.db.release_savepoint();
  auto stored = p_.inbox.reply_of(key_of(incoming.inbound));
  if (!stored && threw) return keep_failed(incoming);
  Outcome outcome;
  outcome.duplicate = true;
  outcome.reply = stored.value_or(std::string(platform::plain_success));
  return outcome;
}

/// The message is kept, the person hears that something went wrong and how to reach a human, and it is
/// counted.
Outcome Pipeline::keep_failed(const Incoming& incoming) {
  const Inbound& in = incoming.inbound;
  Time now = p_.clock.now();
  Outcome outcome;
  outcome.failed = true;
  store::Admitted who = p_.people.admit(in.account, in.openid, now);
  heard(who.contact, in, now);
  outcome.contact = who.contact.id;
  outcome.person = who.person.id;
  std::string text = p_.around.texts.render(apology.id, {}).body;
  outcome.said = {{text, {{std::string(apology.id), 0, text.size()}}}};
  outcome.reply = in.kind == InboundKind::unsubscribe ? std::string(platform::plain_success)
                                                      : incoming.seal_reply(text, now);
  p_.people.save(who.contact, {});
  p_.inbox.put({key_of(in), outcome.contact, now, std::string(platform::name(in.kind)), incoming.body,
                outcome.reply, "failed"});
  p_.around.dues.set({"failed:" + key_of(in), now, "human", outcome.person.value, "failed"});
  log::error("turn.failed",
             {{"contact", outcome.contact.value}, {"kind", log::Value::of(platform::name(in.kind))}});
  return outcome;
}

int Pipeline::process_due() {
  Time now = p_.clock.now();
  auto rows = p_.agenda.due(now);
  if (rows.empty()) return 0;
  // As with messages: a savepoint a turn copies every page it touches, so only when one has thrown.
  try {
    in_transaction([&] {
      for (const auto& row : rows) run_due(row);
    });
  } catch (const std::exception&) {
    in_transaction([&] {
      for (const auto& row : rows) run_due_alone(row);
    });
  }
  due_turns_.Increment(static_cast<double>(rows.size()));
  p_.db.checkpoint_if_due();
  return static_cast<int>(rows.size());
}

void Pipeline::run_due(const store::Due& due) {
  if (!p_.agenda.take(due)) return;
  dialog::Turn turn(p_.around, p_.clock.now(), next_act_++);
  p_.router.due(turn, due);
}

void Pipeline::run_due_alone(const store::Due& due) {
  p_.db.savepoint();
  try {
    run_due(due);
    p_.db.release_savepoint();
  } catch (const std::exception&) {
    if (!p_.db.in_transaction()) throw;
    p_.db.rollback_to_savepoint();
    p_.db.release_savepoint();
    p_.agenda.postpone(due, p_.clock.now());
    failures_.Increment();
    log::error("due.failed", {{"ref", due.ref}});
  }
}

void Pipeline::commit() {
  p_.db.commit();
  if (committed_) committed_();
}

void Pipeline::in_transaction(const std::function<void()>& work) {
  p_.db.begin();
  try {
    work();
    commit();
  } catch (...) {
    p_.db.rollback();
    throw;
  }
}

void Pipeline::say_by_outbox(const std::string& key, const Outcome& outcome) {
  if (!outcome.contact || outcome.said.empty()) return;
  in_transaction([&] {
    Time now = p_.clock.now();
    store::Delivery delivery;
    delivery.contact = outcome.contact;
    delivery.person = outcome.person;
    delivery.text_id = "reply";
    delivery.body = outcome.said.front().text;
    delivery.urgency = community::Urgency::high;
    delivery.dedupe = "reply:" + key;
    delivery.state = "due";
    delivery.created_at = now;
    delivery.not_before = now;
    delivery.expires_at = now + reply_keeps;
    p_.deliveries.add(delivery);
  });
}

}  // namespace linli::pipeline
