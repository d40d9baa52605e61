#include "bot/store/appointment_ledger.hpp"

#include <algorithm>
#include <string>

namespace linli::store {

namespace {

// Parameters: now, now, now, now.
constexpr const char* columns =
    "select a.id, a.person, a.role, a.area, a.substitute, a.organisation, "
    "a.from_at <= :now and coalesce(a.until_at, 9000000000000) > :now2 as running, "
    "exists (select 1 from absence b where b.person = a.person and b.from_at <= :now3 "
    "and coalesce(b.until_at, 9000000000000) > :now4) as absent ";

constexpr const char* term_columns =
    "select id, person, role, area, substitute, organisation, from_at, until_at, badge from appointment ";

Role role_of(const std::string& stored) {
  auto role = community::role(stored);
  if (!role) throw StorageError(11, "a stored appointment is of a role nobody knows");
  return *role;
}

template <class... In>
std::vector<Term> read_terms(Statement& statement, const In&... in) {
  std::vector<Term> terms;
  statement.each<AppointmentId, PersonId, std::string, AreaId, PersonId, OrganisationId, Time,
                 std::optional<Time>, std::string>(
      [&](AppointmentId id, PersonId person, const std::string& role, AreaId area, PersonId substitute,
          OrganisationId organisation, Time from, std::optional<Time> until, std::string badge) {
        terms.push_back(
            {{id, person, role_of(role), area, substitute, organisation}, from, until, std::move(badge)});
      },
      in...);
  return terms;
}

}  // namespace

struct AppointmentLedger::Row {
  Appointment appointment;
  bool running{};
  bool absent{};
  std::int64_t group{};  // rows of one area and role stand together and share it
};

template <class... In>
std::vector<AppointmentLedger::Row> AppointmentLedger::read(Statement& statement, Time now, const In&... in) {
  std::vector<Row> rows;
  statement.each<AppointmentId, PersonId, std::string, AreaId, PersonId, OrganisationId, bool, bool,
                 std::int64_t>(
      [&](AppointmentId id, PersonId person, const std::string& role, AreaId area, PersonId substitute,
          OrganisationId organisation, bool running, bool absent, std::int64_t group) {
        rows.push_back({{id, person, role_of(role), area, substitute, organisation}, running, absent, group});
      },
      now, now, now, now, in...);
  return rows;
}

AppointmentLedger::AppointmentLedger(Database& db, AreaLedger& areas)
    : areas_(areas),
      add_(db,
           "insert into appointment (person, role, area, from_at, until_at, substitute, organisation, badge) "
           "values (:person, :role, :area, :from, :until, :substitute, :organisation, :badge) returning id"),
      end_(db, "update appointment set until_at = :at where id = :id"),
      change_(db,
              "update appointment set until_at = :until, substitute = :substitute, "
              "organisation = :organisation, badge = :badge where id = :id"),
      find_(db, std::string(term_columns) + "where id = :id"),
      terms_(db, std::string(term_columns) + "where person = :person order by id"),
      at_(db, std::string(columns) +
                  ", up.depth from (with recursive up(id, parent, kind, depth) as ("
                  "select id, parent, kind, 0 from area where id = :area union all "
                  "select b.id, b.parent, b.kind, up.depth + 1 from area b join up on b.id = up.parent) "
                  "select id, kind, depth from up) up cross join appointment a on a.area = up.id "
                  "where a.role = :role and :scope in ('', up.kind) order by up.depth, a.id"),
      of_person_(
          db, std::string(columns) +
                  ", 0 from appointment a where a.person = :person or a.substitute = :person2 order by a.id"),
      in_area_(db, std::string(columns) +
                       ", 0 from appointment a where a.area = :area and a.role = :role order by a.id"),
      all_(db,
           std::string(columns) + ", a.area from appointment a where a.role = :role order by a.area, a.id"),
      of_organisation_(db, std::string(columns) +
                               ", 0 from appointment a where a.organisation = :organisation order by a.id"),
      absent_(db,
              "select count(*) from absence where person = :person and from_at <= :now "
              "and coalesce(until_at, 9000000000000) > :now2"),
      substitutes_(db,
                   "select substitute from appointment where person = :person and substitute is not null "
                   "order by role = :role desc, area = :area desc, id desc"),
      involved_(db,
                "select exists (select 1 from appointment where person = :person) "
                "or exists (select 1 from appointment where substitute = :person2)"),
      // From the appointments, which are few, to their areas.
      below_(db, std::string(columns) +
                     ", 0 from appointment a cross join area b cross join area top where b.id = a.area "
                     "and top.id = :area and substr(b.path, 1, length(top.path)) = top.path order by a.id") {}

AppointmentId AppointmentLedger::add(PersonId person, Role role, AreaId area, Time from,
                                     std::optional<Time> until, PersonId substitute,
                                     OrganisationId organisation, std::string_view badge) {
  return std::get<0>(*add_.one<AppointmentId>(person, community::name(role), area, from, until,
                                              none_if_zero(substitute), none_if_zero(organisation), badge));
}

void AppointmentLedger::end(AppointmentId id, Time at) {
  end_.run(at, id);
}

void AppointmentLedger::change(const Term& term) {
  const Appointment& one = term.appointment;
  change_.run(term.until, none_if_zero(one.substitute), none_if_zero(one.organisation), term.badge, one.id);
}

std::optional<Term> AppointmentLedger::find(AppointmentId id) {
  auto terms = read_terms(find_, id);
  if (terms.empty()) return std::nullopt;
  return std::move(terms.front());
}

std::vector<Term> AppointmentLedger::terms(PersonId person) {
  return read_terms(terms_, person);
}

bool AppointmentLedger::absent(PersonId person, Time now) {
  return std::get<0>(*absent_.one<std::int64_t>(person, now, now)) > 0;
}

/// The candidate, or whoever stands in for them.
PersonId AppointmentLedger::follow(PersonId candidate, const Appointment& for_what, Time now,
                                   std::set<PersonId>& seen) {
  if (!candidate || !seen.insert(candidate).second) return {};
  if (!absent(candidate, now)) return candidate;
  for (auto [next] : substitutes_.all<PersonId>(candidate, community::name(for_what.role), for_what.area)) {
    if (PersonId found = follow(next, for_what, now, seen)) return found;
  }
  return {};
}

PersonId AppointmentLedger::stand_in(const Appointment& away, Time now) {
  std::set<PersonId> seen{away.person};
  return follow(away.substitute, away, now, seen);
}

/// Of one area and role: whoever is appointed now and is there, or their substitutes; if nobody is appointed,
/// the substitute of the last one.
std::vector<Appointment> AppointmentLedger::standing(const Row* begin, const Row* end, Time now) {
  std::vector<Appointment> found;
  auto put = [&](Appointment one, PersonId person) {
    bool there = !person || std::ranges::find(found, person, &Appointment::person) != found.end();
    if (there) return;
    one.person = person;
    found.push_back(one);
  };
  bool appointed = false, away = false;
  for (const Row* row = begin; row != end; ++row) {
    appointed = appointed || row->running;
    away = away || (row->running && row->absent);
    if (row->running && !row->absent) put(row->appointment, row->appointment.person);
  }
  for (const Row* row = begin; away && row != end; ++row) {
    if (row->running && row->absent) put(row->appointment, stand_in(row->appointment, now));
  }
  if (appointed) return found;
  for (const Row* row = end; row != begin && found.empty();) {
    --row;
    if (!row->appointment.substitute) continue;
    put(row->appointment, stand_in(row->appointment, now));
    break;
  }
  return found;
}

std::vector<Appointment> AppointmentLedger::holders(const community::Level& level, AreaId area, Time now) {
  std::string_view scope = level.scope ? community::name(*level.scope) : std::string_view{};
  auto rows = read(at_, now, area, community::name(level.role), scope);
  const Row* last = rows.data() + rows.size();
  for (const Row* at = rows.data(); at != last;) {
    const Row* end = std::find_if(at, last, [&](const Row& row) { return row.group != at->group; });
    auto found = standing(at, end, now);
    if (!found.empty()) return found;
    at = end;
  }
  return {};
}

/// Roles and areas that may have come to the person: of those they are the substitute of, and, where these
/// stand in for others in vain, of those others.
void AppointmentLedger::stands_in_for(PersonId person, Time now, std::set<PersonId>& seen,
                                      std::vector<std::pair<Role, AreaId>>& groups) {
  if (!seen.insert(person).second) return;
  for (const Row& row : read(of_person_, now, person, person)) {
    if (row.appointment.substitute != person) continue;
    if (!row.running || row.absent) groups.emplace_back(row.appointment.role, row.appointment.area);
    if (row.absent || absent(row.appointment.person, now))
      stands_in_for(row.appointment.person, now, seen, groups);
  }
}

std::vector<Appointment> AppointmentLedger::of_person(PersonId person, Time now) {
  std::vector<Appointment> held;
  bool substitutes = false;
  for (const Row& row : read(of_person_, now, person, person)) {
    if (row.running && row.appointment.person == person) held.push_back(row.appointment);
    substitutes = substitutes || (row.appointment.substitute == person && (!row.running || row.absent));
  }
  if (!substitutes) return held;
  std::set<PersonId> seen;
  std::vector<std::pair<Role, AreaId>> groups;
  stands_in_for(person, now, seen, groups);
  std::ranges::sort(groups);
  groups.erase(std::ranges::unique(groups).begin(), groups.end());
  for (const auto& [role, area] : groups) {
    auto rows = read(in_area_, now, area, community::name(role));
    for (const Appointment& stands : standing(rows.data(), rows.data() + rows.size(), now)) {
      bool own = std::ranges::find(held, stands.id, &Appointment::id) != held.end();
      if (stands.person == person && !own) held.push_back(stands);
    }
  }
  return held;
}

bool AppointmentLedger::serves(PersonId person, Time now) {
  return !of_person(person, now).empty() && !absent(person, now);
}

bool AppointmentLedger::holds(PersonId person, Role role, Time now) {
  return std::ranges::any_of(of_person(person, now),
                             [&](const Appointment& held) { return held.role == role; });
}

bool AppointmentLedger::responsible(PersonId person, Role role, AreaId area, Time now) {
  auto held = of_person(person, now);
  std::erase_if(held, [&](const Appointment& one) { return one.role != role; });
  if (held.empty()) return false;
  auto chain = areas_.chain(area);
  return std::ranges::any_of(held, [&](const Appointment& one) {
    return std::ranges::any_of(chain, [&](const Area& above) { return above.id == one.area; });
  });
}

std::vector<Appointment> AppointmentLedger::all(Role role, Time now) {
  std::vector<Appointment> found;
  auto rows = read(all_, now, community::name(role));
  const Row* last = rows.data() + rows.size();
  for (const Row* at = rows.data(); at != last;) {
    const Row* end = std::find_if(at, last, [&](const Row& row) { return row.group != at->group; });
    auto here = standing(at, end, now);
    found.insert(found.end(), here.begin(), here.end());
    at = end;
  }
  return found;
}

std::vector<Appointment> AppointmentLedger::at(Role role, AreaId area, Time now) {
  std::vector<Appointment> found;
  for (const Row& row : read(in_area_, now, area, community::name(role))) {
    if (row.running) found.push_back(row.appointment);
  }
  return found;
}

std::vector<Appointment> AppointmentLedger::below(AreaId area, Time now) {
  std::vector<Appointment> found;
  for (const Row& row : read(below_, now, area)) {
    if (row.running) found.push_back(row.appointment);
  }
  return found;
}

std::vector<Appointment> AppointmentLedger::of_organisation(OrganisationId organisation, Time now) {
  auto rows = read(of_organisation_, now, organisation);
  return standing(rows.data(), rows.data() + rows.size(), now);
}

bool AppointmentLedger::involved(PersonId person) {
  return std::get<0>(*involved_.one<std::int64_t>(person, person)) > 0;
}

}  // namespace linli::store
