// Before the shift: the list, confirming, declining, reminders, and nobody there when it has begun.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/shift_checkin.hpp"
#include "handlers/shift_checkin_texts.hpp"

namespace linli::handlers {

using community::CloseHow;
using community::ShiftState;
using dialog::Turn;

namespace {

constexpr int listed = 5;
constexpr Seconds record_days{30 * 24 * 3600};
constexpr std::size_t shortest_reason = 2 * 3;  // two characters

/// What is said beside the words for "cannot come"; empty: nothing.
std::string reason_in(const Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != dialog::MessageKind::text) return {};
  if (turn.words().is_command("shift_decline", message.normal)) return {};
  auto command = turn.words().command(message.normal);
  bool only_digits = message.normal.size() < shortest_reason;
  return only_digits || (command && command->rest.empty()) ? std::string() : message.text;
}

std::string row_key(ShiftId shift, std::string_view what) {
  return fmt::format("shift:{}:{}", shift.value, what);
}

}  // namespace

void ShiftCheckinHandler::list(Turn& turn) {
  std::string lines;
  for (const Duty& duty : shifts_.upcoming(turn.sender(), turn.now(), listed)) {
    bool stood = levels_.exists(community::LevelDuty::shift_checkin, areas_.level(duty.post.area));
    lines += fmt::format("\n{} {}{}（{}{}）", span(turn, duty), areas_.building_text(duty.post.area),
                         duty.post.name, community::title(duty.shift.state), stood ? "" : "，平时不用站");
  }
  if (lines.empty()) return turn.say(shift::none);
  auto record = shifts_.record(turn.sender(), turn.now() - record_days, turn.now());
  turn.say(shift::list, {{"lines", lines}});
  if (record.stood + record.late + record.missing + record.excused == 0) return;
  turn.say(shift::record, {{"stood", std::to_string(record.stood + record.late)},
                           {"late", std::to_string(record.late)},
                           {"missing", std::to_string(record.missing)},
                           {"excused", std::to_string(record.excused)}});
}

/// The shift that a question about it is open for.
std::optional<store::Duty> ShiftCheckinHandler::asked_about(Turn& turn) {
  for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic == topic() && ask.accepts == "1 2") return shifts_.find(ShiftId{ask.ref});
  }
  return std::nullopt;
}

/// "能到": what was asked about; otherwise the next shift without a yes, also one that was declined.
bool ShiftCheckinHandler::confirm_next(Turn& turn) {
  auto meant = asked_about(turn);
  auto next = shifts_.upcoming(turn.sender(), turn.now(), listed);
  if (!meant) {
    auto open =
        std::ranges::find_if(next, [](const Duty& duty) { return duty.shift.state == ShiftState::planned; });
    if (open != next.end()) meant = *open;
    auto declined = shifts_.declined(turn.sender(), turn.now());
    if (declined && (!meant || declined->shift.starts_at < meant->shift.starts_at)) meant = declined;
  }
  if (!meant && next.empty()) return false;
  confirm(turn, meant ? *meant : next.front());
  return true;
}

bool ShiftCheckinHandler::decline_next(Turn& turn) {
  std::string reason = reason_in(turn);
  if (auto meant = asked_about(turn)) {
    decline(turn, *meant, reason);
    return true;
  }
  auto next = shifts_.upcoming(turn.sender(), turn.now(), 1);
  if (next.empty()) return false;
  if (next.front().shift.state == ShiftState::on_post) return leave(turn);
  decline(turn, next.front(), reason);
  return true;
}

void ShiftCheckinHandler::confirm(Turn& turn, Duty duty) {
  bool again = duty.shift.state == ShiftState::declined;
  if (again && shifts_.cover(duty.shift.id)) return turn.say(shift::covered_already, values(turn, duty));
  if (duty.shift.state == ShiftState::planned || again) {
    duty.shift.state = ShiftState::confirmed;
    duty.shift.confirmed_at = turn.now();
    duty.shift.excuse.clear();
    shifts_.save(duty.shift);
  }
  turn.around().asks.drop(turn.sender(), topic(), duty.shift.id.value);
  if (again) {
    duties_.stop_asking(turn, duty.shift.id.value, values(turn, duty), turn.sender());
    duties_.close_cover(turn, duty, CloseHow::withdrawn, shift::cover_over);
  }
  turn.say(shift::confirmed, values(turn, duty));
}

void ShiftCheckinHandler::decline(Turn& turn, Duty duty, std::string_view reason) {
  bool standing = duty.shift.state == ShiftState::on_post || duty.shift.state == ShiftState::left;
  if (standing) return turn.say(shift::not_on_post);
  bool swapping = std::ranges::any_of(shifts_.openings().asked(duty.shift.id.value),
                                      [](const auto& asked) { return asked.what == "swap"; });
  duty.shift.state = ShiftState::declined;
  duty.shift.excuse = reason;
  shifts_.save(duty.shift);
  turn.around().asks.drop_all(topic(), duty.shift.id.value);
  if (swapping) shifts_.openings().stop_asking(duty.shift.id.value);  // asked anew: nobody has it now
  auto found = duties_.lost(turn, duty, "来不了");
  auto said = values(turn, duty);
  switch (found.how) {
    case DutyDesk::Search::taken:
      said.emplace_back("instead", name_of(turn, found.person));
      turn.say(shift::declined_taken, said);
      break;
    case DutyDesk::Search::asked:
      said.emplace_back("wait", dialog::duration_text(duties_.rules().ask_wait));
      turn.say(shift::declined_asking, said);
      break;
    case DutyDesk::Search::nobody:
      turn.say(shift::declined, said);
      break;
  }
  if (!reason.empty()) turn.say(shift::excused);
}

void ShiftCheckinHandler::remind(Turn& turn, const Duty& duty, std::string_view what) {
  const auto& shift = duty.shift;
  bool confirmed = shift.state == ShiftState::confirmed;
  if (what == "evening" && confirmed) return;  // has answered already
  dialog::Tell how{.urgency = what == "soon" ? dialog::Urgency::high : dialog::Urgency::normal,
                   .dedupe = row_key(shift.id, what),
                   .keep = std::chrono::duration_cast<Seconds>(shift.ends_at - turn.now())};
  if (!confirmed) {
    how.accepts = "1 2";
    how.topic = topic();
    how.ref = shift.id.value;
    how.hint = "能到 / 来不了";
  }
  auto id = what == "evening" ? shift::evening : confirmed ? shift::soon : shift::soon_ask;
  if (!turn.tell(shift.person, id, values(turn, duty), how)) duties_.open_cover(turn, duty, "联系不上");
}

void ShiftCheckinHandler::missing(Turn& turn, const Duty& duty) {
  const auto& shift = duty.shift;
  Time expected = shift.starts_at + std::chrono::minutes(shift.late_minutes);
  if (turn.now() < expected + rules_.missing_after) return;  // the row was moved when the delay was announced
  auto said = values(turn, duty);
  Duty missed = duty;
  missed.shift.missed_at = turn.now();
  shifts_.save(missed.shift);
  duties_.open_cover(turn, duty, "到点没有到岗");
  duties_.ask_volunteers(turn, duty, "cover");
  turn.tell(shift.person, shift::missing, said,
            {.urgency = dialog::Urgency::high, .dedupe = row_key(shift.id, "missing")});
  auto before = shifts_.before(duty);
  if (!before || before->shift.person == shift.person) return;
  turn.tell(before->shift.person, shift::next_missing, said,
            {.urgency = dialog::Urgency::high, .dedupe = row_key(shift.id, "next_missing")});
}

}  // namespace linli::handlers
