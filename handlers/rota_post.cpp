// "小区设岗": a ticket opens a post, with its hours, open for sign-up; and a post is given up with nothing
// left hanging.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "bot/base/text.hpp"
#include "bot/community/mask.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/rota.hpp"
#include "handlers/rota_texts.hpp"
#include "handlers/rota_words.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::ShiftState;
using community::Span;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr int longest_shift = 4 * 60;  // longer hours are cut into shifts of equal length
constexpr std::string_view keep_place = "不用改";
constexpr std::string_view close_choice = "撤掉", keep_choice = "不撤";
constexpr std::size_t longest_name = 30;

/// The area that people say a post is of: a compound rather than a flat.
AreaId area_of_post(store::AreaLedger& areas, AreaId area) {
  AreaId found = area;
  for (const auto& one : areas.chain(area)) {
    if (one.kind < AreaKind::building) found = one.id;
  }
  return found;
}

std::vector<community::RotaSlot> slots_of(const community::Hours& hours) {
  int length = hours.end_minute - hours.start_minute;
  int pieces = (length + longest_shift - 1) / longest_shift;
  std::vector<community::RotaSlot> slots;
  for (int i = 0; i < pieces; ++i) {
    slots.push_back(
        {{}, hours.start_minute + length * i / pieces, hours.start_minute + length * (i + 1) / pieces, 1, 2});
  }
  return slots;
}

}  // namespace

bool RotaHandler::open_post(Turn& turn, const dialog::Command& command) {
  auto& l = desk_.ledgers();
  auto task = command.number ? desk_.tasks().tasks().find_by_number(*command.number) : std::nullopt;
  bool leads =
      task && task->area ? desk_.leads(turn.sender(), task->area, turn.now()) : !posts_led(turn).empty();
  if (!leads) {
    turn.say(rota::not_yours);
    return true;
  }
  std::string_view name = command.rest;
  auto hours = read_hours_behind(name);
  if (!command.number || !hours || name.empty() || name.size() > longest_name) {
    turn.say(rota::post_how);
    return true;
  }
  if (!task || !task->area || task->state == community::TaskState::closed || !l.areas.place(task->area)) {
    turn.say(rota::post_ticket, {{"number", std::to_string(*command.number)}});
    return true;
  }
  store::Post post;
  post.area = area_of_post(l.areas, task->area);
  post.name = name;
  for (const auto& other : l.shifts.posts()) {
    if (other.area != post.area || normalise(other.name) != name) continue;
    turn.say(rota::post_exists, {{"post", desk_.post_name(other)}, {"name", other.name}});
    return true;
  }
  post.code = fmt::format("t{}-{}", task->number, turn.act());
  post.place = *l.areas.place(post.area);
  post.radius_m = desk_.rules().post_radius_m;
  post.code_word = l.shifts.new_code_word(post.code);
  post.what = community::brief(community::mask_place(task->text), 40);
  post.task = task->id;
  l.shifts.add_post(post);
  l.shifts.add_hours(post.id, *hours);
  community::Rota open;
  open.post = post.id;
  open.anchor = turn.zone().day(turn.now());
  open.slots = slots_of(*hours);
  l.shifts.rotas().add(open, turn.now());
  l.shifts.plan_daily(turn.zone(), turn.now(), turn.now() + store::shift_horizon);
  for (const auto& running :
       community::needed(std::span(&*hours, 1), turn.zone(), turn.now(), turn.now() + Seconds{1}))
    open_rest(turn, post, *hours, running.from);
  int asked = 0;
  for (const auto& opening : l.shifts.openings().between(turn.now(), turn.now() + Seconds{24 * 3600})) {
    if (opening.post != post.id) continue;
    asked = desk_.ask_volunteers(turn, opening, post);  // about the first; 报名 shows all
    break;
  }
  desk_.tasks().tasks().record(
      {task->id, turn.now(), turn.act(), turn.sender(), "post_opened", {}, post.name});
  auto area = l.areas.find(post.area);
  turn.ask(topic(), "where", rota::post_opened,
           {{"post", desk_.post_name(post)},
            {"hours", community::hours_text(std::span(&*hours, 1))},
            {"what", post.what},
            {"word", post.code_word},
            {"radius", std::to_string(post.radius_m)},
            {"count", std::to_string(asked)},
            {"area", area ? area->name : ""}},
           {std::string(keep_place)});
  turn.remember("post", std::to_string(post.id.value));
  return true;
}

void RotaHandler::open_rest(Turn& turn, const store::Post& post, const community::Hours& hours, Time now) {
  constexpr Seconds quarter{15 * 60};
  Time from = std::chrono::ceil<std::chrono::minutes>(now);
  while (from.time_since_epoch() % quarter != Seconds{0}) from += std::chrono::minutes(1);
  Day today = turn.zone().day(now);
  for (Day day : {turn.zone().next_day(today, -1), today}) {
    for (const auto& slot : slots_of(hours)) {
      Span span{community::moment(turn.zone(), day, slot.start_minute),
                community::moment(turn.zone(), day, slot.end_minute)};
      if (span.from < from && from < span.until)
        desk_.ledgers().shifts.openings().put(post.id, from, span.until, slot.least, slot.most);
    }
  }
}

Answered RotaHandler::answer_where(Turn& turn) {
  auto post = desk_.ledgers().shifts.find_post(PostId{std::stoll(turn.answer("post"))});
  bool moved = turn.message().kind == MessageKind::location;
  if (!moved && turn.choice() != keep_place)
    return another_command(turn) ? Answered::taken : Answered::not_understood;
  turn.leave();
  if (!post || !desk_.leads(turn.sender(), post->area, turn.now())) {
    turn.say(rota::not_yours);
    return Answered::taken;
  }
  if (moved) desk_.ledgers().shifts.move_post(post->id, {turn.message().lat, turn.message().lon});
  turn.say(moved ? rota::where_done : rota::where_kept, {{"post", desk_.post_name(*post)}});
  return Answered::taken;
}

bool RotaHandler::close_post(Turn& turn, const dialog::Command&) {
  auto& l = desk_.ledgers();
  auto words = behind_command(turn.message().normal);
  if (words.empty() && l.shifts.on_post(turn.sender(), turn.now())) {  // means their own post: leaves it
    turn.redirect("leave");
    return true;
  }
  auto post = post_meant(turn, words.empty() ? "?" : words, "撤岗");
  if (!post) return true;
  // It cannot be undone, and people have put these shifts into their week.
  std::set<PersonId> concerned;
  for (const Duty& duty : l.shifts.ahead_at(post->id, turn.now())) concerned.insert(duty.shift.person);
  if (concerned.empty()) {
    give_up(turn, *post);
    return true;
  }
  turn.ask(topic(), "close", rota::close_ask,
           {{"post", desk_.post_name(*post)}, {"count", std::to_string(concerned.size())}},
           {std::string(close_choice), std::string(keep_choice)});
  turn.remember("post", std::to_string(post->id.value));
  return true;
}

Answered RotaHandler::answer_close(Turn& turn) {
  const std::string& normal = turn.message().normal;
  bool yes = turn.choice() == close_choice || turn.words().is_command("yes", normal);
  bool no = turn.choice() == keep_choice || turn.words().is_command("no", normal);
  if (!yes && !no) return another_command(turn) ? Answered::taken : Answered::not_understood;
  auto post = desk_.ledgers().shifts.find_post(PostId{std::stoll(turn.answer("post"))});
  turn.leave();
  if (!post || !desk_.leads(turn.sender(), post->area, turn.now()))
    turn.say(rota::not_yours);
  else if (yes)
    give_up(turn, *post);
  else
    turn.say(rota::post_kept, {{"post", desk_.post_name(*post)}});
  return Answered::taken;
}

/// Nothing is left hanging: shifts, questions, waiting lines and searches for somebody end with it.
void RotaHandler::give_up(Turn& turn, const store::Post& post) {
  auto& l = desk_.ledgers();
  std::map<PersonId, std::string> lines;
  for (Duty& duty : l.shifts.ahead_at(post.id, turn.now())) {
    lines[duty.shift.person] += "\n" + desk_.span_text(turn, {duty.shift.starts_at, duty.shift.ends_at});
    duty.shift.state = ShiftState::cancelled;
    l.shifts.save(duty.shift);
    desk_.drop_reminders(turn, duty.shift.id);
  }
  // Who stands there now may go; who was asked to stand there, or waits, need not any more.
  for (Duty& duty : l.shifts.between(turn.now() - Seconds{24 * 3600}, turn.now() + store::shift_horizon)) {
    if (duty.post.id != post.id || duty.shift.state == ShiftState::left) continue;
    bool there = duty.shift.state == ShiftState::on_post;
    if (!there && duty.shift.ends_at <= turn.now()) continue;  // past: what became of it stays
    duty.shift.state = there ? ShiftState::left : ShiftState::cancelled;
    if (there) duty.shift.out_at = turn.now();
    l.shifts.save(duty.shift);
    desk_.drop_reminders(turn, duty.shift.id);
    turn.tell(duty.shift.person, rota::post_closed_now, {{"post", desk_.post_name(post)}},
              {.urgency = dialog::Urgency::high});
  }
  for (community::Task& task : desk_.tasks().tasks().open_in(post.area, community::TaskKind::shift_cover)) {
    auto about = task.data.find("shift");
    auto duty = about == task.data.end() ? std::nullopt : l.shifts.find(ShiftId{std::stoll(about->second)});
    if (!duty || duty->post.id != post.id) continue;
    auto people = desk_.tasks().tasks().offered_to(task.id);
    if (task.owner) people.push_back(task.owner);
    desk_.tasks().close(turn, task, community::CloseHow::withdrawn);
    dialog::Values said{{"number", std::to_string(task.number)}, {"post", desk_.post_name(post)}};
    for (PersonId person : people) {
      if (person != turn.sender())
        turn.tell(person, rota::cover_closed, said, {.urgency = task.urgency, .task = task.id});
    }
  }
  for (std::int64_t ref : l.shifts.openings().asked_at(post.id)) {
    l.shifts.openings().stop_asking(ref);
    turn.around().asks.drop_all(topic(), ref);
    if (ref > 0) turn.around().dues.drop(DutyDesk::cover_key(ShiftId{ref}));
  }
  for (PersonId person : l.shifts.openings().waiting_at(post.id))
    lines.try_emplace(person, "\n（排队的也取消了）");
  l.shifts.close_post(post.id, turn.now());
  if (post.task)
    desk_.tasks().tasks().record(
        {post.task, turn.now(), turn.act(), turn.sender(), "post_closed", {}, post.name});
  for (const auto& [person, text] : lines)
    turn.tell(person, rota::post_closed_you, {{"post", desk_.post_name(post)}, {"lines", text}});
  turn.say(rota::post_closed, {{"post", desk_.post_name(post)}, {"count", std::to_string(lines.size())}});
}

}  // namespace linli::handlers
