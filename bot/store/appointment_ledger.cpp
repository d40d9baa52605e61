#include "bot/store/appointment_ledger.hpp"

#include <algorithm>
#include <string>

namespace linli::store {

namespace {

// An appointment that does not run now counts for its substitute, as long as nobody else holds the role in
// that area; the earlier of two that ended is forgotten. Parameters: now, now.
constexpr const char* columns =
    "select a.id, a.person, a.role, a.area, a.substitute, "
    "a.from_at <= :now and coalesce(a.until_at, 9000000000000) > :now2 as running ";

struct Row {
  Appointment appointment;
  bool running{};
  std::int64_t depth{};  // steps above the area asked for, or the area itself where all areas are read
};

Role role_of(const std::string& stored) {
  auto role = community::role(stored);
  if (!role) throw StorageError(11, "a stored appointment is of a role nobody knows");
  return *role;
}

template <class... In>
std::vector<Row> read(Statement& statement, const In&... in) {
  std::vector<Row> rows;
  statement.each<AppointmentId, PersonId, std::string, AreaId, PersonId, bool, std::int64_t>(
      [&](AppointmentId id, PersonId person, const std::string& role, AreaId area, PersonId substitute,
          bool running, std::int64_t depth) {
        rows.push_back({{id, person, role_of(role), area, substitute}, running, depth});
      },
      in...);
  return rows;
}

/// Those of one area and role: whoever is appointed now; if nobody is, the substitute of the last one.
std::vector<Appointment> standing(const std::vector<Row>& rows) {
  std::vector<Appointment> now;
  for (const Row& row : rows) {
    if (row.running) now.push_back(row.appointment);
  }
  if (!now.empty()) return now;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (!row->appointment.substitute) continue;
    Appointment stand_in = row->appointment;
    stand_in.person = stand_in.substitute;
    return {stand_in};
  }
  return {};
}

}  // namespace

AppointmentLedger::AppointmentLedger(Database& db, AreaLedger& areas)
    : areas_(areas),
      add_(db,
           "insert into appointment (person, role, area, from_at, until_at, substitute) "
           "values (:person, :role, :area, :from, :until, :substitute) returning id"),
      end_(db, "update appointment set until_at = :at where id = :id"),
      at_(db, std::string(
                  "with recursive up(id, parent, kind, depth) as ("
                  "select id, parent, kind, 0 from area where id = :area union all "
                  "select b.id, b.parent, b.kind, up.depth + 1 from area b join up on b.id = up.parent) ") +
                  columns +
                  ", up.depth from up join appointment a on a.area = up.id "
                  "where a.role = :role and :scope in ('', up.kind) order by up.depth, a.id"),
      of_person_(
          db, std::string(columns) +
                  ", 0 from appointment a where a.person = :person or a.substitute = :person2 order by a.id"),
      in_area_(db, std::string(columns) +
                       ", 0 from appointment a where a.area = :area and a.role = :role order by a.id"),
      all_(db,
           std::string(columns) + ", a.area from appointment a where a.role = :role order by a.area, a.id") {}

AppointmentId AppointmentLedger::add(PersonId person, Role role, AreaId area, Time from,
                                     std::optional<Time> until, PersonId substitute) {
  return std::get<0>(
      *add_.one<AppointmentId>(person, community::name(role), area, from, until, none_if_zero(substitute)));
}

void AppointmentLedger::end(AppointmentId id, Time at) {
  end_.run(at, id);
}

std::vector<Appointment> AppointmentLedger::holders(const community::Level& level, AreaId area, Time now) {
  std::string_view scope = level.scope ? community::name(*level.scope) : std::string_view{};
  auto rows = read(at_, area, now, now, community::name(level.role), scope);
  for (auto at = rows.begin(); at != rows.end();) {
    auto end = std::find_if(at, rows.end(), [&](const Row& row) { return row.depth != at->depth; });
    auto found = standing({at, end});
    if (!found.empty()) return found;
    at = end;
  }
  return {};
}

std::vector<Appointment> AppointmentLedger::of_person(PersonId person, Time now) {
  std::vector<Appointment> held;
  for (const Row& row : read(of_person_, now, now, person, person)) {
    const Appointment& one = row.appointment;
    if (row.running) {
      if (one.person == person) held.push_back(one);
      continue;
    }
    if (one.substitute != person) continue;
    for (const Appointment& stands :
         standing(read(in_area_, now, now, one.area, community::name(one.role)))) {
      if (stands.id == one.id && stands.person == person) held.push_back(stands);
    }
  }
  return held;
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
  auto rows = read(all_, now, now, community::name(role));
  for (auto at = rows.begin(); at != rows.end();) {
    auto end = std::find_if(at, rows.end(), [&](const Row& row) { return row.depth != at->depth; });
    auto here = standing({at, end});
    found.insert(found.end(), here.begin(), here.end());
    at = end;
  }
  return found;
}

}  // namespace linli::store
