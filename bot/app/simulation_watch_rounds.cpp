// The part of Watch that looks at rounds and inspections: a point that nobody has visited in time stands in a
// list that somebody owes, and no shortcoming is written off but by somebody else's eyes.
#include <fmt/format.h>

#include "bot/app/simulation_watch.hpp"
#include "bot/community/level_rules.hpp"

namespace linli::app::simulation {

namespace {

constexpr Seconds looked_every{3600};  // config/patrol.toml
constexpr Seconds tick{60};

}  // namespace

void Watch::look_at_rounds() {
  auto& db = scene_.house().database();
  auto& l = scene_.house().ledgers();
  store::Statement changed(db, "select coalesce(max(at), 0) from level_change");
  Time level_since = std::get<0>(*changed.one<Time>());
  store::Statement late(db, "select id, area, due_at from patrol_point where closed = 0 and due_at <= :now");
  std::vector<std::tuple<std::int64_t, AreaId, Time>> points;
  late.each<std::int64_t, AreaId, Time>(
      [&](std::int64_t id, AreaId area, Time due) { points.emplace_back(id, area, due); }, scene_.now());
  for (const auto& [id, area, due] : points) {
    Time known = std::max(due, level_since) + looked_every + tick;
    if (scene_.now() <= seen_by(known) + tick || l.areas.level(area) == "normal") continue;
    bool listed = false;
    for (const auto& above : l.areas.chain(area)) {
      for (const auto& task : l.tasks.open_in(above.id, community::TaskKind::patrol_point)) {
        auto ids = task.data.find("points");
        listed = listed || (ids != task.data.end() &&
                            (" " + ids->second).find(fmt::format(" {} ", id)) != std::string::npos);
      }
    }
    check("no_blind_spot", listed, "nobody owes a visit to a point that is overdue; point", id);
  }
  store::Statement closed(
      db,
      "select t.number, t.closed_how, coalesce((select max(e.actor) from task_event e "
      "where e.task = t.id and e.what = 'confirmed'), 0), coalesce(t.owner, 0) from task t "
      "where t.kind = 'rectification'");
  closed.each<std::int64_t, std::string, std::int64_t, std::int64_t>(
      [&](std::int64_t number, const std::string& how, std::int64_t by, std::int64_t owner) {
        bool seen = how == "confirmed" && by != 0 && by != owner;
        check("rechecked", how.empty() || seen,
              "a shortcoming was written off and nobody else has looked at it; number", number);
      });
}

}  // namespace linli::app::simulation
