// Exchange before a shift, and the yes of whoever was asked to stand: the first has it, the others hear so.
#include <algorithm>

#include "handlers/rota.hpp"
#include "handlers/rota_texts.hpp"
#include "handlers/shift_checkin_texts.hpp"

namespace linli::handlers {

using community::ShiftState;
using community::Span;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr int listed = 6;

Span span_of(const store::Duty& duty) {
  return {duty.shift.starts_at, duty.shift.ends_at};
}

}  // namespace

bool RotaHandler::swap(Turn& turn) {
  auto mine = desk_.ledgers().shifts.upcoming(turn.sender(), turn.now(), listed);
  std::erase_if(mine, [&](const Duty& duty) {
    return duty.shift.starts_at <= turn.now() || duty.shift.state == ShiftState::on_post;
  });
  if (mine.empty()) {
    turn.say(rota::swap_none);
    return true;
  }
  if (mine.size() == 1) {
    offer_swap(turn, mine.front());
    return true;
  }
  std::vector<Line> lines;
  for (const Duty& duty : mine) {
    lines.push_back(
        {duty.shift.id.value, desk_.span_text(turn, span_of(duty)) + " " + desk_.post_name(duty.post)});
  }
  ask_lines(turn, "swap", rota::swap_which, lines);
  return true;
}

Answered RotaHandler::answer_swap(Turn& turn) {
  auto choice = chosen(turn);
  if (!choice) return another_command(turn) ? Answered::taken : Answered::not_understood;
  turn.leave();
  auto duty = desk_.ledgers().shifts.find(ShiftId{*choice});
  bool still = duty && duty->shift.person == turn.sender() && duty->shift.starts_at > turn.now() &&
               (duty->shift.state == ShiftState::planned || duty->shift.state == ShiftState::confirmed);
  if (still)
    offer_swap(turn, *duty);
  else
    turn.say(rota::swap_none);
  return Answered::taken;
}

void RotaHandler::offer_swap(Turn& turn, const Duty& duty) {
  auto said = desk_.values(turn, duty);
  int asked = desk_.ask_volunteers(turn, duty, "swap");
  if (asked == 0) return turn.say(rota::swap_nobody, said);
  said.emplace_back("count", std::to_string(asked));
  turn.say(rota::swap_asked, said);
}

void RotaHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view) {
  turn.around().asks.drop(turn.sender(), topic(), ref);
  if (ref < 0) {
    auto opening = desk_.ledgers().shifts.openings().find(OpeningId{-ref});
    return opening ? sign_up(turn, *opening) : turn.say(rota::open_none);
  }
  auto duty = desk_.ledgers().shifts.find(ShiftId{ref});
  if (!duty) return turn.say(rota::open_none);
  stand_in(turn, *duty);
}

void RotaHandler::stand_in(Turn& turn, const Duty& duty) {
  auto& shifts = desk_.ledgers().shifts;
  auto said = desk_.values(turn, duty);
  auto asked = shifts.openings().asked(duty.shift.id.value);
  auto mine = std::ranges::find(asked, turn.sender(), &store::OpeningLedger::Asking::person);
  if (mine == asked.end()) return turn.say(rota::taken_already, said);
  if (duty.shift.ends_at <= turn.now()) return turn.say(rota::taken_already, said);
  if (auto why = desk_.refusal(turn, turn.sender(), duty.post, span_of(duty))) {
    said.emplace_back("why", *why);
    return turn.say(rota::refused, said);
  }
  bool swapped = mine->what == "swap";
  if (swapped) {
    Duty out = duty;
    out.shift.state = ShiftState::cancelled;
    shifts.save(out.shift);
    desk_.drop_reminders(turn, out.shift.id);
  }
  ShiftId now =
      desk_.put_on(turn, turn.sender(), duty.post, span_of(duty), swapped ? "swap" : "cover", duty.shift.id);
  if (!now) return turn.say(rota::taken_already, said);
  turn.say(rota::yours, said);
  desk_.stop_asking(turn, duty.shift.id.value, said, turn.sender());
  dialog::Values with = desk_.values(turn, *shifts.find(now));
  turn.tell(duty.shift.person, swapped ? rota::swap_done : rota::cover_found, with);
  tell_around(turn, duty, now);
}

/// Whoever is on post before hears who comes; whoever was looking for a substitute stops.
void RotaHandler::tell_around(Turn& turn, const Duty& before, ShiftId now) {
  auto& shifts = desk_.ledgers().shifts;
  auto duty = shifts.find(now);
  Duty looked_for = before;
  looked_for.shift.person = duty->shift.person;
  desk_.close_cover(turn, looked_for, community::CloseHow::answered, shift::cover_over);
  auto on_post = shifts.before(*duty);
  bool waits =
      on_post && on_post->shift.state == ShiftState::on_post && on_post->shift.person != turn.sender();
  if (waits)
    turn.tell(on_post->shift.person, rota::comes_instead, desk_.values(turn, *duty),
              {.urgency = dialog::Urgency::high});
}

/// Nobody who was asked has answered: it climbs. They may still say yes.
void RotaHandler::due(Turn& turn, const store::Due& due) {
  auto& shifts = desk_.ledgers().shifts;
  auto duty = shifts.find(ShiftId{due.ref});
  if (!duty || duty->shift.state != ShiftState::declined || shifts.cover(duty->shift.id)) return;
  if (duty->shift.ends_at <= turn.now()) return;
  desk_.open_cover(turn, *duty, "来不了，附近的志愿者还没有人应");
}

}  // namespace linli::handlers
