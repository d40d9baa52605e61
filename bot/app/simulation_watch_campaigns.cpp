// The part of Watch that counts campaigns again: from the rows of households, areas and events, never from
// the kept counts. Every total of every area, the states against the base, the children against their parent;
// what was closed or confirmed is what it was.
#include <fmt/format.h>

#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

namespace {

using community::CampaignState;
using community::CampaignTotals;

constexpr const char* rule = "campaign_totals";

struct Door {
  std::vector<AreaId> above;  // root first, the household itself last
};

}  // namespace

void Watch::look_at_campaigns() {
  if (!scene_.bot().up()) return;
  auto& db = scene_.house().database();
  auto& campaigns = scene_.house().ledgers().campaigns;
  std::map<std::int64_t, Door> doors;
  store::Statement households(db,
                              "select id, path from area where kind = 'household' and parent is not null");
  households.each<std::int64_t, std::string>(
      [&](std::int64_t id, const std::string& path) { doors[id] = {community::ids_of_path(path)}; });
  store::Statement tree(db, "select id, coalesce(parent, 0) from area where kind <> 'household' order by id");
  auto areas = tree.all<AreaId, AreaId>();
  store::Statement all(db, "select id, area, audience, closed_at is not null from campaign order by id");
  store::Statement rows(db, "select household, state from campaign_household where campaign = :id");
  store::Statement found(
      db, "select distinct household from campaign_event where campaign = :id and via = 'found'");
  store::Statement listed(db,
                          "select b.area from campaign_base b join area a on a.id = b.area "
                          "where b.campaign = :id and a.kind = 'household' and b.households = 1");
  for (const auto& [id, top, audience, closed] : all.all<std::int64_t, AreaId, std::string, bool>()) {
    auto campaign = campaigns.find(id);
    auto kept = [&](AreaId area) { return campaigns.totals(*campaign, area); };
    if (closed) {
      auto [before, first] = closed_.try_emplace(id, kept(top));
      check(rule, before->second == kept(top), "a closed campaign's totals changed, campaign", id);
      continue;
    }
    std::map<std::int64_t, CampaignTotals> counted;
    auto add = [&](std::int64_t household, auto change) {
      auto door = doors.find(household);
      if (door == doors.end()) return;
      bool within = std::ranges::find(door->second.above, top) != door->second.above.end();
      for (AreaId area : door->second.above) {
        if (within) change(counted[area.value]);
      }
    };
    auto of = [](CampaignState state) { return static_cast<std::size_t>(state); };
    auto in_base = [&](std::int64_t household) {
      add(household, [&](CampaignTotals& t) { ++t.base, ++t.by_state[of(CampaignState::not_yet)]; });
    };
    if (audience.empty()) {
      for (const auto& [household, door] : doors) in_base(household);
    } else {
      listed.each<std::int64_t>(in_base, id);
    }
    rows.each<std::int64_t, std::string>(
        [&](std::int64_t household, const std::string& state) {
          auto is = community::campaign_state(state).value_or(CampaignState::not_yet);
          add(household, [&](CampaignTotals& t) {
            --t.by_state[of(CampaignState::not_yet)];
            ++t.by_state[of(is)];
          });
        },
        id);
    found.each<std::int64_t>(
        [&](std::int64_t household) { add(household, [](CampaignTotals& t) { ++t.found_ever; }); }, id);
    std::map<std::int64_t, CampaignTotals> of_children;
    std::set<std::int64_t> parents;
    for (const auto& [area, parent] : areas) {
      auto row = counted.find(area.value);
      if (row == counted.end()) continue;
      auto chain = scene_.house().ledgers().areas.find(area);
      auto above = scene_.house().ledgers().areas.find(top);
      if (!chain || !above || !chain->path.starts_with(above->path)) continue;
      auto totals = kept(area);
      check(rule, totals == row->second,
            fmt::format("campaign {}: {} of {} done are kept, {} of {} counted, area", id,
                        totals.of(CampaignState::done), totals.base, row->second.of(CampaignState::done),
                        row->second.base),
            area.value);
      std::int64_t sum = 0;
      for (auto households_in : totals.by_state) {
        sum += households_in;
        check(rule, households_in >= 0, "less than no household in a state, area", area.value);
      }
      check(rule, sum == totals.base, "the states do not sum to the base, area", area.value);
      of_children[parent.value] = of_children[parent.value] + totals;
      parents.insert(area.value);
    }
    for (std::int64_t area :
         parents) {  // an area that has areas below has no doors of its own in this district
      auto children = of_children.find(area);
      if (children == of_children.end()) continue;
      check(rule, kept(AreaId{area}).base >= children->second.base,
            "children have more than their parent, area", area);
    }
  }
  store::Statement days(db, "select id from campaign_day where confirmed_at is not null order by id");
  for (const auto& [id] : days.all<std::int64_t>()) {
    auto day = campaigns.day(id);
    auto [before, first] = confirmed_.try_emplace(id, day->totals);
    check(rule, before->second == day->totals, "a confirmed day changed, row", id);
  }
}

}  // namespace linli::app::simulation
