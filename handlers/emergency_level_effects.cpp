// What a change of the emergency level starts and stops, so that nothing is left dangling, and who hears of
// it: staff at once, residents by day. Announcements go in batches, each a row of what falls due.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <sstream>

#include "handlers/emergency_level.hpp"
#include "handlers/emergency_level_texts.hpp"

namespace linli::handlers {

namespace text = emergency;
using community::LevelDuty;
using community::ShiftState;
using community::TaskKind;
using dialog::Turn;

namespace {

constexpr int batch = 200;
constexpr Seconds being_stood{12 * 3600};  // a shift begun within this may be going on
constexpr Seconds told_within{24 * 3600};
constexpr std::string_view asked_daily[] = {"state", "consent", "guess"};  // a report of illness goes on

}  // namespace

bool EmergencyLevelHandler::within(AreaId area, AreaId above) {
  auto chain = l_.areas.chain(area);
  return std::ranges::find(chain, above, &store::Area::id) != chain.end();
}

std::vector<EmergencyLevelHandler::Affected> EmergencyLevelHandler::shifts_of(AreaId area, Time now) {
  std::vector<Affected> found;
  for (auto& duty : l_.shifts.starting(now - being_stood, now + store::shift_horizon)) {
    bool over = duty.shift.state == ShiftState::left || duty.shift.ends_at <= now;
    if (over || !within(duty.post.area, area)) continue;
    bool was = rules_.exists(LevelDuty::shift_checkin, l_.areas.level(duty.post.area));
    found.push_back({std::move(duty), was});
  }
  return found;
}

void EmergencyLevelHandler::change(Turn& turn, AreaId area, Level level) {
  auto affected = shifts_of(area, turn.now());
  auto before = community::emergency_level(l_.areas.level(area)).value_or(Level::normal);
  auto change = l_.levels.change(area, community::name(level), turn.sender(), turn.now());
  bool stood = rules_.exists(LevelDuty::shift_checkin, level);
  std::erase_if(affected, [&](const Affected& one) { return one.was_stood == stood; });
  if (stood) {
    schedule_shifts(l_.shifts, turn.around().dues, turn.zone(), turn.now(),
                    turn.now() + store::shift_horizon);
  } else {
    for (const auto& one : affected) {
      for (const char* what : {"evening", "soon", "missing"})
        turn.around().dues.drop(fmt::format("shift:{}:{}", one.duty.shift.id.value, what));
      turn.around().asks.drop_all("shift_checkin", one.duty.shift.id.value);
    }
    stop_searches(turn, area, level);
    close_covers(turn, area, level);
  }
  tell_shifts(turn, affected, stood, level);
  bool stops =
      rules_.exists(LevelDuty::daily_checkin, before) && !rules_.exists(LevelDuty::daily_checkin, level);
  if (stops || !stood) end_dialogs(turn, area, level);
  announce(turn, change, "staff", {}, heard_before(turn, change));
}

/// Each volunteer hears once of all their shifts.
void EmergencyLevelHandler::tell_shifts(Turn& turn, const std::vector<Affected>& affected, bool stood,
                                        Level level) {
  std::map<PersonId, std::string> lines;
  for (const auto& [duty, was] : affected) {
    const auto& shift = duty.shift;
    lines[shift.person] +=
        fmt::format("\n{}到{} {}{}{}", turn.when(shift.starts_at), turn.zone().clock_text(shift.ends_at),
                    l_.areas.building_text(duty.post.area), duty.post.name,
                    shift.state == ShiftState::on_post ? "（您在岗上，可以下岗了）" : "");
  }
  for (const auto& [person, list] : lines) {
    turn.tell(person, stood ? text::shifts_on : text::shifts_off,
              {{"level", std::string(community::title(level))}, {"lines", list}},
              {.urgency = dialog::Urgency::high});
  }
}

/// Volunteers are being asked to stand in for somebody who declined.
void EmergencyLevelHandler::stop_searches(Turn& turn, AreaId area, Level level) {
  for (const auto& row : turn.around().dues.of_topic("rota")) {
    auto duty = row.data == "cover" ? l_.shifts.find(ShiftId{row.ref}) : std::nullopt;
    if (!duty || !within(duty->post.area, area)) continue;
    for (const auto& asked : l_.shifts.openings().asked(row.ref))
      turn.tell(asked.person, text::asking_off, {{"level", std::string(community::title(level))}});
    l_.shifts.openings().stop_asking(row.ref);
    turn.around().asks.drop_all("rota", row.ref);
    turn.around().dues.drop(row.key);
  }
}

/// Nobody needs to find somebody for a shift that is not stood.
void EmergencyLevelHandler::close_covers(Turn& turn, AreaId area, Level level) {
  for (auto& task : desk_.tasks().open_in(area, TaskKind::shift_cover)) {
    auto people = desk_.tasks().offered_to(task.id);
    if (task.owner) people.push_back(task.owner);
    desk_.close(turn, task, community::CloseHow::withdrawn);
    for (PersonId person : people) {
      turn.tell(person, text::cover_off,
                {{"number", std::to_string(task.number)}, {"level", std::string(community::title(level))}},
                {.task = task.id});
    }
  }
}

/// Whoever is just being asked about a duty that is off.
void EmergencyLevelHandler::end_dialogs(Turn& turn, AreaId area, Level level) {
  bool daily = !rules_.exists(LevelDuty::daily_checkin, level);
  bool shifts = !rules_.exists(LevelDuty::shift_checkin, level);
  auto& people = turn.around().people;
  for (const auto& row : turn.around().dues.of_topic("dialog")) {
    auto contact = people.contact(ContactId{row.ref});
    auto person = contact ? people.find(contact->person) : std::nullopt;
    if (!person || person->id == turn.sender()) continue;
    auto stored = people.dialog_of(contact->id);
    auto dialog =
        stored.empty() ? Result<dialog::Dialog>(dialog::Dialog{}) : dialog::dialog_from_json(stored);
    if (!dialog) continue;
    bool asked = daily && dialog->topic == "health_checkin" && person->home && within(person->home, area) &&
                 std::ranges::find(asked_daily, dialog->step) != std::end(asked_daily);
    auto duty =
        shifts && dialog->topic == "shift_checkin" ? l_.shifts.due(person->id, turn.now()) : std::nullopt;
    if (!asked && !(duty && within(duty->post.area, area))) continue;
    turn.take_out(person->id, dialog->topic);
    turn.tell(person->id, text::dialog_over, {{"level", std::string(community::title(level))}},
              {.optional = true});
  }
}

/// The level that residents know of: the one before, unless they have not been told of that yet (a change in
/// the night, changed again before the morning); then that is not told any more.
std::string EmergencyLevelHandler::heard_before(Turn& turn, const store::LevelChange& change) {
  for (const auto& row : turn.around().dues.of_topic(topic())) {
    auto earlier = l_.levels.find(row.ref);
    std::istringstream data(row.data);
    std::string who, heard;
    data >> who >> heard;
    if (who != "residents" || !earlier || earlier->area != change.area) continue;
    turn.around().dues.drop(row.key);
    return heard;
  }
  return change.before;
}

/// The next batch of those who hear of the change, as something due: staff now, residents by day.
void EmergencyLevelHandler::announce(Turn& turn, const store::LevelChange& change, std::string_view who,
                                     PersonId after, std::string_view heard) {
  Time at = who == "staff" ? turn.now() : turn.around().quiet.end(turn.now());
  turn.around().dues.set({fmt::format("level:{}:{}:{}", change.id, who, after.value), at,
                          std::string(topic()), change.id, fmt::format("{} {} {}", who, heard, after.value)});
}

void EmergencyLevelHandler::due(Turn& turn, const store::Due& due) {
  auto change = l_.levels.find(due.ref);
  auto last = change ? l_.levels.last(change->area) : std::nullopt;
  if (!last || last->id != change->id) return;  // it has changed again: that is told instead
  std::istringstream data(due.data);
  std::string who, heard;
  std::int64_t after = 0;
  data >> who >> heard >> after;
  bool staff = who == "staff";
  auto was = community::emergency_level(staff ? change->before : heard).value_or(Level::normal);
  auto is = community::emergency_level(change->level).value_or(Level::normal);
  if (was == is) return;  // for residents it never was anything else
  auto people = staff ? l_.levels.staff(change->area, turn.now(), PersonId{after}, batch)
                      : l_.levels.residents(change->area, PersonId{after}, batch);
  bool asked = rules_.exists(LevelDuty::daily_checkin, was),
       asks = rules_.exists(LevelDuty::daily_checkin, is);
  dialog::TextId id = staff           ? text::staff_told
                      : asked == asks ? text::resident_same
                      : asks          ? text::resident_starts
                                      : text::resident_stops;
  dialog::Values values{{"place", l_.areas.building_text(change->area)},
                        {"from", std::string(community::title(was))},
                        {"to", std::string(community::title(is))},
                        {"effects", effects_text(was, is)}};
  for (PersonId person : people) {
    if (person == change->person) continue;  // did it
    turn.tell(person, id, values,
              {.urgency = staff && is > was ? dialog::Urgency::high : dialog::Urgency::normal,
               .dedupe = fmt::format("level:{}:{}", change->id, person.value),  // staff who live there: once
               .keep = told_within,
               .optional = !staff});
  }
  if (people.size() == static_cast<std::size_t>(batch))
    announce(turn, *change, who, people.back(), heard);
  else if (staff)  // residents after all staff: of two messages to one person the first stays
    announce(turn, *change, "residents", {}, heard);
}

}  // namespace linli::handlers
