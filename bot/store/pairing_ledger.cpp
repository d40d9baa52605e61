#include "bot/store/pairing_ledger.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view name_purpose = "person.name";

// A shift counts once somebody has come to it; a missed one that was corrected on appeal, or that had a
// reason, is nobody's fault. A ticket counts when whoever asked says that it is solved.
constexpr const char* outcomes =
    "select s.person as person, p.area as area, s.starts_at as at, "
    "case when s.in_at is not null then 'shift' else 'missed' end as what "
    "from shift s join post p on p.id = s.post where s.starts_at >= {0}1 and s.starts_at < {1}1 "
    "and s.person is not null and (s.in_at is not null or (s.missed_at is not null and s.corrected_at is "
    "null and "
    "s.excuse_sealed = '')) "
    "union all select t.owner, t.area, t.closed_at, 'ticket' from task t where t.closed_how = 'confirmed' "
    "and t.closed_at >= {0}2 and t.closed_at < {1}2 and t.owner is not null and t.reporter is not null "
    "and t.kind <> 'suggestion' "
    "union all select v.person, c.household, v.at, 'visit' from care_contact v join care c on c.id = v.care "
    "where v.at >= {0}3 and v.at < {1}3 and v.person is not null and v.how in ('ok', 'need')";

std::string outcomes_between() {
  return fmt::format(fmt::runtime(outcomes), ":from", ":until");
}

constexpr const char* sums =
    "coalesce(sum(case when d.what = 'shift' then 1 else 0 end), 0), "
    "coalesce(sum(case when d.what = 'missed' then 1 else 0 end), 0), "
    "coalesce(sum(case when d.what = 'ticket' then 1 else 0 end), 0), "
    "coalesce(sum(case when d.what = 'visit' then 1 else 0 end), 0)";

template <class... In>
std::vector<Pairing> read_pairings(Statement& statement, const In&... in) {
  std::vector<Pairing> rows;
  statement.each<std::int64_t, OrganisationId, AreaId, Time>(
      [&](std::int64_t id, OrganisationId organisation, AreaId area, Time from) {
        rows.push_back({id, organisation, area, from});
      },
      in...);
  return rows;
}

}  // namespace

PairingLedger::PairingLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      pair_(db,
            "insert into pairing (organisation, area, from_at, created_by) values (:organisation, :area, "
            ":now, :by) "
            "on conflict do nothing"),
      part_(db,
            "update pairing set until_at = :now where organisation = :organisation and area = :area and "
            "until_at is "
            "null"),
      of_area_(
          db,
          "select p.id, p.organisation, p.area, p.from_at from pairing p join area a on a.id = p.area where "
          "p.until_at is null and ((a.path >= :path and a.path < :end) or :path2 like a.path || '%') order "
          "by "
          "p.id"),
      of_organisation_(
          db,
          "select id, organisation, area, from_at from pairing where organisation = :organisation and "
          "until_at is null order by id"),
      path_(db, "select path from area where id = :id"),
      enlist_(
          db,
          "insert into enlistment (person, organisation, activity, from_at) values (:person, :organisation, "
          ":activity, :from) on conflict do nothing"),
      leave_(db,
             "update enlistment set until_at = :now where person = :person and activity = :activity and "
             "until_at is "
             "null"),
      of_person_(
          db,
          "select id, person, organisation, activity, from_at from enlistment where person = :person and "
          "until_at is null order by id"),
      board_(
          db,
          fmt::format(
              "select e.organisation, count(distinct e.person), {}, "
              "coalesce(sum(case when d.what <> 'missed' and exists (select 1 from pairing g join area ga on "
              "ga.id = g.area join area da on da.id = d.area where g.organisation = e.organisation and "
              "g.from_at <= d.at and (g.until_at is null or g.until_at > d.at) and da.path like ga.path || "
              "'%') then 1 else 0 end), 0) "
              "from enlistment e left join ({}) as d on d.person = e.person and d.at >= e.from_at and "
              "(e.until_at is null or d.at < e.until_at) where e.activity = :activity and e.from_at < :until "
              "and (e.until_at is null or e.until_at > :from) group by e.organisation "
              "order by e.organisation",
              sums, outcomes_between())),
      thanks_(db,
              fmt::format(
                  "select d.person, p.name_sealed, (select e.organisation from enlistment e where e.person "
                  "= d.person and e.organisation is not null and e.from_at < :until and (e.until_at is "
                  "null or e.until_at > :from) order by e.id limit 1), exists (select 1 from consent k "
                  "where k.person = d.person and k.purpose = 'thanks_named' and k.version = :version and "
                  "k.withdrawn_at is null), {} from ({}) as d "
                  "join person p on p.id = d.person join area a on a.id = d.area where a.path >= :path "
                  "and a.path < :end and p.forgotten_at is null group by d.person, p.name_sealed order by "
                  "d.person",
                  sums, outcomes_between())),
      one_(db, fmt::format("select {} from ({}) as d where d.person = :person", sums, outcomes_between())) {}

bool PairingLedger::pair(OrganisationId organisation, AreaId area, PersonId by, Time now) {
  return pair_.run(organisation, area, now, none_if_zero(by)) == 1;
}

bool PairingLedger::part(OrganisationId organisation, AreaId area, Time now) {
  return part_.run(now, organisation, area) == 1;
}

std::vector<Pairing> PairingLedger::of_area(AreaId area) {
  auto path = path_.one<std::string>(area);
  if (!path) return {};
  return read_pairings(of_area_, std::get<0>(*path), end_of_below(std::get<0>(*path)), std::get<0>(*path));
}

std::vector<Pairing> PairingLedger::of_organisation(OrganisationId organisation) {
  return read_pairings(of_organisation_, organisation);
}

bool PairingLedger::enlist(const Enlistment& e) {
  return enlist_.run(e.person, none_if_zero(e.organisation), e.activity, e.from) == 1;
}

bool PairingLedger::leave(PersonId person, std::string_view activity, Time now) {
  return leave_.run(now, person, activity) == 1;
}

std::vector<Enlistment> PairingLedger::of_person(PersonId person) {
  std::vector<Enlistment> rows;
  of_person_.each<std::int64_t, PersonId, OrganisationId, std::string, Time>(
      [&](std::int64_t id, PersonId who, OrganisationId organisation, std::string activity, Time from) {
        rows.push_back({id, who, organisation, std::move(activity), from});
      },
      person);
  return rows;
}

std::vector<BoardRow> PairingLedger::board(std::string_view activity, Time from, Time until) {
  std::vector<BoardRow> rows;
  board_.each<OrganisationId, int, int, int, int, int, int>(
      [&](OrganisationId organisation, int members, int shifts, int missed, int tickets, int visits,
          int paired) {
        rows.push_back({organisation, members, {shifts, missed, tickets, visits}, paired});
      },
      from, until, from, until, from, until, activity, until, from);
  std::ranges::stable_sort(rows, std::greater{}, [](const BoardRow& row) {
    return row.done.shifts + row.done.tickets + row.done.visits;
  });
  return rows;
}

std::vector<Thanks> PairingLedger::thanks(AreaId area, Time from, Time until) {
  std::vector<Thanks> people;
  auto path = path_.one<std::string>(area);
  if (!path) return people;
  thanks_.each<PersonId, std::string, OrganisationId, bool, int, int, int, int>(
      [&](PersonId person, const std::string& name, OrganisationId organisation, bool agreed, int shifts,
          int missed, int tickets, int visits) {
        bool all_stood = shifts > 0 && missed == 0;
        if (!all_stood && tickets == 0 && visits == 0) return;
        people.push_back({person,
                          agreed ? open_field(cipher_, name, name_purpose) : std::string(),
                          organisation,
                          {shifts, missed, tickets, visits}});
      },
      until, from, version, from, until, from, until, from, until, std::get<0>(*path),
      end_of_below(std::get<0>(*path)));
  return people;
}

Outcomes PairingLedger::of(PersonId person, Time from, Time until) {
  auto [shifts, missed, tickets, visits] =
      *one_.one<int, int, int, int>(from, until, from, until, from, until, person);
  return {shifts, missed, tickets, visits};
}

}  // namespace linli::store
