#include "handlers/patrol.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "handlers/command_rest.hpp"
#include "handlers/patrol_texts.hpp"
#include "handlers/place.hpp"
#include "handlers/report_back.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Role;
using community::TaskKind;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr Role rounds_of[] = {Role::patroller, Role::grid_leader, Role::building_leader, Role::on_call};
constexpr std::size_t most_sites = 9;  // one digit each

bool is_four_digits(std::string_view text) {
  return text.size() == 4 && text.find_first_not_of("0123456789") == text.npos;
}

}  // namespace

std::vector<dialog::Step> PatrolHandler::steps() const {
  return {{"site", patrol::site_help},
          {"round", patrol::round_help},
          {"point", patrol::point_help},
          {"found", patrol::found_help}};
}

std::vector<TextId> PatrolHandler::texts() const {
  return {std::begin(patrol::all), std::end(patrol::all)};
}

/// The areas in which the sender walks rounds, none inside another.
std::vector<community::Area> PatrolHandler::own_areas(Turn& turn) {
  std::vector<Area> own;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (std::ranges::find(rounds_of, held.role) == std::end(rounds_of)) continue;
    auto area = l_.areas.find(held.area);
    if (!area) continue;
    bool known = std::ranges::any_of(own, [&](const Area& a) { return area->path.starts_with(a.path); });
    if (known) continue;
    std::erase_if(own, [&](const Area& a) { return a.path.starts_with(area->path); });
    own.push_back(std::move(*area));
  }
  return own;
}

bool PatrolHandler::patrols(Turn& turn) {
  return turn.has_sender() && l_.appointments.holds(turn.sender(), Role::patroller, turn.now());
}

/// The compound, courtyard or village of an area: one round.
AreaId PatrolHandler::site_of(AreaId area) {
  for (AreaKind kind : {AreaKind::compound, AreaKind::courtyard, AreaKind::village}) {
    if (auto site = l_.areas.above(area, kind)) return site->id;
  }
  return area;
}

/// Sites with points, the one with most points due first.
std::vector<PatrolHandler::Site> PatrolHandler::sites(Turn& turn) {
  std::vector<Site> found;
  for (const Area& own : own_areas(turn)) {
    for (Point& point : l_.patrol.below(own.path)) {
      AreaId id = site_of(point.area);
      auto site = std::ranges::find(found, id, [](const Site& one) { return one.area.id; });
      if (site == found.end()) {
        auto area = l_.areas.find(id);
        if (!area) continue;
        site = found.insert(found.end(), Site{std::move(*area), {}, 0});
      }
      if (point.due_at <= turn.now()) ++site->due;
      site->points.push_back(std::move(point));
    }
  }
  std::ranges::stable_sort(found, [](const Site& a, const Site& b) { return a.due > b.due; });
  return found;
}

bool PatrolHandler::duty_exists(AreaId area) {
  return levels_.exists(community::LevelDuty::rounds, l_.areas.level(area));
}

/// "和平社区的巡访员": who walks the rounds where the sender is.
std::string PatrolHandler::who_patrols(Turn& turn) {
  AreaId home = turn.me().home;
  if (auto held = l_.appointments.of_person(turn.sender(), turn.now()); !held.empty())
    home = held.front().area;
  for (Role role : rounds_of) {
    if (!home || role == Role::building_leader) continue;
    auto holders = l_.appointments.holders({role, std::nullopt}, home, turn.now());
    if (!holders.empty())
      return l_.areas.building_text(holders.front().area) + "的" + std::string(community::title(role));
  }
  return "社区的巡访员";
}

// --- the commands

bool PatrolHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "done") return done_command(turn, command);
  if (command.id == "finding") return finding_command(turn, command);
  if (own_areas(turn).empty()) {
    turn.say(patrol::refused, {{"who", who_patrols(turn)}});
    return true;
  }
  auto all = sites(turn);
  if (all.empty()) {
    turn.say(patrol::no_points);
    return true;
  }
  std::string_view named = command.exact ? std::string_view{} : behind_command(turn.message().normal);
  if (!named.empty()) {
    auto area = find_any_area(l_.areas, named, all.front().area.id).area;
    auto site =
        std::ranges::find_if(all, [&](const Site& one) { return area && one.area.id == site_of(area->id); });
    if (site != all.end()) {
      begin(turn, *site);
      return true;
    }
    turn.say(patrol::no_points_there,
             {{"where", area ? l_.areas.building_text(area->id) : std::string(named)}});
  }
  if (all.size() == 1)
    begin(turn, all.front());
  else
    show_sites(turn, all);
  return true;
}

void PatrolHandler::show_sites(Turn& turn, const std::vector<Site>& all) {
  std::string lines, ids;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < all.size() && i < most_sites; ++i) {
    std::string due = all[i].due > 0 ? fmt::format("，{} 个该去了", all[i].due) : "";
    lines += fmt::format("\n{} {}：{} 个点{}", i + 1, all[i].area.name, all[i].points.size(), due);
    names.push_back(all[i].area.name);
  }
  if (all.size() > most_sites)
    lines += fmt::format("\n还有 {} 处，写名字就行，比如“巡访 {}”", all.size() - most_sites,
                         all[most_sites].area.name);
  turn.ask(topic(), "site", patrol::ask_site, {{"lines", lines}}, std::move(names));
}

dialog::Answered PatrolHandler::answer_site(Turn& turn) {
  auto choice = turn.choice();
  for (const Site& site : sites(turn)) {
    bool named =
        choice ? site.area.name == *choice : turn.message().normal.find(site.area.name) != std::string::npos;
    if (!named) continue;
    begin(turn, site);
    return dialog::Answered::taken;
  }
  return dialog::Answered::not_understood;
}

/// "完成 12" of a list of points: it closes by itself when they have been visited, and not before.
bool PatrolHandler::done_command(Turn& turn, const dialog::Command& command) {
  if (!command.exact && !command.number) return false;
  auto mine = desk_.tasks().owned(turn.sender());
  std::optional<Task> task;
  if (command.number)
    task = desk_.tasks().find_by_number(*command.number);
  else if (mine.size() == 1)
    task = mine.front();
  if (!task || task->kind != TaskKind::patrol_point || task->owner != turn.sender() ||
      task->state != community::TaskState::accepted)
    return false;
  turn.say(patrol::to_visit, {{"number", std::to_string(task->number)}, {"text", task->text}});
  return true;
}

// --- without a command

/// At a point without having said 巡访: a location there, the four digits on its board, or a finding.
bool PatrolHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (read_report_back(turn, desk_, TaskKind::finding)) return true;
  bool text = message.kind == dialog::MessageKind::text;
  bool code = text && is_four_digits(message.normal);
  bool finding = text && rules_.kind_in(message.normal) && !turn.words().mentions("cue", message.normal);
  bool located = message.kind == dialog::MessageKind::location;
  if ((!code && !finding && !located) || !patrols(turn)) return false;
  if (finding) return static_cast<bool>(place_of(turn, message.normal, nullptr));
  for (const Site& site : sites(turn)) {
    if (code && by_code(turn, site.points)) return true;
    for (const Point& point : site.points) {
      double metres = community::distance_m({message.lat, message.lon}, point.place);
      if (located && metres <= point.radius_m) return true;
    }
  }
  return false;
}

void PatrolHandler::start(Turn& turn) {
  if (auto said = read_report_back(turn, desk_, TaskKind::finding))
    return settle(turn, said->task, said->solved);
  if (visit_alone(turn)) return;
  found(turn, turn.message().text, nullptr);
}

/// What somebody on a round tells in their own words: a finding, or else the round itself.
bool PatrolHandler::wish(Turn& turn, std::string_view) {
  if (own_areas(turn).empty()) return false;
  if (rules_.kind_in(turn.message().normal)) return found(turn, turn.message().text, nullptr), true;
  auto all = sites(turn);
  if (all.empty()) return false;
  all.size() == 1 ? begin(turn, all.front()) : show_sites(turn, all);
  return true;
}

dialog::Answered PatrolHandler::answer(Turn& turn) {
  const std::string& step = turn.dialog().step;
  if (turn.message().kind == dialog::MessageKind::text) {
    auto command = turn.words().command(turn.message().normal);
    if (command && command->id == "done") return dialog::Answered::not_mine;
    bool own = command && (command->id == "patrol" || command->id == "finding");
    if (own && (step != "found" || command->id == "patrol")) {
      if (command->id == "patrol") turn.leave();  // another round, or this one from the start
      this->command(turn, *command);
      return dialog::Answered::taken;
    }
  }
  if (step == "site") return answer_site(turn);
  if (step == "point") return answer_point(turn);
  if (step == "found") return answer_found(turn);
  return answer_round(turn);
}

void PatrolHandler::cancelled(Turn& turn) {
  if (turn.dialog().step == "round") turn.say(patrol::round_left);
}

}  // namespace linli::handlers
