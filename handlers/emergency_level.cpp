#include "handlers/emergency_level.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "handlers/command_rest.hpp"
#include "handlers/emergency_level_texts.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

namespace text = emergency;
using community::AreaKind;
using community::LevelDuty;
using community::Role;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr std::string_view sure = "确定", not_now = "取消";

std::string without(std::string_view words, const community::LevelSaid& said) {
  std::string rest(words.substr(0, said.at));
  rest += words.substr(said.at + said.length);
  auto first = rest.find_first_not_of(' ');
  if (first == rest.npos) return {};
  return rest.substr(first, rest.find_last_not_of(' ') - first + 1);
}

std::string level_title(std::string_view level) {
  auto known = community::emergency_level(level);
  return std::string(community::title(known.value_or(community::EmergencyLevel::normal)));
}

}  // namespace

std::vector<dialog::Step> EmergencyLevelHandler::steps() const {
  return {{"confirm", text::help_confirm}};
}

std::vector<dialog::TextId> EmergencyLevelHandler::texts() const {
  return {std::begin(text::all), std::end(text::all)};
}

/// "把级别调到紧急", "应急级别紧急", of an officer on call: plainly no request for help.
bool EmergencyLevelHandler::fits(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (turn.message().kind != dialog::MessageKind::text || !community::level_in(normal)) return false;
  constexpr std::string_view about_it[] = {"级别", "应急等级", "应急状态"};  // 应急 alone may be about goods
  bool about =
      std::ranges::any_of(about_it, [&](std::string_view word) { return normal.find(word) != normal.npos; });
  return about && l_.appointments.holds(turn.sender(), Role::on_call, turn.now());
}

void EmergencyLevelHandler::start(Turn& turn) {
  std::string words = turn.message().normal;
  auto said = community::level_in(words);
  if (!said) return show(turn, {});
  words = without(words, *said);
  for (std::string_view filler :
       {"应急级别", "应急等级", "应急", "级别", "调整", "调到", "调成", "改成", "改为", "把", "的"}) {
    for (auto at = words.find(filler); at != words.npos; at = words.find(filler))
      words.erase(at, filler.size());
  }
  ask_to_change(turn, said->level, words);
}

bool EmergencyLevelHandler::command(Turn& turn, const dialog::Command&) {
  bool typed = turn.message().kind == dialog::MessageKind::text;
  std::string words(typed ? behind_command(turn.message().normal) : std::string_view{});
  auto said = community::level_in(words);
  if (said) {
    ask_to_change(turn, said->level, without(words, *said));
  } else {
    show(turn, words);
  }
  return true;
}

/// Of the place that was named, else of one's office, else of one's home, else of the whole district.
void EmergencyLevelHandler::show(Turn& turn, std::string_view place) {
  AreaId area = turn.me().home;
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  if (!held.empty()) area = held.front().area;
  if (!place.empty()) {
    auto found = find_any_area(l_.areas, place, area);
    if (!found.area || found.ambiguous || found.several) return turn.say(text::how);
    area = found.area->id;
  }
  if (!area) {
    auto roots = l_.areas.below({}, AreaKind::district);
    if (roots.empty()) return turn.say(text::how);
    area = roots.front().id;
  }
  std::string level = l_.areas.level(area), duties;
  for (auto duty : {LevelDuty::daily_checkin, LevelDuty::shift_checkin, LevelDuty::rounds}) {
    if (rules_.exists(duty, level))
      duties += fmt::format("{}{}", duties.empty() ? "" : "、", community::title(duty));
  }
  auto last = l_.levels.last(area);
  std::string since = last && last->level == level ? turn.when(last->at) + "起" : "现在";
  turn.say(text::shown, {{"place", l_.areas.building_text(area)},
                         {"since", since},
                         {"level", level_title(level)},
                         {"duties", duties.empty() ? "没有额外的打卡和值守" : "有" + duties}});
  if (may_change(turn.sender(), area, turn.now()))
    turn.say(text::how_to_change, {{"place", l_.areas.building_text(area)}});
}

bool EmergencyLevelHandler::may_change(PersonId person, AreaId area, Time now) {
  return l_.appointments.responsible(person, Role::on_call, area, now);
}

void EmergencyLevelHandler::refuse(Turn& turn, AreaId area) {
  std::string who = "那一片的值班干部";
  auto officers = area ? l_.appointments.holders({Role::on_call, std::nullopt}, area, turn.now())
                       : std::vector<store::Appointment>{};
  if (!officers.empty())
    who = l_.areas.building_text(officers.front().area) + std::string(community::title(Role::on_call));
  turn.say(text::refused, {{"who", who}});
}

std::string EmergencyLevelHandler::effects_text(Level before, Level after) {
  std::string starts, stops;
  for (auto duty : {LevelDuty::daily_checkin, LevelDuty::shift_checkin, LevelDuty::rounds}) {
    bool was = rules_.exists(duty, before), is = rules_.exists(duty, after);
    std::string& list = is ? starts : stops;
    if (was != is) list += fmt::format("{}{}", list.empty() ? "" : "、", community::title(duty));
  }
  if (starts.empty() && stops.empty()) return "打卡和值守不变";
  std::string both = starts.empty() ? "" : "开始：" + starts;
  if (!stops.empty()) both += (both.empty() ? "停止：" : "；停止：") + stops;
  return both;
}

void EmergencyLevelHandler::ask_to_change(Turn& turn, Level level, std::string_view place) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  auto own = std::ranges::find(held, Role::on_call, &store::Appointment::role);
  AreaId area = own != held.end() ? own->area : AreaId{};
  if (!place.empty()) {
    auto found = find_any_area(l_.areas, place, area ? area : turn.me().home);
    bool whole = found.area && !found.ambiguous && !found.several && found.missing.empty() &&
                 found.area->kind < AreaKind::unit;
    if (!whole) return turn.say(text::how);
    area = found.area->id;
  }
  if (!area) area = held.empty() ? turn.me().home : held.front().area;
  if (own == held.end() || !may_change(turn.sender(), area, turn.now())) return refuse(turn, area);
  auto before = community::emergency_level(l_.areas.level(area)).value_or(Level::normal);
  std::string name = l_.areas.building_text(area), to(community::title(level));
  if (before == level) return turn.say(text::same, {{"place", name}, {"level", to}});
  std::size_t shifts = 0;
  for (const auto& one : shifts_of(area, turn.now()))
    shifts += one.was_stood != rules_.exists(LevelDuty::shift_checkin, level);
  turn.remember("area", std::to_string(area.value));
  turn.remember("level", community::name(level));
  turn.ask(topic(), "confirm", text::ask_confirm,
           {{"place", name},
            {"from", std::string(community::title(before))},
            {"to", to},
            {"effects", effects_text(before, level)},
            {"shifts", std::to_string(shifts)}},
           {std::string(sure), std::string(not_now)});
}

Answered EmergencyLevelHandler::answer(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (turn.words().is_command("emergency_level", normal)) return Answered::not_mine;
  auto choice = turn.choice();
  bool yes = choice == sure || turn.words().is_command("yes", normal);
  bool no = choice == not_now || turn.words().is_command("no", normal);
  if (!yes && !no) return Answered::not_understood;
  if (yes) {
    carry_out(turn);
  } else {
    turn.leave();
    turn.say(text::not_changed);
  }
  return Answered::taken;
}

/// Checked once more: the question may be old.
void EmergencyLevelHandler::carry_out(Turn& turn) {
  AreaId area;
  std::string stored = turn.answer("area");
  std::from_chars(stored.data(), stored.data() + stored.size(), area.value);
  auto level = community::emergency_level(turn.answer("level")).value_or(Level::normal);
  turn.leave();
  if (!may_change(turn.sender(), area, turn.now())) return refuse(turn, area);
  std::string place = l_.areas.building_text(area), to(community::title(level));
  if (l_.areas.level(area) == community::name(level))
    return turn.say(text::same, {{"place", place}, {"level", to}});
  turn.say(text::changed, {{"place", place}, {"level", to}});
  change(turn, area, level);
}

}  // namespace linli::handlers
