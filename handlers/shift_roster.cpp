// Before the shift: the list, confirming, declining, reminders, and nobody there when it has begun.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/shift_checkin.hpp"
#include "handlers/shift_checkin_texts.hpp"

namespace linli::handlers {

using community::CloseHow;
using community::ShiftState;
using community::Task;
using community::TaskKind;
using dialog::Turn;

namespace {

constexpr int listed = 5;

std::string row_key(ShiftId shift, std::string_view what) {
  return fmt::format("shift:{}:{}", shift.value, what);
}

}  // namespace

void ShiftCheckinHandler::list(Turn& turn) {
  std::string lines;
  for (const Duty& duty : shifts_.upcoming(turn.sender(), turn.now(), listed)) {
    lines += fmt::format("\n{} {}{}（{}）", span(turn, duty), areas_.building_text(duty.post.area),
                         duty.post.name, community::title(duty.shift.state));
  }
  if (lines.empty()) return turn.say(shift::none);
  turn.say(shift::list, {{"lines", lines}});
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
  if (auto meant = asked_about(turn)) {
    decline(turn, *meant);
    return true;
  }
  auto next = shifts_.upcoming(turn.sender(), turn.now(), 1);
  if (next.empty()) return false;
  if (next.front().shift.state == ShiftState::on_post) return leave(turn);
  decline(turn, next.front());
  return true;
}

void ShiftCheckinHandler::confirm(Turn& turn, Duty duty) {
  bool again = duty.shift.state == ShiftState::declined;
  if (duty.shift.state == ShiftState::planned || again) {
    duty.shift.state = ShiftState::confirmed;
    duty.shift.confirmed_at = turn.now();
    shifts_.save(duty.shift);
  }
  turn.around().asks.drop(turn.sender(), topic(), duty.shift.id.value);
  if (again) close_cover(turn, duty, CloseHow::withdrawn, shift::cover_over);
  turn.say(shift::confirmed, values(turn, duty));
}

void ShiftCheckinHandler::decline(Turn& turn, Duty duty) {
  bool standing = duty.shift.state == ShiftState::on_post || duty.shift.state == ShiftState::left;
  if (standing) return turn.say(shift::not_on_post);
  duty.shift.state = ShiftState::declined;
  shifts_.save(duty.shift);
  turn.around().asks.drop_all(topic(), duty.shift.id.value);
  open_cover(turn, duty, "来不了");
  turn.say(shift::declined, values(turn, duty));
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
  if (!turn.tell(shift.person, id, values(turn, duty), how)) open_cover(turn, duty, "联系不上");
}

void ShiftCheckinHandler::missing(Turn& turn, const Duty& duty) {
  const auto& shift = duty.shift;
  Time expected = shift.starts_at + std::chrono::minutes(shift.late_minutes);
  if (turn.now() < expected + rules_.missing_after) return;  // the row was moved when the delay was announced
  auto said = values(turn, duty);
  open_cover(turn, duty, "到点没有到岗");
  turn.tell(shift.person, shift::missing, said,
            {.urgency = dialog::Urgency::high, .dedupe = row_key(shift.id, "missing")});
  auto before = shifts_.before(duty);
  if (!before || before->shift.person == shift.person) return;
  turn.tell(before->shift.person, shift::next_missing, said,
            {.urgency = dialog::Urgency::high, .dedupe = row_key(shift.id, "next_missing")});
}

std::optional<Task> ShiftCheckinHandler::cover_of(const Duty& duty) {
  std::string id = std::to_string(duty.shift.id.value);
  for (Task& task : desk_.tasks().open_in(duty.post.area, TaskKind::shift_cover)) {
    auto about = task.data.find("shift");
    if (about != task.data.end() && about->second == id) return std::move(task);
  }
  return std::nullopt;
}

void ShiftCheckinHandler::open_cover(Turn& turn, const Duty& duty, std::string_view why) {
  if (cover_of(duty)) return;
  dialog::NewTask wanted{
      .kind = TaskKind::shift_cover, .area = duty.post.area, .reporter = duty.shift.person, .at_once = true};
  Time asked = turn.around().quiet.end(turn.now());  // what is not urgent is not heard before
  bool soon = duty.shift.starts_at <= asked + rules_.look_ahead;
  wanted.urgency = soon ? dialog::Urgency::high : dialog::Urgency::normal;
  wanted.text = fmt::format("{}{}的班{}", span(turn, duty), duty.post.name, why);
  wanted.data["shift"] = std::to_string(duty.shift.id.value);
  desk_.open(turn, std::move(wanted));
  // Nobody can stand a shift that is past: looking for somebody ends with it.
  turn.around().dues.set({row_key(duty.shift.id, "over"), duty.shift.ends_at, std::string(topic()),
                          duty.shift.id.value, "over"});
}

/// Somebody came, or will come after all, or the shift is past: whoever was looking for a substitute hears
/// it.
void ShiftCheckinHandler::close_cover(Turn& turn, const Duty& duty, CloseHow how, dialog::TextId text) {
  auto task = cover_of(duty);
  if (!task) return;
  auto people = desk_.tasks().offered_to(task->id);
  bool only_the_owner = how == CloseHow::silent && task->owner;  // it was theirs: the others need not hear
  if (only_the_owner) people.clear();
  if (task->owner) people.push_back(task->owner);
  desk_.close(turn, *task, how);
  auto said = values(turn, duty);
  said.emplace_back("number", std::to_string(task->number));
  for (PersonId person : people)
    turn.tell(person, text, said, {.urgency = task->urgency, .task = task->id});
}

}  // namespace linli::handlers
