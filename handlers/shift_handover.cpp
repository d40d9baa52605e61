// With the one before and the one after: being late, "到了" from whoever is relieved, leaving the post.
#include <fmt/format.h>

#include "handlers/command_rest.hpp"
#include "handlers/shift_checkin.hpp"
#include "handlers/shift_checkin_texts.hpp"

namespace linli::handlers {

using community::ShiftState;
using dialog::Turn;

namespace {

constexpr Seconds gap{30 * 60};              // the next shift begins within this of the end: it relieves
constexpr Seconds leaving_on_time{15 * 60};  // so long before the end nobody minds
constexpr int longest_delay = 180;           // minutes; beyond that somebody else should come

}  // namespace

bool ShiftCheckinHandler::late(Turn& turn) {
  auto next = next_soon(turn, Seconds{12 * 3600});
  if (!next) return false;
  auto minutes = community::late_minutes(turn.message().normal);
  Time expected = next->shift.starts_at + std::chrono::minutes(minutes.value_or(0));
  if (minutes && expected <= turn.now())
    expected = turn.now() + std::chrono::minutes(*minutes);  // counted from now
  if (!minutes || *minutes < 1 || *minutes > longest_delay || expected >= next->shift.ends_at) {
    turn.say(shift::late_help, values(turn, *next));
    return true;
  }
  next->shift.late_minutes =
      static_cast<int>(std::chrono::ceil<std::chrono::minutes>(expected - next->shift.starts_at).count());
  if (next->shift.state == ShiftState::planned) {  // whoever says how late comes
    next->shift.state = ShiftState::confirmed;
    next->shift.confirmed_at = turn.now();
    turn.around().asks.drop(turn.sender(), topic(), next->shift.id.value);
  }
  shifts_.save(next->shift);
  turn.around().dues.set({fmt::format("shift:{}:missing", next->shift.id.value),
                          expected + rules_.missing_after, std::string(topic()), next->shift.id.value,
                          "missing"});
  auto said = values(turn, *next);
  said.emplace_back("when", turn.when(expected));
  auto before = shifts_.before(*next);
  bool somebody = before && before->shift.person != turn.sender();
  // Whoever stands there waits for it; whoever only stands there tomorrow may sleep until then.
  if (!somebody || !turn.tell(before->shift.person, shift::next_late, said,
                              {.urgency = dialog::Urgency::high, .from = before->shift.starts_at})) {
    turn.say(shift::late_noted, said);
    return true;
  }
  said.emplace_back("before", name_of(turn, before->shift.person));
  turn.say(shift::late_passed_on, said);
  return true;
}

std::optional<store::Duty> ShiftCheckinHandler::successor(const Duty& duty) {
  auto next = shifts_.after(duty);
  if (!next || next->shift.starts_at > duty.shift.ends_at + gap) return std::nullopt;
  return next;
}

/// "到了" from whoever is on post.
void ShiftCheckinHandler::relieve(Turn& turn, const Duty& mine) {
  auto next = successor(mine);
  if (!next) return turn.say(shift::nobody_next, values(turn, mine));
  relieved_by(turn, *next);
}

void ShiftCheckinHandler::relieved_by(Turn& turn, const Duty& next) {
  auto said = values(turn, next);
  if (next.shift.state == ShiftState::on_post) return turn.say(shift::next_is_in, said);
  auto time = community::checkin_time(rules_, next.shift.starts_at, next.shift.ends_at, turn.now());
  if (time != community::CheckinTime::open) {
    said.emplace_back("opens", turn.when(next.shift.starts_at - rules_.checkin_before));
    return turn.say(shift::next_not_yet, said);
  }
  bool own = next.shift.person == turn.sender();
  check_in(turn, next, "relieved");
  if (!own) turn.say(shift::relieved, said);
}

bool ShiftCheckinHandler::leave(Turn& turn) {
  auto mine = shifts_.on_post(turn.sender(), turn.now());
  if (!mine) {
    if (shifts_.upcoming(turn.sender(), turn.now(), 1).empty()) return false;
    turn.say(shift::not_on_post);
    return true;
  }
  std::string note(behind_command(turn.message().normal));
  auto next = successor(*mine);
  bool relieved = next && next->shift.state == ShiftState::on_post;
  bool closes = !next && turn.now() >= mine->shift.ends_at - leaving_on_time;
  if (relieved || closes) {
    finish(turn, *mine, note);
    return true;
  }
  turn.remember("note", note);
  auto said = values(turn, *mine);
  said.emplace_back("next",
                    next ? name_of(turn, next->shift.person) + "还没到岗" : std::string("这个时段没有排人"));
  turn.ask(topic(), "alone", shift::alone, said, {"我再等等", "我得先走"});
  return true;
}

void ShiftCheckinHandler::finish(Turn& turn, Duty mine, std::string_view note) {
  mine.shift.state = ShiftState::left;
  mine.shift.out_at = turn.now();
  mine.shift.note = note;
  shifts_.save(mine.shift);
  auto said = values(turn, mine);
  auto next = successor(mine);
  if (next && next->shift.state == ShiftState::on_post) {
    said.emplace_back("note", note);
    if (!note.empty())
      turn.tell(next->shift.person, shift::note_left, said, {.urgency = dialog::Urgency::high});
    said.emplace_back("next", name_of(turn, next->shift.person));
    return turn.say(shift::left_to, said);
  }
  bool closes = !next && turn.now() >= mine.shift.ends_at - leaving_on_time;
  if (closes) return turn.say(shift::left, said);
  duties_.open_cover(turn, next ? *next : mine, "还没有人到岗，上一班已经走了");
  turn.say(shift::left_empty, said);
}

}  // namespace linli::handlers
