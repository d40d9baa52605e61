#include "handlers/duty_desk.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "handlers/rota_texts.hpp"

namespace linli::handlers {

using community::DutyRefusal;
using community::Role;
using community::Span;
using community::Task;
using community::TaskKind;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr std::string_view shift_topic = "shift_checkin";
constexpr Seconds week{7 * 24 * 3600};

std::string row_key(ShiftId shift, std::string_view what) {
  return fmt::format("shift:{}:{}", shift.value, what);
}

}  // namespace

std::string DutyDesk::cover_key(ShiftId shift) {
  return row_key(shift, "cover");
}

// --- people

bool DutyDesk::leads(PersonId person, AreaId area, Time now) {
  return l_.appointments.responsible(person, Role::grid_leader, area, now) ||
         l_.appointments.responsible(person, Role::on_call, area, now);
}

bool DutyDesk::is_volunteer(PersonId person, Time now) {
  return l_.appointments.holds(person, Role::volunteer, now);
}

std::optional<std::string> DutyDesk::refusal(Turn& turn, PersonId person, const store::Post& post,
                                             Span span) {
  std::vector<community::Stand> mine;
  for (const Duty& duty : l_.shifts.of_person(person, span.from - week, span.until + week)) {
    bool same = duty.post.id == post.id;
    mine.push_back({{duty.shift.starts_at, duty.shift.ends_at}, duty.post.place, same});
  }
  auto refused = community::refuse(rules_.limits, turn.zone(), mine, {span, post.place, true});
  if (!refused) return std::nullopt;
  std::string with = refused->with ? span_text(turn, *refused->with) : "";
  switch (refused->why) {
    case DutyRefusal::same_time:
      return fmt::format("和您 {} 的班撞了", with);
    case DutyRefusal::way:
      return fmt::format("和您 {} 的班离得远，走不过来", with);
    case DutyRefusal::rest:
      return fmt::format("和您 {} 的班隔得太近，中间要歇{}", with, dialog::duration_text(rules_.limits.rest));
    case DutyRefusal::week_shifts:
      return fmt::format("您这周已经有 {} 班了，歇歇吧", rules_.limits.week_shifts);
    case DutyRefusal::week_hours:
      break;
  }
  return fmt::format("您这周会超过 {} 小时，歇歇吧", rules_.limits.week_hours);
}

std::vector<PersonId> DutyDesk::volunteers_for(Turn& turn, const store::Post& post, Span span, PersonId but) {
  struct Near {
    double metres{};
    PersonId person;
    auto operator<=>(const Near&) const = default;
  };
  std::vector<Near> near;
  for (const auto& held : l_.appointments.all(Role::volunteer, turn.now())) {
    auto person = l_.people.find(held.person);
    if (!person || person->id == but || person->quiet) continue;
    auto home = l_.areas.place(person->home ? person->home : held.area);
    if (!home) continue;
    double metres = community::distance_m(*home, post.place);
    if (metres <= rules_.ask_within_m) near.push_back({metres, person->id});
  }
  std::ranges::sort(near);
  std::vector<PersonId> found;
  for (const Near& one : near) {
    if (static_cast<int>(found.size()) == rules_.ask_people) break;
    bool again = std::ranges::find(found, one.person) != found.end();
    if (again || !l_.people.contact_of(one.person) || refusal(turn, one.person, post, span)) continue;
    found.push_back(one.person);
  }
  return found;
}

PersonId DutyDesk::named(const store::Post& post, std::string_view name, Time now) {
  auto chain = l_.areas.chain(post.area);
  std::string top = chain.empty() ? std::string() : chain.front().path;
  for (const auto& area : chain) {
    if (area.kind == community::AreaKind::community || area.kind == community::AreaKind::village)
      top = area.path;
  }
  for (int r = static_cast<int>(Role::on_call); r >= 0; --r) {
    for (const auto& held : l_.appointments.all(static_cast<Role>(r), now)) {
      auto area = l_.areas.find(held.area);
      if (!area || !area->path.starts_with(top)) continue;
      auto person = l_.people.find(held.person);
      if (person && normalise(person->name) == name) return held.person;
    }
  }
  return {};
}

// --- words

std::string DutyDesk::post_name(const store::Post& post) {
  return l_.areas.building_text(post.area) + post.name;
}

std::string DutyDesk::span_text(Turn& turn, Span span) {
  return turn.when(span.from) + "到" + turn.zone().clock_text(span.until);
}

std::string DutyDesk::name_of(PersonId person) {
  auto found = l_.people.find(person);
  return found && !found->name.empty() ? found->name : std::string("一位值守的同志");
}

Values DutyDesk::values(Turn& turn, const store::Post& post, Span span) {
  return {{"post", post_name(post)}, {"span", span_text(turn, span)}, {"what", post.what}};
}

Values DutyDesk::values(Turn& turn, const Duty& duty) {
  Values said = values(turn, duty.post, {duty.shift.starts_at, duty.shift.ends_at});
  said.emplace_back("name", name_of(duty.shift.person));
  return said;
}

// --- acts

void DutyDesk::drop_reminders(Turn& turn, ShiftId shift) {
  for (std::string_view what : {"evening", "soon", "missing", "cover"})
    turn.around().dues.drop(row_key(shift, what));
  turn.around().asks.drop_all(shift_topic, shift.value);
}

ShiftId DutyDesk::put_on(Turn& turn, PersonId person, const store::Post& post, Span span,
                         std::string_view made_by, ShiftId cover_of) {
  ShiftId id = l_.shifts.put(post.id, person, span.from, span.until, made_by, cover_of);
  if (!id) return id;
  auto duty = l_.shifts.find(id);
  duty->shift.state = community::ShiftState::confirmed;
  duty->shift.confirmed_at = turn.now();
  if (span.from < turn.now()) {  // it runs already: they are on their way
    constexpr std::chrono::minutes way{30};
    auto late = std::chrono::ceil<std::chrono::minutes>(turn.now() - span.from) + way;
    duty->shift.late_minutes = static_cast<int>(late.count());
    turn.around().dues.set({row_key(id, "missing"), span.from + late + shift_rules_.missing_after,
                            std::string(shift_topic), id.value, "missing"});
  }
  l_.shifts.save(duty->shift);
  store::schedule_shift(turn.around().dues, turn.zone(), duty->shift, turn.now(), shift_rules_);
  return id;
}

bool DutyDesk::give_to_waiting(Turn& turn, const Duty& duty, PersonId& taken_by) {
  Span span{duty.shift.starts_at, duty.shift.ends_at};
  auto opening = l_.shifts.openings().of_span(duty.post.id, span.from, span.until);
  if (!opening || span.from <= turn.now()) return false;
  for (PersonId person : l_.shifts.openings().waiting(opening->id)) {
    if (refusal(turn, person, duty.post, span)) continue;  // keeps the place in the line
    if (!put_on(turn, person, duty.post, span, "cover", duty.shift.id)) continue;
    l_.shifts.openings().stop_waiting(opening->id, person);
    turn.tell(person, rota::waiting_turn, values(turn, duty.post, span));
    taken_by = person;
    return true;
  }
  return false;
}

DutyDesk::Found DutyDesk::lost(Turn& turn, const Duty& duty, std::string_view why) {
  Found found;
  if (give_to_waiting(turn, duty, found.person)) return found;
  found.how = Search::asked;
  if (ask_volunteers(turn, duty, "cover") > 0) {
    turn.around().dues.set(
        {cover_key(duty.shift.id), turn.now() + rules_.ask_wait, "rota", duty.shift.id.value, "cover"});
    return found;
  }
  found.how = Search::nobody;
  open_cover(turn, duty, why);
  return found;
}

bool DutyDesk::may_ask_now(Turn& turn) const {
  return !turn.around().quiet.at(turn.now());
}

std::string DutyDesk::free_digit(Turn& turn, PersonId person) {
  auto open = turn.around().asks.open(person, turn.now());
  for (char digit = '1'; digit < '9'; ++digit) {
    bool used = std::ranges::any_of(open, [&](const store::Ask& ask) {
      return (" " + ask.accepts + " ").find({' ', digit, ' '}) != std::string::npos;
    });
    if (!used) return std::string(1, digit);
  }
  return "9";
}

int DutyDesk::ask_volunteers(Turn& turn, const Duty& duty, std::string_view what) {
  if (!may_ask_now(turn)) return 0;
  const auto& shift = duty.shift;
  int asked = 0;
  for (PersonId person : volunteers_for(turn, duty.post, {shift.starts_at, shift.ends_at}, shift.person)) {
    dialog::Tell how{.keep = std::chrono::duration_cast<Seconds>(shift.ends_at - turn.now()),
                     .accepts = free_digit(turn, person),
                     .topic = "rota",
                     .ref = shift.id.value,
                     .hint = "我来"};
    Values said = values(turn, duty);
    said.emplace_back("digit", how.accepts);
    if (!turn.tell(person, what == "swap" ? rota::ask_swap : rota::ask_cover, said, how)) continue;
    l_.shifts.openings().ask(shift.id.value, person, what, turn.now());
    ++asked;
  }
  return asked;
}

int DutyDesk::ask_volunteers(Turn& turn, const store::Opening& opening, const store::Post& post) {
  if (!may_ask_now(turn)) return 0;
  int asked = 0;
  Span span{opening.starts_at, opening.ends_at};
  for (PersonId person : volunteers_for(turn, post, span)) {
    dialog::Tell how{.keep = std::chrono::duration_cast<Seconds>(opening.ends_at - turn.now()),
                     .accepts = free_digit(turn, person),
                     .topic = "rota",
                     .ref = -opening.id.value,
                     .hint = "我来"};
    Values said = values(turn, post, span);
    said.emplace_back("digit", how.accepts);
    if (!turn.tell(person, rota::ask_open, said, how)) continue;
    l_.shifts.openings().ask(-opening.id.value, person, "signup", turn.now());
    ++asked;
  }
  return asked;
}

void DutyDesk::stop_asking(Turn& turn, std::int64_t ref, const Values& said, PersonId but) {
  for (const auto& asked : l_.shifts.openings().asked(ref)) {
    if (asked.person != but) turn.tell(asked.person, rota::taken, said);
  }
  l_.shifts.openings().stop_asking(ref);
  turn.around().asks.drop_all("rota", ref);
  if (ref > 0) turn.around().dues.drop(cover_key(ShiftId{ref}));
}

std::optional<Task> DutyDesk::cover_of(const Duty& duty) {
  std::string id = std::to_string(duty.shift.id.value);
  for (Task& task : desk_.tasks().open_in(duty.post.area, TaskKind::shift_cover)) {
    auto about = task.data.find("shift");
    if (about != task.data.end() && about->second == id) return std::move(task);
  }
  return std::nullopt;
}

void DutyDesk::open_cover(Turn& turn, const Duty& duty, std::string_view why) {
  if (cover_of(duty)) return;
  dialog::NewTask wanted{
      .kind = TaskKind::shift_cover, .area = duty.post.area, .reporter = duty.shift.person, .at_once = true};
  Time asked = turn.around().quiet.end(turn.now());  // what is not urgent is not heard before
  bool soon = duty.shift.starts_at <= asked + shift_rules_.look_ahead;
  wanted.urgency = soon ? dialog::Urgency::high : dialog::Urgency::normal;
  wanted.text = fmt::format("{}{}的班{}", span_text(turn, {duty.shift.starts_at, duty.shift.ends_at}),
                            duty.post.name, why);
  wanted.data["shift"] = std::to_string(duty.shift.id.value);
  desk_.open(turn, std::move(wanted));
  // Nobody can stand a shift that is past: looking for somebody ends with it.
  turn.around().dues.set({row_key(duty.shift.id, "over"), duty.shift.ends_at, std::string(shift_topic),
                          duty.shift.id.value, "over"});
}

/// Somebody came, or will come after all, or the shift is past: whoever was looking for a substitute hears
/// it.
void DutyDesk::close_cover(Turn& turn, const Duty& duty, community::CloseHow how, dialog::TextId text) {
  auto task = cover_of(duty);
  if (!task) return;
  auto people = desk_.tasks().offered_to(task->id);
  bool only_the_owner =
      how == community::CloseHow::silent && task->owner;  // it was theirs: the others need not hear
  if (only_the_owner) people.clear();
  if (task->owner) people.push_back(task->owner);
  desk_.close(turn, *task, how);
  Values said = values(turn, duty);
  said.emplace_back("number", std::to_string(task->number));
  for (PersonId person : people) turn.tell(person, text, said, {.urgency = task->urgency, .task = task->id});
}

}  // namespace linli::handlers
