// Home observation: begun by a returnee's entry, ended by itself; who is observed, and whether a door may be
// left.
#include <fmt/format.h>
#include <utility>

#include "bot/community/home_observation.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/gate.hpp"
#include "handlers/gate_texts.hpp"

namespace linli::handlers {

using community::GateKind;
using community::Role;
using dialog::TextId;
using dialog::Turn;
using dialog::Values;
using store::Observation;

namespace {

constexpr std::size_t longest_list = 20;

std::string end_key(std::int64_t id) {
  return fmt::format("observation:{}", id);
}

Day first_day(const Observation& observation) {
  return parse_day(observation.from_day).value();
}

std::string day_text(Day day) {
  return fmt::format("{}月{}日", day.month, day.day);
}

}  // namespace

Values GateHandler::values(Turn& turn, const Observation& observation) {
  const Zone& zone = turn.zone();
  Day first = first_day(observation);
  int day = std::min(community::day_number(first, zone.day(turn.now())), observation.days);
  return {
      {"door", l_.areas.building_text(observation.household) == "" ? "" : door_text(observation.household)},
      {"day", std::to_string(day)},
      {"days", std::to_string(observation.days)},
      {"ends", day_text(zone.next_day(first, observation.days))},
      {"from", observation.from_place}};
}

void GateHandler::tell_household(Turn& turn, AreaId household, TextId text, const Values& values) {
  for (PersonId person : l_.people.find_by_home(household)) {
    if (person != turn.sender()) turn.tell(person, text, values);
  }
}

/// The grid leader; the officer on call if none can be reached.
void GateHandler::tell_leader(Turn& turn, AreaId household, TextId text, const Values& values,
                              dialog::Urgency urgency) {
  for (Role role : {Role::grid_leader, Role::on_call}) {
    bool told = false;
    for (const auto& holder : l_.appointments.holders({role, std::nullopt}, household, turn.now())) {
      bool myself = holder.person == turn.sender();
      told = myself || turn.tell(holder.person, text, values, {.urgency = urgency}) || told;
    }
    if (told) return;
  }
}

void GateHandler::after_writing(Turn& turn, const Row& row) {
  if (row.entry.kind == GateKind::returnee) begin_observation(turn, row);
  if (row.entry.kind == GateKind::out) came_out(turn, row);
}

void GateHandler::schedule_end(Turn& turn, const Observation& observation) {
  Time ends = community::observation_ends(turn.zone(), first_day(observation), observation.days);
  turn.around().dues.set({end_key(observation.id), ends, std::string(topic()), observation.id, "end"});
  care_.observe(turn, observation.household, ends);
}

void GateHandler::begin_observation(Turn& turn, const Row& row) {
  if (auto running = l_.observations.of_household(row.place)) return observe_longer(turn, *running, row);
  Observation observation{.household = row.place,
                          .from_day = row.day,
                          .days = row.entry.days.value_or(settings_.observation_days),
                          .from_place = row.entry.from,
                          .entry = row.id,
                          .started_by = turn.sender()};
  l_.observations.start(observation);
  schedule_end(turn, observation);
  Values said = values(turn, observation);
  auto post = row.post ? l_.shifts.find_post(row.post) : std::nullopt;
  said.emplace_back("post", l_.areas.building_text(row.site) + (post ? post->name : ""));
  turn.say(gate::observation_begun, said);
  tell_leader(turn, row.place, gate::staff_returnee, said, dialog::Urgency::normal);
  tell_household(turn, row.place, gate::your_observation, said);
}

/// Another one comes back to a household that is observed already: their days count from today. The same
/// one written twice changes nothing.
void GateHandler::observe_longer(Turn& turn, Observation running, const Row& row) {
  int days = row.entry.days.value_or(settings_.observation_days);
  bool another = row.entry.days || row.entry.from != running.from_place;
  int all = community::day_number(first_day(running), turn.zone().day(turn.now())) - 1 + days;
  if (!another || all <= running.days) return turn.say(gate::observation_runs, values(turn, running));
  running.longer_by = row.id;
  running.days_before = std::exchange(running.days, all);
  l_.observations.save(running);
  schedule_end(turn, running);
  Values said = values(turn, running);
  turn.say(gate::observation_longer, said);
  tell_leader(turn, row.place, gate::staff_longer, said, dialog::Urgency::normal);
  tell_household(turn, row.place, gate::your_longer, said);
}

/// Somebody of an observed household at the gate.
void GateHandler::came_out(Turn& turn, const Row& row) {
  auto running = l_.observations.of_household(row.place);
  if (!running) return;
  Values said = values(turn, *running);
  auto post = row.post ? l_.shifts.find_post(row.post) : std::nullopt;
  said.emplace_back("post", l_.areas.building_text(row.site) + (post ? post->name : ""));
  turn.say(gate::out_observed, said);
  tell_leader(turn, row.place, gate::staff_out, said, dialog::Urgency::high);
}

/// A returnee's entry was corrected: another door, or other days.
void GateHandler::move_observation(Turn& turn, const Row& before, const Row& now) {
  if (now.entry.kind != GateKind::returnee) return;
  auto running = before.place ? l_.observations.of_household(before.place) : std::nullopt;
  if (running && running->longer_by == now.id) {
    observe_as_before(turn, *running);
    return begin_observation(turn, now);
  }
  if (!running || running->entry != now.id) return;
  if (before.place != now.place) {
    cancel_observation(turn, before);
    return begin_observation(turn, now);
  }
  running->days = now.entry.days.value_or(running->days);
  running->from_place = now.entry.from;
  l_.observations.save(*running);
  schedule_end(turn, *running);
  turn.say(gate::observation_runs, values(turn, *running));
}

void GateHandler::cancel_observation(Turn& turn, const Row& row) {
  auto running = row.place ? l_.observations.of_household(row.place) : std::nullopt;
  if (running && running->longer_by == row.id) return observe_as_before(turn, *running);
  if (!running || running->entry != row.id) return;
  l_.observations.end(running->id, turn.now());
  care_.unobserve(turn, running->household);
  turn.around().dues.drop(end_key(running->id));
  Values said = values(turn, *running);
  tell_leader(turn, row.place, gate::staff_cancelled, said, dialog::Urgency::normal);
  tell_household(turn, row.place, gate::your_cancelled, said);
}

/// The entry that made it longer was undone, or was of another door.
void GateHandler::observe_as_before(Turn& turn, Observation running) {
  running.days = running.days_before;
  running.longer_by = 0;
  l_.observations.save(running);
  schedule_end(turn, running);
  Values said = values(turn, running);
  turn.say(gate::observation_runs, said);
  tell_leader(turn, running.household, gate::staff_as_before, said, dialog::Urgency::normal);
  tell_household(turn, running.household, gate::your_as_before, said);
}

void GateHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "sweep") return sweep(turn);
  end_observation(turn, due);
}

void GateHandler::end_observation(Turn& turn, const store::Due& due) {
  auto running = l_.observations.find(due.ref);
  if (!running) return;
  l_.observations.end(running->id, turn.now());
  care_.unobserve(turn, running->household);
  Values said = values(turn, *running);
  tell_leader(turn, running->household, gate::staff_ended, said, dialog::Urgency::normal);
  tell_household(turn, running->household, gate::your_ended, said);
}

/// "居家观察": who and on which day, without names; "居家观察 结束 5号楼2单元301" by an officer.
bool GateHandler::observed(Turn& turn, const dialog::Command& command) {
  auto mine = stations(turn);
  if (mine.empty()) {
    auto own = turn.me().home ? l_.observations.of_household(turn.me().home) : std::nullopt;
    if (own)
      turn.say(gate::observed_yours, values(turn, *own));
    else
      turn.say(gate::observed_refused);
    return true;
  }
  if (!command.exact) return stop_observation(turn, mine, behind_command(turn.message().normal));
  const Station& station = mine.front();
  bool officer = !station.post;
  std::string lines;
  auto running = l_.observations.below(station.scope.path);
  for (std::size_t i = 0; i < running.size() && i < longest_list; ++i) {
    auto v = values(turn, running[i]);
    auto value = [&](std::string_view key) {
      return std::ranges::find(v, key, &Values::value_type::first)->second;
    };
    lines += fmt::format("\n{} 第 {} 天，共 {} 天", value("door"), value("day"), value("days"));
    if (officer) lines += fmt::format("（从{}回来，{}早上结束）", value("from"), value("ends"));
  }
  if (running.size() > longest_list) lines += fmt::format("\n……还有 {} 户", running.size() - longest_list);
  Values said{{"where", station.name}, {"count", std::to_string(running.size())}, {"lines", lines}};
  turn.say(running.empty() ? gate::observed_none : gate::observed_list, said);
  return true;
}

/// Whoever decides about home observation; a building leader only sees it.
bool GateHandler::may_stop(Turn& turn, AreaId household) {
  return l_.appointments.responsible(turn.sender(), Role::grid_leader, household, turn.now()) ||
         l_.appointments.responsible(turn.sender(), Role::on_call, household, turn.now());
}

bool GateHandler::stop_observation(Turn& turn, const std::vector<Station>& mine, std::string_view words) {
  std::string_view end = "结束";
  for (const Station& station : mine) {
    if (station.post || !words.starts_with(end)) continue;
    auto found = find_place(station, std::string(words.substr(end.size())));
    if (!found.area || !found.area->path.starts_with(station.scope.path)) continue;
    if (!may_stop(turn, found.area->id)) continue;
    auto running = l_.observations.of_household(found.area->id);
    if (!running) continue;
    l_.observations.end(running->id, turn.now());
    care_.unobserve(turn, running->household);
    turn.around().dues.drop(end_key(running->id));
    Values said = values(turn, *running);
    turn.say(gate::observed_stopped, said);
    tell_household(turn, running->household, gate::your_ended, said);
    return true;
  }
  turn.say(gate::stop_how);
  return true;
}

/// "3号楼2单元501 能出门吗": to those who write the register, and to everybody about their own door.
void GateHandler::may_go_out(Turn& turn, const std::string& place) {
  AreaId home = turn.me().home;
  if (place.empty()) {
    auto own = l_.observations.of_household(home);
    return own ? turn.say(gate::observed_yours, values(turn, *own)) : turn.say(gate::not_observed);
  }
  auto mine = stations(turn);
  auto found = mine.empty() ? l_.areas.find_in_text(place, home).area : find_place(mine.front(), place).area;
  bool own = found && home && found->id == home;
  bool allowed = own;
  for (const Station& station : mine)
    allowed = allowed || (found && found->path.starts_with(station.scope.path));
  if (mine.empty() && !own) return turn.say(gate::observed_refused);
  if (!found || found->kind != community::AreaKind::household) return turn.say(gate::which_door);
  if (!allowed)
    return turn.say(gate::elsewhere,
                    {{"site", mine.front().name}, {"place", l_.areas.building_text(found->id)}});
  auto running = l_.observations.of_household(found->id);
  if (running) return turn.say(gate::may_not_go_out, values(turn, *running));
  turn.say(gate::may_go_out, {{"door", door_text(found->id)}});
}

}  // namespace linli::handlers
