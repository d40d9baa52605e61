#include "bot/store/patrol_ledger.hpp"

#include "bot/store/path_range.hpp"

namespace linli::store {

namespace {

std::string select(const char* rest) {
  return std::string(
             "select p.id, p.code, p.name, p.area, p.lat, p.lon, p.radius_m, p.every_s, p.code_word, "
             "p.created_at, p.due_at, p.last_at, p.last_by, p.closed from patrol_point p ") +
         rest;
}

template <class... In>
std::vector<PatrolPoint> read(Statement& statement, const In&... in) {
  std::vector<PatrolPoint> rows;
  using Text = std::string;
  statement.each<std::int64_t, Text, Text, AreaId, double, double, int, std::int64_t, Text, Time, Time,
                 std::optional<Time>, PersonId, bool>(
      [&](std::int64_t id, Text code, Text name, AreaId area, double lat, double lon, int radius,
          std::int64_t every, Text word, Time created, Time due, std::optional<Time> last, PersonId by,
          bool closed) {
        rows.push_back({id,
                        std::move(code),
                        std::move(name),
                        area,
                        {lat, lon},
                        radius,
                        Seconds{every},
                        std::move(word),
                        created,
                        due,
                        last,
                        by,
                        closed});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<PatrolPoint> read_one(Statement& statement, const In&... in) {
  auto rows = read(statement, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace

PatrolLedger::PatrolLedger(Database& db)
    : add_(db,
           "insert into patrol_point (code, name, area, lat, lon, radius_m, every_s, code_word, created_at, "
           "due_at, closed) values (:code, :name, :area, :lat, :lon, :radius, :every, :word, :at, :due, "
           ":closed)"),
      change_(db,
              "update patrol_point set name = :name, area = :area, lat = :lat, lon = :lon, "
              "radius_m = :radius, every_s = :every, code_word = :word, closed = :closed, "
              "due_at = coalesce(last_at, created_at) + :again where id = :id"),
      find_(db, select("where p.id = :id")),
      code_(db, select("where p.code = :code")),
      below_(db, select("join area a on a.id = p.area where p.closed = 0 and a.path >= :from "
                        "and a.path < :end order by coalesce(p.last_at, 0), p.id")),
      overdue_(db, select("where p.closed = 0 and p.due_at <= :now order by p.due_at, p.id")),
      move_(db, "update patrol_point set last_at = :at, last_by = :person, due_at = :due where id = :id"),
      visit_(db, "insert into patrol_visit (point, person, at, how) values (:point, :person, :at, :how)"),
      last_of_(db, select("where p.last_by = :person and p.last_at >= :since order by p.last_at desc, "
                          "p.due_at desc limit 1")),
      path_(db, "select path from area where id = :id"),
      points_(db,
              "select count(*) from patrol_point p join area a on a.id = p.area "
              "where p.closed = 0 and p.created_at < :until and a.path >= :from and a.path < :end"),
      visits_(db,
              "select v.how, count(*), count(distinct v.point) from patrol_visit v "
              "join patrol_point p on p.id = v.point join area a on a.id = p.area "
              "where v.at >= :since and v.at < :until and a.path >= :from and a.path < :end group by v.how "
              "union all select '', 0, count(distinct v.point) from patrol_visit v "
              "join patrol_point p on p.id = v.point join area a on a.id = p.area where p.closed = 0 "
              "and v.at >= :since2 and v.at < :until2 and a.path >= :from2 and a.path < :end2") {}

void PatrolLedger::add(PatrolPoint& point) {
  point.due_at = point.created_at + point.every;
  point.id = add_.insert(point.code, point.name, point.area, point.place.lat, point.place.lon, point.radius_m,
                         std::int64_t{point.every.count()}, point.code_word, point.created_at, point.due_at,
                         point.closed);
}

void PatrolLedger::change(const PatrolPoint& point) {
  std::int64_t every = point.every.count();
  change_.run(point.name, point.area, point.place.lat, point.place.lon, point.radius_m, every,
              point.code_word, point.closed, every, point.id);
}

std::optional<PatrolPoint> PatrolLedger::find(std::int64_t id) {
  return read_one(find_, id);
}
std::optional<PatrolPoint> PatrolLedger::find_by_code(std::string_view code) {
  return read_one(code_, code);
}
std::vector<PatrolPoint> PatrolLedger::below(std::string_view path) {
  return read(below_, path, end_of_below(path));
}
std::vector<PatrolPoint> PatrolLedger::overdue(Time now) {
  return read(overdue_, now);
}

void PatrolLedger::visit(PatrolPoint& point, PersonId person, Time at, std::string_view how) {
  point.last_at = at;
  point.last_by = person;
  point.due_at = at + point.every;
  visit_.run(point.id, person, at, how);
  move_.run(at, person, point.due_at, point.id);
}

std::optional<PatrolPoint> PatrolLedger::last_of(PersonId person, Time since) {
  return read_one(last_of_, person, since);
}

PatrolVisits PatrolLedger::visits(AreaId area, Time from, Time until) {
  PatrolVisits found;
  auto path = path_.one<std::string>(area);
  if (!path) return found;
  const std::string& start = std::get<0>(*path);
  std::string end = end_of_below(start);
  found.points = std::get<0>(*points_.one<std::int64_t>(until, start, end));
  visits_.each<std::string, std::int64_t, std::int64_t>(
      [&](const std::string& how, std::int64_t visits, std::int64_t points) {
        if (how.empty()) found.visited = points;
        found.visits += visits;
        if (how == "location") found.by_location = visits;
        if (how == "code") found.by_code = visits;
        if (how == "word") found.by_word = visits;
      },
      from, until, start, end, from, until, start, end);
  return found;
}

}  // namespace linli::store
