#include "bot/app/simulation_traffic.hpp"

#include <fmt/format.h>

#include "bot/pipeline/hearing.hpp"
#include "bot/platform/reply.hpp"

namespace linli::app::simulation {

namespace {

using platform::InboundKind;
using platform::SendClass;

constexpr std::size_t largest_batch = 64;
constexpr Seconds next_try{5};
constexpr int tries = 3;
constexpr Seconds recover_every{30};
constexpr int claimed_at_once = 2000;

/// After it the bot's idea of the window is right again, whatever it did not hear of before.
bool begins_anew(InboundKind kind) {
  return kind != InboundKind::click && kind != InboundKind::scan && kind != InboundKind::unsubscribe;
}

}  // namespace

Traffic::Traffic(Scene& scene, Watch& watch, Residents& residents, Staff& staff, Volunteers& volunteers,
                 Errands& errands, Voice& voice, std::uint64_t seed)
    : scene_(scene),
      watch_(watch),
      residents_(residents),
      staff_(staff),
      volunteers_(volunteers),
      errands_(errands),
      voice_(voice),
      chance_(seed) {}

void Traffic::deliver() {
  while (!scene_.arriving().empty() && !crashed_) {
    auto& all = scene_.arriving();
    auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), largest_batch));
    Batch batch(all.begin(), end);
    all.erase(all.begin(), end);
    if (!scene_.bot().up()) {
      for (const auto& push : batch) not_answered(push);
      continue;
    }
    if (chance_.in(0.5)) {  // the platform's second try overtakes the first
      batch.push_back(batch.front());
      scene_.counts().add("chance.duplicates");
    }
    process(batch);
  }
}

void Traffic::process(const Batch& batch) {
  const std::string apology = scene_.house().texts().render("fallback.apology", {}).body;
  std::vector<pipeline::Incoming> incoming;
  for (const auto& push : batch) {
    pipeline::Incoming one;
    one.inbound = push->in;
    one.body = push->in.text;
    one.heard = pipeline::listen(scene_.bot().listener(), push->in);
    one.seal_reply = [this, push, apology](const std::string& text, Time) {
      if (push->faulty && text != apology) throw std::runtime_error("a fault on purpose");
      bool dropped = scene_.bot().breaks("answered") && push->in.dedupe_key.ends_with("7");
      return dropped ? std::string(platform::plain_success) : text;
    };
    incoming.push_back(std::move(one));
  }
  auto outcomes = scene_.house().pipeline().process(incoming);
  bool crash = std::exchange(crash_before_answer_, false);
  if (crash) {
    scene_.counts().add("chance.crashes_before_answer");
    crashed_ = true;
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& push = batch[i];
    const auto& outcome = outcomes[i];
    if (outcome.failed) scene_.counts().add("chance.turns_that_threw");
    if (push->processed) {
      watch_.duplicate(*push, outcome);
    } else {
      watch_.processed(*push, outcome);
      push->processed = true;
      push->outcome = outcome;
      if (outcome.person) scene_.people()[push->who]->id = outcome.person;
      if (begins_anew(push->in.kind)) scene_.people()[push->who]->left_unheard = false;
      if (!outcome.failed) {
        residents_.noted(outcome);
        staff_.noted(outcome);
      }
    }
    if (crash)
      not_answered(push);
    else
      answered(push, outcome);
  }
}

/// The commit is done; the answer is in time or late, and sometimes the platform asks again all the same.
void Traffic::answered(const std::shared_ptr<Push>& push, const pipeline::Outcome&) {
  if (push->acknowledged) return;
  if (chance_.in(2.5)) {
    scene_.counts().add("chance.answered_too_late");
    if (push->tries + 1 < tries || push->by_system) return not_answered(push);
    scene_.house().pipeline().say_by_outbox(push->in.account + "/" + push->in.dedupe_key, push->outcome);
    scene_.counts().add("told.by_outbox_after_three_tries");
    return;
  }
  push->acknowledged = true;
  watch_.acknowledged(*push);
  heard_reply(*push);
  bool once_more = chance_.in(0.4), much_later = chance_.in(0.3);
  if (once_more || much_later) {
    scene_.counts().add("chance.duplicates");
    again(push, once_more ? chance_.seconds(0, 6) : chance_.minutes(30, 2000));
  }
}

void Traffic::again(const std::shared_ptr<Push>& push, Seconds after) {
  scene_.after(after, [this, push] { scene_.arriving().push_back(push); });
}

void Traffic::not_answered(const std::shared_ptr<Push>& push) {
  if (push->acknowledged) return;
  if (++push->tries < tries) return again(push, next_try);
  if (scene_.bot().breaks("nothing_lost") && !push->processed) return watch_.acknowledged(*push);  // lies
  scene_.counts().add("chance.callbacks_lost");
  if (push->in.kind == InboundKind::unsubscribe && !push->processed)
    scene_.people()[push->who]->left_unheard = true;
}

void Traffic::heard_reply(const Push& push) {
  if (push.by_system || push.in.kind == InboundKind::unsubscribe) return;
  Person& person = *scene_.people()[push.who];
  for (const auto& said : push.outcome.said) {
    for (const auto& paragraph : said.paragraphs)
      hears(person, {paragraph.id, {}, said.text.substr(paragraph.from, paragraph.length)});
  }
}

void Traffic::hears(Person& person, const Heard& heard) {
  if (!person.follows) return;
  if (person.home || person.registers) residents_.hears(person, heard);
  volunteers_.hears(person, heard);
  errands_.hears(person, heard);
  voice_.hears(person, heard);
  if (person.staff() && !person.onlooker) staff_.hears(person, heard);
}

void Traffic::carry() {
  if (scene_.bot().up() && scene_.now() - recovered_at_ >= recover_every && recover_until_ > recovered_at_)
    recover();
  while (scene_.bot().up()) {
    std::vector<outbox::Send> sends;
    scene_.house().pipeline().in_transaction(
        [&] { sends = scene_.house().dispatch().claim(scene_.now(), claimed_at_once); });
    if (sends.empty()) return;
    for (const auto& send : sends) watch_.claimed(send);
    if (std::exchange(crash_after_claim_, false)) {  // calls made, answers never heard
      for (const auto& send : sends) {
        if (!chance_.in(50)) continue;
        auto answer = scene_.platform().send(send, scene_.now());
        watch_.called(send, answer);
        if (answer.arrived) arrive(send, answer);
      }
      scene_.counts().add("chance.crashes_between_claim_and_settle");
      crashed_ = true;
      return;
    }
    for (const auto& send : sends) call(send);
  }
}

void Traffic::call(const outbox::Send& send) {
  auto answer = scene_.platform().send(send, scene_.now());
  auto& counts = scene_.counts();
  counts.add(send.way == outbox::Way::custom ? "sends.custom" : "sends.template");
  if (send.rows.size() > 1) counts.add("sends.bundled");
  if (answer.outcome.send_class == SendClass::accepted) counts.add("sends.accepted");
  if (answer.outcome.send_class == SendClass::in_doubt) counts.add("sends.in_doubt");
  if (answer.outcome.send_class == SendClass::retry_later) counts.add("sends.retried");
  if (answer.outcome.send_class == SendClass::final_refusal)
    counts.add(fmt::format("sends.refused_{}", answer.outcome.errcode));
  watch_.called(send, answer);
  if (answer.arrived) arrive(send, answer);
  int run = scene_.bot().run();
  Seconds takes{0};
  if (chance_.in(2.5)) takes = chance_.seconds(1, 9);
  if (chance_.in(0.2))
    takes = chance_.seconds(61, 100);  // after the lease: somebody else has decided by then
  if (takes.count() == 0) return settle(send, answer, run);
  recover_until_ = std::max(recover_until_, scene_.now() + Seconds{130});
  scene_.after(takes, [this, send, answer, run] { settle(send, answer, run); });
}

void Traffic::settle(const outbox::Send& send, const Platform::Answer& answer, int run) {
  if (!scene_.bot().up() || scene_.bot().run() != run) return;  // nobody is there any more to hear it
  scene_.house().pipeline().in_transaction(
      [&] { scene_.house().dispatch().settle(send, answer.outcome, scene_.now()); });
}

void Traffic::arrive(const outbox::Send& send, const Platform::Answer& answer) {
  if (answer.repeated) return;
  Person* person = scene_.find(send.openid);
  if (!person) return;
  bool failed = !answer.outcome.msgid.empty() && chance_.in(1.5);
  if (!answer.outcome.msgid.empty()) {
    std::string status = !failed ? "success" : chance_.in(50) ? "failed:user block" : "failed: system failed";
    scene_.after(chance_.seconds(2, 20), [this, msgid = answer.outcome.msgid, status, who = person->index] {
      scene_.report(msgid, status, who);
    });
  }
  if (failed) return;
  bool rings = false;
  std::vector<Heard> heard;
  for (DeliveryId id : send.rows) {
    auto row = scene_.house().ledgers().deliveries.find(id);
    if (!row) continue;
    rings = rings || row->urgency != community::Urgency::normal;
    auto& counts = scene_.counts();
    if (row->text_id == "health_checkin.digest") counts.add("told.digests");
    if (row->text_id.starts_with("rumour_report.verdict")) counts.add("told.verdicts");
    if (row->text_id == "human.from_staff" || row->text_id == "human.from_resident")
      counts.add("told.relayed");
    if (row->text_id == "shift_checkin.evening" || row->text_id.starts_with("shift_checkin.soon"))
      counts.add("told.shift_reminders");
    auto task = row->task ? scene_.house().ledgers().tasks.find(row->task) : std::nullopt;
    heard.push_back({row->text_id, row->task, send.way == outbox::Way::custom ? row->body : row->card,
                     task ? task->number : 0});
  }
  Time reads = scene_.read_at(*person, volunteers_.on_duty(*person), rings);
  for (const auto& one : heard) scene_.at(reads, [this, person, one] { hears(*person, one); });
}

void Traffic::began() {
  recover_until_ = scene_.now() + Seconds{130};
  recover();
}

std::optional<Time> Traffic::next_recovery() const {
  if (recover_until_ <= recovered_at_) return std::nullopt;
  return recovered_at_ + recover_every;
}

void Traffic::recover() {
  recovered_at_ = scene_.now();
  scene_.house().pipeline().in_transaction([&] { scene_.house().dispatch().recover(scene_.now()); });
}

}  // namespace linli::app::simulation
