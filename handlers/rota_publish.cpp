// Publishing a rota: it is proved first; then everybody hears of their own shifts in one message, and whoever
// is moved away from a shift hears that.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "bot/store/rota_world.hpp"
#include "handlers/rota.hpp"
#include "handlers/rota_texts.hpp"

namespace linli::handlers {

using community::Counterexample;
using community::OverrideKind;
using community::RotaFault;
using community::ShiftState;
using community::Span;
using dialog::Turn;

void RotaHandler::say_counterexample(Turn& turn, const Counterexample& found) {
  auto& shifts = desk_.ledgers().shifts;
  auto name_of_post = [&](PostId id) {
    auto post = shifts.find_post(id);
    return post ? desk_.post_name(*post) : std::string();
  };
  dialog::Values said{{"post", name_of_post(found.post)}, {"span", desk_.span_text(turn, found.span)}};
  switch (found.fault) {
    case RotaFault::uncovered:
      return turn.say(rota::uncovered, said);
    case RotaFault::two_places:
      said.emplace_back("name", desk_.name_of(found.person));
      said.emplace_back("other", name_of_post(found.other));
      said.emplace_back("when", turn.when(found.span.from));
      return turn.say(rota::two_places, said);
    case RotaFault::no_one_left:
      break;
  }
  if (found.absences == 0) return turn.say(rota::no_one_left, said);
  said.emplace_back("absent", desk_.name_of(found.absent));
  turn.say(rota::no_one_left_without, said);
}

/// False if the proof found something: it has been said.
bool RotaHandler::publish(Turn& turn, const store::Post& post) {
  auto& l = desk_.ledgers();
  auto& rotas = l.shifts.rotas();
  if (!rotas.has_draft(post.id)) {
    turn.say(rota::nothing_to_publish, {{"post", desk_.post_name(post)}});
    return true;
  }
  Span week = coming_week(turn);
  store::RotaWorld world({l.shifts, l.appointments, l.areas, l.people},
                         desk_.tasks().policies().of(community::TaskKind::shift_cover), turn.zone(),
                         desk_.rules().limits.metres_a_minute);
  if (auto found = community::counterexample(world.read(post.id, week.from, week.until))) {
    say_counterexample(turn, *found);
    return false;
  }
  std::vector<ShiftId> before;
  for (const Duty& duty : l.shifts.ahead_at(post.id, turn.now())) before.push_back(duty.shift.id);
  auto drafts = rotas.only_drafts(post.id);
  rotas.publish(post.id, turn.now());
  apply_changes(turn, post, drafts);
  l.shifts.plan_daily(turn.zone(), turn.now(), week.until);
  std::size_t told = tell_week(turn, post, before);
  store::schedule_shifts(l.shifts, turn.around().dues, turn.zone(), turn.now(),
                         turn.now() + store::shift_horizon, desk_.shift_rules());
  turn.say(rota::published, {{"post", desk_.post_name(post)}, {"count", std::to_string(told)}});
  return true;
}

/// What the changes take from people whose shifts are made already, and give to others.
void RotaHandler::apply_changes(Turn& turn, const store::Post& post,
                                const std::vector<community::Rota>& drafts) {
  auto& l = desk_.ledgers();
  auto now = l.shifts.rotas().of_post(post.id, false);
  for (const community::Rota& draft : drafts) {
    auto rota = std::ranges::find(now, draft.id, &community::Rota::id);
    if (rota == now.end()) continue;
    for (const auto& change : draft.overrides) {
      if (change.slot >= rota->slots.size()) continue;
      const auto& slot = rota->slots[change.slot];
      Span span{community::moment(turn.zone(), change.day, slot.start_minute),
                community::moment(turn.zone(), change.day, slot.end_minute)};
      for (Duty& duty : l.shifts.ahead_at(post.id, turn.now())) {
        bool same = duty.shift.starts_at == span.from && duty.shift.ends_at == span.until;
        bool goes = change.kind == OverrideKind::nobody
                        ? std::ranges::find(rota->people, duty.shift.person) != rota->people.end()
                        : change.kind == OverrideKind::instead && duty.shift.person == change.instead_of;
        if (!same || !goes) continue;
        duty.shift.state = ShiftState::cancelled;
        l.shifts.save(duty.shift);
        desk_.drop_reminders(turn, duty.shift.id);
        turn.tell(duty.shift.person, rota::moved_away, desk_.values(turn, duty));
      }
      if (change.person && span.from > turn.now())
        l.shifts.put(post.id, change.person, span.from, span.until, "rota");
    }
  }
}

/// Each person once, about everything that is new for them; how many.
std::size_t RotaHandler::tell_week(Turn& turn, const store::Post& post, const std::vector<ShiftId>& before) {
  std::map<PersonId, std::string> lines;
  for (const Duty& duty : desk_.ledgers().shifts.ahead_at(post.id, turn.now())) {
    if (std::ranges::find(before, duty.shift.id) != before.end()) continue;
    lines[duty.shift.person] += fmt::format(
        "\n{} {}", desk_.span_text(turn, {duty.shift.starts_at, duty.shift.ends_at}), desk_.post_name(post));
  }
  std::size_t told = 0;
  for (const auto& [person, text] : lines) {
    if (turn.tell(person, rota::your_shifts, {{"lines", text}})) ++told;
  }
  return told;
}

}  // namespace linli::handlers
