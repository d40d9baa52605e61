// 名单: whoever is responsible for a place sees who has not been heard from; nobody else does.
#include <algorithm>

#include "handlers/command_rest.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using community::Role;

namespace {

constexpr Seconds listed_for{12 * 3600};
constexpr std::size_t longest_list = 60;
constexpr Role who_may_see[] = {Role::grid_leader, Role::building_leader, Role::unit_leader, Role::on_call};

void append(std::string& text, std::string_view part, std::string_view mark = "、") {
  if (!text.empty()) text += mark;
  text += part;
}

}  // namespace

bool HealthCheckinHandler::may_see(PersonId person, AreaId area, Time now) {
  return std::ranges::any_of(who_may_see,
                             [&](Role role) { return l_.appointments.responsible(person, role, area, now); });
}

/// True if refused: told who can, politely.
bool HealthCheckinHandler::refuse(Turn& turn, AreaId area) {
  if (area && may_see(turn.sender(), area, turn.now())) return false;
  std::string who = "管那一片的网格长";
  if (area) {
    auto holders = l_.appointments.holders({Role::grid_leader, std::nullopt}, area, turn.now());
    if (!holders.empty()) who = l_.areas.building_text(holders.front().area) + "的网格长";
  }
  turn.say(text::not_responsible, {{"who", who}});
  return true;
}

/// "名单 3号楼"; without a place, how many are missing where.
void HealthCheckinHandler::roster(Turn& turn) {
  auto mine = l_.appointments.of_person(turn.sender(), turn.now());
  std::string_view place = behind_command(turn.message().normal);
  if (mine.empty() && place.empty()) return (void)refuse(turn, {});
  if (place.empty()) {
    std::vector<community::Area> areas;
    for (const auto& own : mine) {
      auto area = l_.areas.find(own.area);
      if (area && std::ranges::find(who_may_see, own.role) != std::end(who_may_see)) areas.push_back(*area);
    }
    return areas.empty() ? (void)refuse(turn, {}) : roster_counts(turn, areas);
  }
  auto found = l_.areas.find_in_text(place, mine.empty() ? turn.me().home : mine.front().area);
  if (mine.empty()) return (void)refuse(turn, found.area ? found.area->id : AreaId{});
  if (!found.area || found.several || !found.missing.empty()) return turn.say(text::roster_how);
  if (refuse(turn, found.area->id)) return;
  bool holds_buildings = found.area->kind != community::AreaKind::building &&
                         !l_.areas.below(found.area->id, community::AreaKind::building).empty();
  if (holds_buildings) return roster_counts(turn, {*found.area});
  auto rows = l_.checkins.unheard_below(found.area->path, today(turn));
  bool below_building =
      found.area->kind == community::AreaKind::unit || found.area->kind == community::AreaKind::household;
  std::string where =
      below_building ? l_.areas.address_text(found.area->id) : l_.areas.building_text(found.area->id);
  turn.around().asks.put({turn.sender(), std::string(listed), found.area->id.value, "", "", turn.now(),
                          turn.now() + listed_for});
  if (rows.empty()) return turn.say(text::all_in, {{"where", where}});
  turn.say(text::roster_list,
           {{"where", where}, {"count", std::to_string(rows.size())}, {"list", rooms_text(rows)}});
}

/// How many are missing where, in areas that hold several buildings.
void HealthCheckinHandler::roster_counts(Turn& turn, const std::vector<community::Area>& areas) {
  std::size_t count = 0;
  std::string list, first, where;
  for (const auto& area : areas) {
    append(where, area.name);
    auto rows = l_.checkins.unheard_below(area.path, today(turn));
    count += rows.size();
    if (!rows.empty()) append(list, count_text(area.id, rows, first.empty() ? &first : nullptr), "，");
  }
  if (count == 0) return turn.say(text::all_in, {{"where", where}});
  turn.say(text::roster_counts_text, {{"count", std::to_string(count)}, {"list", list}, {"first", first}});
}

/// "1单元 101、102；2单元 501"
std::string HealthCheckinHandler::rooms_text(const std::vector<store::Unheard>& rows) {
  std::string list;
  AreaId last;
  for (std::size_t i = 0; i < std::min(rows.size(), longest_list); ++i) {
    auto ids = community::ids_of_path(rows[i].path);
    AreaId parent = ids.size() > 1 ? ids[ids.size() - 2] : AreaId{};
    bool same = parent == last;
    last = parent;
    auto above = same ? std::nullopt : l_.areas.find(parent);
    if (same) {
      append(list, rows[i].name);
    } else {
      append(list, (above ? above->name + " " : std::string()) + rows[i].name, "\n");
    }
  }
  if (rows.size() > longest_list)
    append(list, "还有 " + std::to_string(rows.size() - longest_list) + " 户", "\n");
  return list;
}

}  // namespace linli::handlers
