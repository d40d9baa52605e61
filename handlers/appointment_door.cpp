// "敲门的是真工作人员吗": who of the staff answers for a building today, by role and badge. Never a name, a
// phone or where else somebody serves: whoever asks may be anybody.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/appointment.hpp"
#include "handlers/appointment_texts.hpp"

namespace linli::handlers {

namespace text = appointment;
using community::AreaKind;
using community::Role;
using dialog::Turn;

namespace {

constexpr Role who_visits[] = {Role::grid_leader, Role::building_leader, Role::unit_leader,
                               Role::patroller,   Role::instructor,      Role::supervisor,
                               Role::publicist,   Role::joint_defender,  Role::on_call};
constexpr std::size_t shortest_badge = 3, longest_badge = 12;

/// "hp07": letters followed by digits, the only such run in a normalised text.
std::string badge_in(std::string_view normal) {
  auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < normal.size(); ++at) {
    std::size_t end = at;
    while (end < normal.size() && letter(normal[end])) ++end;
    if (end == at) continue;
    std::size_t digits = end;
    while (digits < normal.size() && digit(normal[digits])) ++digits;
    std::size_t length = digits - at;
    if (digits > end && length >= shortest_badge && length <= longest_badge)
      return std::string(normal.substr(at, length));
    at = digits;
  }
  return {};
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace

/// The building (or courtyard, or a unit of it) that the words name; nothing if they name none. At home, if
/// they name no place.
AreaId AppointmentHandler::door_in(Turn& turn, std::string_view words) {
  auto found = l_.areas.find_in_text(words, turn.me().home);
  if (!found.area || found.ambiguous || found.area->kind < AreaKind::compound) return {};
  bool whole_compound =
      found.area->kind == AreaKind::compound && !l_.areas.below(found.area->id, AreaKind::building).empty();
  return whole_compound && turn.dialog().step != "door" ? AreaId{} : found.area->id;
}

void AppointmentHandler::at_door(Turn& turn, std::string_view words) {
  std::string badge = upper(badge_in(words));
  AreaId where = door_in(turn, words);
  if (!where) where = turn.me().home;
  if (where) return say_door(turn, where, badge);
  turn.remember("badge", badge);
  turn.ask(topic(), "door", text::ask_door);
}

void AppointmentHandler::say_door(Turn& turn, AreaId where, std::string_view badge) {
  std::string place = l_.areas.building_text(where);
  auto all = visitors(where, turn.now());
  if (!badge.empty()) {
    auto known = std::ranges::find(all, badge, [](const Visitor& one) { return upper(one.badge); });
    if (known == all.end())
      return turn.say(text::badge_no, {{"badge", std::string(badge)}, {"place", place}});
    return turn.say(text::badge_yes, {{"badge", known->badge}, {"place", place}, {"what", known->what}});
  }
  if (all.empty()) return turn.say(text::door_nobody, {{"place", place}});
  std::string list;
  for (const auto& one : all)
    list += fmt::format("{}{}（胸牌 {}）", list.empty() ? "" : "、", one.what, one.badge);
  turn.say(text::door_list, {{"place", place}, {"list", list}});
}

/// Whoever stands in shows their own badge, not the holder's.
std::string AppointmentHandler::badge_of(const Appointment& one, Time now) {
  auto term = l_.appointments.find(one.id);
  if (term && term->appointment.person == one.person && !term->badge.empty()) return term->badge;
  for (const auto& own : l_.appointments.terms(one.person)) {
    bool runs = own.from <= now && (!own.until || now < *own.until);
    if (runs && !own.badge.empty()) return own.badge;
  }
  return {};
}

/// Of each role whoever answers for the place, and of the organisations all in reach.
std::vector<AppointmentHandler::Visitor> AppointmentHandler::visitors(AreaId where, Time now) {
  std::vector<Visitor> all;
  auto add = [&](const Appointment& one) {
    std::string badge = badge_of(one, now);
    bool there = std::ranges::find(all, badge, &Visitor::badge) != all.end();
    if (badge.empty() || there) return;
    std::string what(community::title(one.role));
    if (auto serves = l_.organisations.find(one.organisation)) what = serves->name + what;
    all.push_back({std::move(what), std::move(badge)});
  };
  for (Role role : who_visits) {
    for (const auto& one : l_.appointments.holders({role, std::nullopt}, where, now)) add(one);
  }
  for (const auto& organisation : l_.organisations.in_reach(where)) {
    for (const auto& one : l_.appointments.of_organisation(organisation.id, now)) add(one);
  }
  return all;
}

}  // namespace linli::handlers
