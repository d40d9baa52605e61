#include "bot/store/coverage_ledger.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "bot/community/duty_hours.hpp"
#include "bot/store/path_range.hpp"

namespace linli::store {

namespace {

constexpr std::string_view everywhere = "/";
constexpr Seconds longest_shift{48 * 3600};

/// "3月2日 22:00到23:00，共 2 段".
std::string bare_text(const std::vector<community::Span>& bare, const Zone& zone) {
  if (bare.empty()) return {};
  std::string text = zone.date_time_text(bare.front().from) + "到" + zone.clock_text(bare.front().until);
  if (bare.size() > 1) text += "等 " + std::to_string(bare.size()) + " 段";
  return text;
}

/// The topmost area of the chain that is no street, township or district; that itself for larger ones.
const Area& scope_of(const std::vector<Area>& chain) {
  auto small = std::ranges::find_if(chain, [](const Area& area) { return area.kind >= AreaKind::community; });
  return small == chain.end() ? chain.back() : *small;
}

}  // namespace

CoverageLedger::CoverageLedger(Database& db, AreaLedger& areas, AppointmentLedger& appointments)
    : areas_(areas),
      appointments_(appointments),
      below_(db,
             "select id, code, kind, name, parent, path, unmanaged from area where kind in ('district', "
             "'street', 'township', 'community', 'village', 'compound', 'courtyard', 'building', 'unit') "
             "and path >= :from and path < :until"),
      households_(db,
                  "select parent, count(*) from area where kind = 'household' and path >= :from "
                  "and path < :until group by parent"),
      // Every act in the chat is a message; the others count for people whose phone was bound anew since.
      person_(db,
              "select exists (select 1 from contact c where c.person = p.id and c.followed = 1), "
              "max(coalesce((select max(c.last_message_at) from contact c where c.person = p.id), 0), "
              "coalesce((select max(e.at) from task_event e where e.actor = p.id "
              "and e.what in ('accepted', 'done', 'returned')), 0), "
              "coalesce((select max(s.in_at) from shift s where s.person = p.id), 0), "
              "coalesce((select max(k.at) from checkin k where k.entered_by = p.id), 0)) "
              "from person p where p.id = :person"),
      posts_(db,
             "select p.id, p.area, p.name from post p where p.closed_at is null "
             "and exists (select 1 from post_hours h where h.post = p.id) order by p.id"),
      hours_(db, "select post, weekdays, start_minute, end_minute from post_hours"),
      standing_(
          db,
          "select post, starts_at, ends_at from shift where starts_at > :earliest and starts_at < :until "
          "and ends_at > :from and person is not null and state not in ('declined', 'cancelled')") {}

CoverageFacts CoverageLedger::facts(const CoverageRules& rules, const Zone& zone, Time now, AreaId area) {
  CoverageFacts facts;
  facts.now = now;
  read_areas(facts, area);
  read_people(facts, rules);
  read_posts(facts, rules, zone);
  return facts;
}

void CoverageLedger::read_areas(CoverageFacts& facts, AreaId area) {
  std::string from(everywhere);
  if (area) {
    auto chain = areas_.chain(area);
    if (chain.empty()) return;
    const Area& scope = scope_of(chain);
    from = scope.path;
    for (const Area& above : chain) {
      if (above.id == scope.id) break;
      facts.areas.push_back(above);
    }
  }
  std::string until = end_of_below(from);
  below_.each<AreaId, std::string, std::string, std::string, AreaId, std::string, bool>(
      [&](AreaId id, std::string code, const std::string& kind, std::string name, AreaId parent,
          std::string path, bool unmanaged) {
        auto known = community::area_kind(kind);
        if (!known) throw StorageError(11, "a stored area is of a kind nobody knows");
        facts.areas.push_back(
            {id, std::move(code), *known, std::move(name), parent, std::move(path), unmanaged});
      },
      from, until);
  households_.each<AreaId, int>([&](AreaId parent, int count) { facts.households[parent] = count; }, from,
                                until);
}

void CoverageLedger::read_people(CoverageFacts& facts, const CoverageRules& rules) {
  std::set<Role> roles;
  for (const auto& rule : rules.of) {
    for (const auto& may : rule.by) roles.insert(may.role);
  }
  std::set<AreaId> here;
  for (const Area& area : facts.areas) here.insert(area.id);
  for (Role role : roles) {
    for (const Appointment& held : appointments_.all(role, facts.now)) {
      if (!here.contains(held.area)) continue;
      facts.holders.push_back({held.person, held.role, held.area});
      facts.people.try_emplace(held.person);
    }
  }
  // An office that somebody has, but nobody answers for today, is not one without an appointment.
  std::set<std::pair<Role, AreaId>> held;
  for (const auto& one : facts.holders) held.insert({one.role, one.area});
  auto root = std::ranges::min_element(facts.areas, {}, [](const Area& area) { return area.path.size(); });
  if (root != facts.areas.end()) {
    for (const Appointment& one : appointments_.below(root->id, facts.now)) {
      bool missed =
          roles.contains(one.role) && here.contains(one.area) && !held.contains({one.role, one.area});
      if (missed && appointments_.absent(one.person, facts.now))
        facts.away.push_back({one.person, one.role, one.area});
    }
  }
  for (auto& [person, known] : facts.people) {
    auto row = person_.one<bool, Time>(person);
    if (!row) continue;
    known.reachable = std::get<0>(*row);
    if (std::get<1>(*row) > Time{}) known.last_act = std::get<1>(*row);
  }
}

/// Three questions for all posts together.
void CoverageLedger::read_posts(CoverageFacts& facts, const CoverageRules& rules, const Zone& zone) {
  std::set<AreaId> here;
  for (const Area& area : facts.areas) here.insert(area.id);
  Time until = facts.now + rules.posts_ahead;
  std::map<PostId, std::vector<community::Hours>> hours;
  hours_.each<PostId, int, int, int>([&](PostId post, int weekdays, int start, int end) {
    hours[post].push_back({static_cast<unsigned>(weekdays), start, end});
  });
  std::map<PostId, std::vector<community::Span>> standing;
  standing_.each<PostId, Time, Time>(
      [&](PostId post, Time starts, Time ends) {
        standing[post].push_back({starts, ends});
      },
      facts.now - longest_shift, until, facts.now);
  for (auto& [post, area, name] : posts_.all<PostId, AreaId, std::string>()) {
    bool stood = rules.levels.exists(community::LevelDuty::shift_checkin, areas_.level(area));
    if (!here.contains(area) || !stood) continue;
    auto needed = community::needed(hours[post], zone, facts.now, until);
    auto bare = community::uncovered(needed, standing[post]);
    facts.posts.push_back({post, area, std::move(name), bare_text(bare, zone)});
  }
}

}  // namespace linli::store
