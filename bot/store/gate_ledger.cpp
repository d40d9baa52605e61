#include "bot/store/gate_ledger.hpp"

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view words_purpose = "gate_entry.words";
constexpr std::string_view from_purpose = "observation.from_place";

std::string select(const char* rest) {
  return std::string(
             "select g.id, g.site, g.post, g.day, g.number, g.at, g.entered_by, g.place, g.words_sealed "
             "from gate_entry g ") +
         rest;
}

template <class... In>
std::vector<GateRow> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<GateRow> rows;
  statement.each<std::int64_t, AreaId, PostId, std::string, int, Time, PersonId, AreaId, std::string>(
      [&](std::int64_t id, AreaId site, PostId post, std::string day, int number, Time at, PersonId by,
          AreaId place, const std::string& words) {
        rows.push_back({id, site, post, std::move(day), number, at, by, place,
                        community::gate_entry_from_json(open_field(cipher, words, words_purpose))});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<GateRow> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  auto rows = read(statement, cipher, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

template <class... In>
std::vector<Observation> read_observations(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Observation> rows;
  statement.each<std::int64_t, AreaId, std::string, int, std::string, std::optional<std::int64_t>, PersonId,
                 std::int64_t, int>(
      [&](std::int64_t id, AreaId household, std::string from, int days, const std::string& place,
          std::optional<std::int64_t> entry, PersonId by, std::int64_t longer_by, int days_before) {
        rows.push_back({id, household, std::move(from), days, open_field(cipher, place, from_purpose),
                        entry.value_or(0), by, longer_by, days_before});
      },
      in...);
  return rows;
}

constexpr const char* of_scope =
    "join area a on a.id = g.site where a.path >= :from and a.path < :end and g.day = :day "
    "and (:post = 0 or g.post = :same) and g.state = 'kept' ";

std::string observed(const char* rest) {
  return std::string(
             "select o.id, o.household, o.from_day, o.days, o.from_place_sealed, o.entry, o.started_by, "
             "o.longer_by, o.days_before from observation o ") +
         rest;
}

}  // namespace

GateLedger::GateLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(db,
           "insert into gate_entry (site, post, day, number, at, entered_by, kind, place, words_sealed) "
           "select :site, :post, :day, coalesce(max(number), 0) + 1, :at, :by, :kind, :place, :words "
           "from gate_entry where site = :same_site and day = :same_day returning id, number"),
      save_(db, "update gate_entry set kind = :kind, place = :place, words_sealed = :words where id = :id"),
      drop_(db, "update gate_entry set state = 'undone', words_sealed = '' where id = :id"),
      find_(db, select("where g.site = :site and g.day = :day and g.number = :number and g.state = 'kept'")),
      last_(db, select("where g.entered_by = :person and g.at >= :since and g.state = 'kept' "
                       "order by g.at desc, g.id desc limit 1")),
      counts_(db, std::string("select g.kind, count(*) from gate_entry g ") + of_scope + "group by g.kind"),
      newest_(db, select("") + of_scope + "order by g.at desc, g.id desc limit :limit"),
      sweep_(db, "delete from gate_entry where at < :before"),
      any_(db, "select 1 from gate_entry limit 1") {}

void GateLedger::add(GateRow& row) {
  auto kind = community::name(*row.entry.kind);
  auto added = add_.one<std::int64_t, int>(
      row.site, none_if_zero(row.post), row.day, row.at, row.entered_by, kind, none_if_zero(row.place),
      seal_field(cipher_, to_json(row.entry), words_purpose), row.site, row.day);
  std::tie(row.id, row.number) = *added;
}

void GateLedger::save(const GateRow& row) {
  save_.run(community::name(*row.entry.kind), none_if_zero(row.place),
            seal_field(cipher_, to_json(row.entry), words_purpose), row.id);
}

void GateLedger::drop(const GateRow& row) {
  drop_.run(row.id);
}

std::optional<GateRow> GateLedger::find(AreaId site, std::string_view day, int number) {
  return read_one(find_, cipher_, site, day, number);
}

std::optional<GateRow> GateLedger::last_of(PersonId person, Time since) {
  return read_one(last_, cipher_, person, since);
}

std::map<community::GateKind, int> GateLedger::counts(const GateScope& scope, std::string_view day) {
  std::map<community::GateKind, int> found;
  counts_.each<std::string, int>(
      [&](const std::string& kind, int count) {
        if (auto known = community::gate_kind(kind)) found[*known] = count;
      },
      scope.path, end_of_below(scope.path), day, scope.post, scope.post);
  return found;
}

std::vector<GateRow> GateLedger::newest(const GateScope& scope, std::string_view day, int limit) {
  return read(newest_, cipher_, scope.path, end_of_below(scope.path), day, scope.post, scope.post, limit);
}

bool GateLedger::sweep(Time before) {
  sweep_.run(before);
  return any_.one<int>().has_value();
}

ObservationLedger::ObservationLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      start_(db,
             "insert into observation (household, from_day, days, from_place_sealed, entry, started_by) "
             "values (:household, :from, :days, :place, :entry, :by) returning id"),
      save_(db,
            "update observation set household = :household, days = :days, from_place_sealed = :place, "
            "longer_by = :longer_by, days_before = :days_before where id = :id"),
      end_(db, "update observation set ended_at = :now where id = :id and ended_at is null"),
      find_(db, observed("where o.id = :id and o.ended_at is null")),
      household_(db, observed("where o.household = :household and o.ended_at is null limit 1")),
      below_(db, observed("join area a on a.id = o.household where o.ended_at is null and a.path >= :from "
                          "and a.path < :end order by a.path")) {}

void ObservationLedger::start(Observation& o) {
  std::optional<std::int64_t> entry;
  if (o.entry != 0) entry = o.entry;
  auto row = start_.one<std::int64_t>(o.household, o.from_day, o.days,
                                      seal_field(cipher_, o.from_place, from_purpose), entry, o.started_by);
  o.id = std::get<0>(*row);
}

void ObservationLedger::save(const Observation& o) {
  save_.run(o.household, o.days, seal_field(cipher_, o.from_place, from_purpose), o.longer_by, o.days_before,
            o.id);
}

void ObservationLedger::end(std::int64_t id, Time now) {
  end_.run(now, id);
}

std::optional<Observation> ObservationLedger::find(std::int64_t id) {
  auto rows = read_observations(find_, cipher_, id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::optional<Observation> ObservationLedger::of_household(AreaId household) {
  auto rows = read_observations(household_, cipher_, household);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<Observation> ObservationLedger::below(std::string_view path) {
  return read_observations(below_, cipher_, path, end_of_below(path));
}

}  // namespace linli::store
