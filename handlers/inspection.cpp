#include "handlers/inspection.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "handlers/command_rest.hpp"
#include "handlers/inspection_texts.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Role;
using community::TaskKind;
using community::TaskState;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr Role inspectors[] = {Role::instructor, Role::publicist, Role::on_call};
constexpr Role readers[] = {Role::instructor, Role::publicist, Role::on_call, Role::supervisor,
                            Role::grid_leader};
constexpr AreaKind inspected[] = {AreaKind::compound, AreaKind::courtyard, AreaKind::village};
constexpr std::size_t most_sites = 9;  // one digit each

}  // namespace

std::vector<dialog::Step> InspectionHandler::steps() const {
  return {{"site", inspect::site_help}, {"item", inspect::item_help}, {"what", inspect::what_help}};
}

std::vector<TextId> InspectionHandler::texts() const {
  return {std::begin(inspect::all), std::end(inspect::all)};
}

/// Where the sender inspects, or (`record`) may see what was found.
std::vector<community::Area> InspectionHandler::areas_of(Turn& turn, bool record) {
  std::vector<Area> areas;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    bool counts = record ? std::ranges::find(readers, held.role) != std::end(readers)
                         : std::ranges::find(inspectors, held.role) != std::end(inspectors);
    auto area = counts ? l_.areas.find(held.area) : std::nullopt;
    if (area) areas.push_back(std::move(*area));
  }
  return areas;
}

bool InspectionHandler::within(const std::vector<Area>& areas, const Area& site) {
  return std::ranges::any_of(areas, [&](const Area& area) { return site.path.starts_with(area.path); });
}

std::vector<community::Area> InspectionHandler::sites(const std::vector<Area>& areas) {
  std::vector<Area> found;
  for (const Area& area : areas) {
    for (AreaKind kind : inspected) {
      for (Area& site : l_.areas.below(area.id, kind)) {
        if (std::ranges::find(found, site.id, &Area::id) == found.end()) found.push_back(std::move(site));
      }
    }
  }
  return found.empty() ? areas : found;  // an area without compounds is inspected as it is
}

std::optional<community::Area> InspectionHandler::named_site(std::string_view normal, AreaId near) {
  auto found = find_any_area(l_.areas, normal, near);
  if (!found.area || found.ambiguous) return std::nullopt;
  for (AreaKind kind : inspected) {
    if (auto site = l_.areas.above(found.area->id, kind)) return site;
  }
  return std::nullopt;
}

std::string InspectionHandler::who_inspects(Turn& turn, AreaId area) {
  if (!area) area = turn.me().home;
  for (Role role : inspectors) {
    auto holders = area ? l_.appointments.holders({role, std::nullopt}, area, turn.now())
                        : std::vector<store::Appointment>();
    if (!holders.empty())
      return l_.areas.building_text(holders.front().area) + "的" + std::string(community::title(role));
  }
  return "社区的指导员";
}

bool InspectionHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "recheck") {
    recheck(turn, command);
    return true;
  }
  std::string_view named = command.exact ? std::string_view{} : behind_command(turn.message().normal);
  if (command.id == "inspection_record")
    show_record(turn, named);
  else
    inspect(turn, named);
  return true;
}

/// "督查", "督查 和平苑"
void InspectionHandler::inspect(Turn& turn, std::string_view named) {
  auto own = areas_of(turn, false);
  if (own.empty()) {
    auto held = l_.appointments.of_person(turn.sender(), turn.now());
    AreaId area = held.empty() ? AreaId{} : held.front().area;
    return turn.say(inspect::refused, {{"who", who_inspects(turn, area)}});
  }
  auto all = sites(own);
  if (!named.empty()) {
    auto site = named_site(named, all.front().id);
    if (site && within(own, *site)) return begin(turn, *site);
    if (site)
      return turn.say(inspect::refused_there, {{"where", site->name}, {"who", who_inspects(turn, site->id)}});
  }
  if (all.size() == 1) return begin(turn, all.front());
  show_sites(turn, std::move(all));
}

/// Whatever was inspected longest ago first.
void InspectionHandler::show_sites(Turn& turn, std::vector<Area> all) {
  std::vector<std::pair<Time, Area>> by_age;
  for (Area& site : all) {
    auto last = l_.inspections.last(site.id, 1);
    by_age.emplace_back(last.empty() ? Time{} : last.front().begun_at, std::move(site));
  }
  std::ranges::stable_sort(by_age, {}, &std::pair<Time, Area>::first);
  std::string lines;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < by_age.size() && i < most_sites; ++i) {
    const auto& [at, site] = by_age[i];
    lines += fmt::format("\n{} {}（{}）", i + 1, site.name,
                         at == Time{} ? "还没督查过" : turn.when(at) + "督查过");
    names.push_back(site.name);
  }
  if (by_age.size() > most_sites)
    lines += fmt::format("\n还有 {} 处，写名字就行，比如“{}”", by_age.size() - most_sites,
                         by_age[most_sites].second.name);
  turn.ask(topic(), "site", inspect::ask_site, {{"lines", lines}}, std::move(names));
}

/// "督查记录", "督查记录 和平苑"
void InspectionHandler::show_record(Turn& turn, std::string_view named) {
  auto own = areas_of(turn, true);
  if (own.empty()) return turn.say(inspect::record_refused);
  auto all = sites(own);
  std::optional<Area> site;
  if (!named.empty()) site = named_site(named, own.front().id);
  if (named.empty() && all.size() == 1) site = all.front();
  if (!site) return turn.say(inspect::record_how, {{"example", all.front().name}});
  if (!within(own, *site))
    return turn.say(inspect::refused_there, {{"where", site->name}, {"who", who_inspects(turn, site->id)}});
  std::string lines;
  for (const Inspection& inspection : l_.inspections.last(site->id, rules_.shown))
    lines += "\n" + record_line(turn, inspection);
  std::string open;
  for (const Task& task : desk_.tasks().open_in(site->id, TaskKind::rectification)) {
    std::string state = task.state == TaskState::done ? "等复查"
                        : task.owner                  ? desk_.owner_text(task, turn.now()) + "在改"
                                                      : "还没人接";
    open += fmt::format("\n{} 号 {}（{}）", task.number, task.text, state);
  }
  if (lines.empty() && open.empty()) return turn.say(inspect::record_none, {{"where", site->name}});
  turn.say(inspect::record, {{"where", site->name},
                             {"lines", lines},
                             {"open", open.empty() ? "没有没改完的。" : "没改完的：" + open}});
}

/// "3月2日 10:20 指导员：好 10 项，有问题 2 项，没看 0 项"
std::string InspectionHandler::record_line(Turn& turn, const Inspection& inspection) {
  auto items = l_.inspections.items(inspection.id);
  auto good = std::ranges::count_if(items, [](const auto& item) { return item.good; });
  auto bad = static_cast<std::int64_t>(items.size()) - good;
  auto unseen = std::max<std::int64_t>(
      0, static_cast<std::int64_t>(rules_.items()) - static_cast<std::int64_t>(items.size()));
  std::string by = "督查";
  for (const auto& held : l_.appointments.of_person(inspection.inspector, inspection.begun_at)) {
    if (std::ranges::find(inspectors, held.role) == std::end(inspectors)) continue;
    by = community::title(held.role);
    break;
  }
  std::string line = fmt::format("{} {}：好 {} 项，有问题 {} 项",
                                 turn.zone().date_time_text(inspection.begun_at), by, good, bad);
  if (unseen > 0) line += fmt::format("，没看 {} 项", unseen);
  for (const auto& item : items) {
    const auto* area = rules_.area_of(item.item);
    if (!item.good) line += fmt::format("\n  {}：{}", area ? area->name : item.item, item.words);
  }
  return line;
}

}  // namespace linli::handlers
