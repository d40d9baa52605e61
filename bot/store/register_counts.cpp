#include "bot/store/register_counts.hpp"

#include <string>

namespace linli::store {

namespace {

/// Everything above an area, the area itself left out.
std::string above(const char* rest) {
  return std::string(
             "with recursive up(id, parent) as (select p.id, p.parent from area h join area p on p.id = "
             "h.parent "
             "where h.id = :area union all select p.id, p.parent from area p join up on p.id = up.parent) ") +
         rest;
}

constexpr const char* added_up = " do update set households = households + excluded.households";

}  // namespace

RegisterCounts::RegisterCounts(Database& db)
    : add_(db, "insert into register_count (area, households) " + above("select id, 1 from up where true ") +
                   "on conflict (area)" + added_up),
      households_(db,
                  "select case when a.kind = 'household' then 1 else coalesce((select households from "
                  "register_count where area = a.id), 0) end from area a where a.id = :area"),
      shift_register_(db, "insert into register_count (area, households) " +
                              above("select id, :households from up where true ") + "on conflict (area)" +
                              added_up),
      shift_campaigns_(
          db, "insert into campaign_count (campaign, area, state, households) " +
                  above("select c.campaign, up.id, c.state, :sign * c.households from up, "
                        "campaign_count c join campaign k on k.id = c.campaign and k.closed_at is null "
                        "where c.area = :counted ") +
                  "on conflict (campaign, area, state)" + added_up),
      shift_bases_(db, "insert into campaign_base (campaign, area, households) " +
                           above("select b.campaign, up.id, :sign * b.households from up, campaign_base b "
                                 "join campaign k on k.id = b.campaign and k.closed_at is null "
                                 "where b.area = :counted ") +
                           "on conflict (campaign, area)" + added_up) {}

void RegisterCounts::added(AreaId household) {
  add_.run(household);
}

std::int64_t RegisterCounts::households(AreaId area) {
  auto row = households_.one<std::int64_t>(area);
  return row ? std::get<0>(*row) : 0;
}

void RegisterCounts::shift(AreaId area, int sign) {
  shift_register_.run(area, sign * households(area));
  shift_campaigns_.run(area, sign, area);
  shift_bases_.run(area, sign, area);
}

}  // namespace linli::store
