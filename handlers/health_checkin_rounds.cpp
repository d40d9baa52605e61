// Digests: at each slot one message a grid leader about the households not heard from. One row a slot in the
// list of what falls due makes one row for everybody who is a grid leader then (an appointment of this
// morning is included), and sets the next slot; the keys name slot and appointment, so that neither a restart
// nor a jump of the clock says anything twice.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "bot/community/slot.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using community::AreaKind;
using community::Role;

namespace {

constexpr std::string_view topic_name = "health_checkin";
constexpr Seconds digest_keeps{6 * 3600};
constexpr std::size_t most_buildings = 12;

}  // namespace

void schedule_rounds(store::DueLedger& dues, const Zone& zone, Time now, std::span<const int> digest_at) {
  if (digest_at.empty()) return;
  auto slot = community::next_slot(zone, digest_at, now);
  dues.set_once({"round:checkin_digest:" + slot.name, slot.at, std::string(topic_name), 0, "plan"});
}

void HealthCheckinHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "plan") return plan_digests(turn, due);
  digest(turn, due);
}

void HealthCheckinHandler::plan_digests(Turn& turn, const store::Due& due) {
  schedule_rounds(turn.around().dues, turn.zone(), turn.now(), digest_at_);
  std::set<PersonId> planned;
  for (const auto& appointment : l_.appointments.all(Role::grid_leader, turn.now())) {
    if (!planned.insert(appointment.person).second) continue;  // one message, however many areas
    turn.around().dues.set_once({fmt::format("{}:{}", due.key, appointment.id.value), turn.now(),
                                 std::string(topic()), appointment.person.value, "digest"});
  }
}

void HealthCheckinHandler::digest(Turn& turn, const store::Due& due) {
  PersonId person{due.ref};
  std::size_t count = 0;
  std::string list, first;
  for (const auto& own : l_.appointments.of_person(person, turn.now())) {
    if (own.role != Role::grid_leader) continue;
    bool exists = levels_.exists(community::LevelDuty::rounds, l_.areas.level(own.area));
    auto area = exists ? l_.areas.find(own.area) : std::nullopt;
    if (!area) continue;
    auto rows = l_.checkins.unheard_below(area->path, today(turn));
    if (rows.empty()) continue;
    count += rows.size();
    list += (list.empty() ? "" : "，") + count_text(area->id, rows, first.empty() ? &first : nullptr);
  }
  if (count == 0) return;  // everybody was heard from: nothing to do, nothing to say
  turn.tell(person, text::digest_text, {{"count", std::to_string(count)}, {"list", list}, {"first", first}},
            {.dedupe = due.key, .keep = digest_keeps});
}

/// "3号楼 3 户，5号楼 2 户"; buildings of several compounds with their compound. `first_building`: the first
/// named.
std::string HealthCheckinHandler::count_text(AreaId under, const std::vector<store::Unheard>& rows,
                                             std::string* first_building) {
  std::map<AreaId, std::string> names;
  std::map<std::string, int> same_name;
  for (const auto& building : l_.areas.below(under, AreaKind::building)) {
    names[building.id] = building.name;
    ++same_name[building.name];
  }
  std::vector<std::pair<AreaId, int>> counts;
  for (const auto& row : rows) {
    auto ids = community::ids_of_path(row.path);
    auto at = std::ranges::find_if(ids, [&](AreaId id) { return names.contains(id); });
    AreaId where = at != ids.end() ? *at : ids.size() > 1 ? ids[ids.size() - 2] : under;
    auto known = std::ranges::find(counts, where, &std::pair<AreaId, int>::first);
    if (known == counts.end()) {
      counts.emplace_back(where, 1);
    } else {
      ++known->second;
    }
  }
  std::string list;
  for (std::size_t i = 0; i < counts.size() && i < most_buildings; ++i) {
    const std::string& name = names[counts[i].first];
    bool alone = !name.empty() && same_name[name] == 1;
    std::string shown = alone ? name : l_.areas.building_text(counts[i].first);
    if (i == 0 && first_building) *first_building = shown;
    list += fmt::format("{}{} {} 户", i == 0 ? "" : "，", shown, counts[i].second);
  }
  if (counts.size() > most_buildings) list += fmt::format("，另外 {} 处", counts.size() - most_buildings);
  return list;
}

}  // namespace linli::handlers
