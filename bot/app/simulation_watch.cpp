#include "bot/app/simulation_watch.hpp"

#include <fmt/format.h>

#include "bot/platform/reply.hpp"

namespace linli::app::simulation {

namespace {

constexpr std::size_t most_shown = 10;  // of one rule

}  // namespace

Watch::Watch(Scene& scene, const community::Policies& policies, community::QuietHours quiet,
             Seconds awake_for)
    : scene_(scene), policies_(policies), quiet_(quiet), awake_for_(awake_for), begins_(scene.now()) {
  for (const auto& name : Bot::breakers()) checked_[name] = 0;
}

void Watch::check(const std::string& rule, bool holds, std::string_view what, std::int64_t number) {
  ++checked_[rule];
  if (holds) return;
  auto& shown = violations_[rule];
  if (shown.size() < most_shown)
    shown.push_back(fmt::format("{} {}{}", scene_.zone().date_time_text(scene_.now()), what,
                                number ? fmt::format(" {}", number) : std::string()));
}

/// Every message is answered, or becomes a message to come or a task.
void Watch::processed(const Push& push, const pipeline::Outcome& outcome) {
  if (push.in.kind == platform::InboundKind::template_result && push.in.status == "success" &&
      !outcome.failed)
    witness(push.in.msg_id);
  if (push.by_system || push.in.kind == platform::InboundKind::unsubscribe) return;
  bool answered = outcome.reply != platform::plain_success;
  if (!answered) {
    store::Statement said(scene_.house().database(),
                          "select count(*) from outbox where contact = :contact and created_at = :now");
    store::Statement done(scene_.house().database(),
                          "select count(*) from task_event where actor = :person and at = :now");
    answered = std::get<0>(*said.one<std::int64_t>(outcome.contact, scene_.now())) > 0 ||
               std::get<0>(*done.one<std::int64_t>(outcome.person, scene_.now())) > 0;
  }
  check("answered", answered,
        fmt::format("a message of kind {} was neither answered nor became a task",
                    platform::name(push.in.kind)));
}

/// The platform's second and third try get the same bytes.
void Watch::duplicate(const Push& push, const pipeline::Outcome& outcome) {
  if (push.processed)
    check("nothing_twice", outcome.duplicate && outcome.reply == push.outcome.reply,
          "a message that came again was acted on or answered anew");
}

void Watch::claimed(const outbox::Send& send) {
  for (DeliveryId id : send.rows) {
    if (!claimed_once_.insert(id.value).second) continue;  // another try of the same
    if (auto row = scene_.house().ledgers().deliveries.find(id)) look_for_slots(*row);
  }
}

/// What is said once a slot: by whom it was told, which text, about which task or in which words.
void Watch::look_for_slots(const store::Delivery& row) {
  auto is = [&](std::string_view id) { return row.text_id == id; };
  bool of_task = row.task && (row.text_id.ends_with("reminder") || is("my_tasks.late") ||
                              row.text_id.ends_with(".your_done_again"));
  bool of_shift = is("shift_checkin.evening") || is("shift_checkin.soon") || is("shift_checkin.soon_ask") ||
                  is("shift_checkin.missing");
  bool digest = is("health_checkin.digest");
  if (!of_task && !of_shift && !digest) return;
  std::string slot = fmt::format("{} {} ", row.person.value, row.text_id);
  Seconds apart{6 * 3600};
  std::int64_t number = 0;
  if (of_task) {
    auto task = scene_.house().ledgers().tasks.find(row.task);
    if (!task) return;
    number = task->number;
    slot += std::to_string(row.task.value);
    apart = policies_.of(task->kind).remind_every;
    if (row.text_id.ends_with(".your_done_again")) apart = policies_.of(task->kind).confirm_again;
  } else if (of_shift) {
    slot += row.body;
  } else {
    apart = Seconds{3600};
  }
  auto [before, first] = slots_.try_emplace(slot, row.created_at);
  bool once = first || std::chrono::abs(row.created_at - before->second) >= apart - Seconds{60};
  check("once_a_slot", once, row.text_id + " was said twice for one slot, task", number);
  before->second = row.created_at;
}

void Watch::called(const outbox::Send& send, const Platform::Answer& answer) {
  const Person* person = scene_.find(send.openid);
  if (!person) return;
  auto refused = answer.outcome.send_class == platform::SendClass::final_refusal && !answer.by_mood;
  bool known = !person->left_unheard && person->follows;
  check("window", !refused || !known,
        fmt::format("the platform had to refuse with {}", answer.outcome.errcode), send.rows.front().value);
  for (DeliveryId id : send.rows) {
    auto row = scene_.house().ledgers().deliveries.find(id);
    if (!row) continue;
    if (quiet_.at(scene_.now()))
      check("quiet_hours", may_ring(*row, *person), row->text_id + " by night, delivery", id.value);
    if (answer.arrived && !answer.repeated)
      check("nothing_twice", arrived_.insert(id.value).second, "somebody received a message twice, delivery",
            id.value);
  }
}

/// By night: life safety; one's own shift; who has just written; urgent requests, for those who must accept
/// them and those who made them.
bool Watch::may_ring(const store::Delivery& row, const Person& person) {
  if (row.urgency == community::Urgency::life || row.text_id == "reply") return true;
  if (scene_.now() - person.last_wrote <= awake_for_ + Seconds{60}) return true;
  auto& l = scene_.house().ledgers();
  for (const auto& duty : l.shifts.upcoming(row.person, scene_.now() - Seconds{4 * 3600}, 5)) {
    if (duty.shift.starts_at <= scene_.now() + Seconds{3 * 3600}) return true;
  }
  bool staff = !l.appointments.of_person(row.person, scene_.now()).empty();
  if (row.text_id == "outbox.digest") return staff;
  auto task = row.task ? l.tasks.find(row.task) : std::nullopt;
  if (!task || task->urgency == community::Urgency::normal) return false;
  return staff || task->reporter == row.person;
}

void Watch::told_health(AreaId household, const std::string& day, bool fine) {
  told_[{household.value, day}] = fine;
}

/// The counts of the day are what the households said: each one, and no other.
void Watch::look_at_checkins() {
  store::Statement rows(scene_.house().database(),
                        "select household, day, state, via, corrections from checkin order by id");
  std::map<std::pair<std::int64_t, std::string>, bool> kept;
  std::int64_t by_phone = 0, fine = 0, told_fine = 0;
  rows.each<std::int64_t, std::string, std::string, std::string, int>(
      [&](std::int64_t household, std::string day, std::string state, std::string via, int) {
        if (via == "proxy") return void(++by_phone);
        kept[{household, std::move(day)}] = state == "fine";
        if (state == "fine") ++fine;
      });
  for (const auto& [slot, was_fine] : told_) {
    if (was_fine) ++told_fine;
    auto found = kept.find(slot);
    check("totals", found != kept.end() && found->second == was_fine,
          "what a household said on " + slot.second + " is not what is counted, area", slot.first);
  }
  check("totals", kept.size() == told_.size() && fine == told_fine,
        "more households are counted than said anything");
  check("totals", by_phone <= by_phone_, "more households are entered by phone than were told");
}

void Watch::look_at_the_end() {
  look_at_tasks();
  look_at_checkins();
  look_at_the_bulletin();
  look_at_assessments();
  look_at_campaigns();
  look_at_stories();
  auto& db = scene_.house().database();
  store::Statement times(db, "select count(*) from inbox where key = :key");
  for (const auto& key : journal_)
    check("nothing_lost", std::get<0>(*times.one<std::int64_t>(key)) > 0,
          "a message was acknowledged and is gone");
  store::Statement twice(db, "select count(*) from (select key from inbox group by key having count(*) > 1)");
  check("nothing_twice", std::get<0>(*twice.one<std::int64_t>()) == 0,
        "messages are kept twice under one key");
}

}  // namespace linli::app::simulation
