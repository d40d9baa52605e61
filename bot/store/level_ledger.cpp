#include "bot/store/level_ledger.hpp"

namespace linli::store {

namespace {

constexpr const char* columns = "select c.id, c.area, c.level, c.before, c.at, c.person from level_change c ";

template <class... In>
std::optional<LevelChange> read(Statement& statement, const In&... in) {
  auto row = statement.one<std::int64_t, AreaId, std::string, std::string, Time, PersonId>(in...);
  if (!row) return std::nullopt;
  auto& [id, area, level, before, at, person] = *row;
  return LevelChange{id, area, level, before, at, person};
}

std::vector<PersonId> ids(std::vector<std::tuple<PersonId>> rows) {
  std::vector<PersonId> found;
  for (auto& [id] : rows) found.push_back(id);
  return found;
}

}  // namespace

LevelLedger::LevelLedger(Database& db, AreaLedger& areas)
    : areas_(areas),
      add_(db,
           "insert into level_change (area, level, before, at, person) "
           "values (:area, :level, :before, :at, :person) returning id"),
      void_below_(db,
                  "update area set level = null where level is not null and id <> :area "
                  "and substr(path, 1, length((select t.path from area t where t.id = :area2))) = "
                  "(select t.path from area t where t.id = :area3)"),
      find_(db, std::string(columns) + "where c.id = :id"),
      // The nearest area above that has a level of its own is the one that decides.
      last_(db,
            std::string("with recursive up(id, parent, depth) as (select id, parent, 0 from area where "
                        "id = :id union all select b.id, b.parent, up.depth + 1 from area b join up on "
                        "b.id = up.parent) ") +
                columns +
                "where c.area = (select up.id from up join area a on a.id = up.id where a.level is not null "
                "order by up.depth limit 1) order by c.at desc, c.id desc limit 1"),
      staff_(db,
             "select distinct a.person from appointment a cross join area b cross join area top "
             "where a.person > :after and a.from_at <= :now and coalesce(a.until_at, 9000000000000) > :now2 "
             "and b.id = a.area and top.id = :area and substr(b.path, 1, length(top.path)) = top.path "
             "order by a.person limit :limit"),
      residents_(db,
                 "select p.id from person p cross join area h cross join area top where p.id > :after "
                 "and h.id = p.home and top.id = :area and substr(h.path, 1, length(top.path)) = top.path "
                 "and exists (select 1 from contact c where c.person = p.id and c.followed = 1) "
                 "order by p.id limit :limit") {}

LevelChange LevelLedger::change(AreaId area, std::string_view level, PersonId person, Time now) {
  LevelChange change{{}, area, std::string(level), areas_.level(area), now, person};
  void_below_.run(area, area, area);
  areas_.set_level(area, level);
  change.id = std::get<0>(*add_.one<std::int64_t>(area, level, change.before, now, none_if_zero(person)));
  return change;
}

std::optional<LevelChange> LevelLedger::find(std::int64_t id) {
  return read(find_, id);
}
std::optional<LevelChange> LevelLedger::last(AreaId area) {
  return read(last_, area);
}

std::vector<PersonId> LevelLedger::staff(AreaId area, Time now, PersonId after, int limit) {
  return ids(staff_.all<PersonId>(after, now, now, area, limit));
}
std::vector<PersonId> LevelLedger::residents(AreaId area, PersonId after, int limit) {
  return ids(residents_.all<PersonId>(after, area, limit));
}

}  // namespace linli::store
