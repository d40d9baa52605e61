#include "bot/store/checkin_ledger.hpp"

#include "bot/store/consent_ledger.hpp"
#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view details_purpose = "checkin.details";

// What both ways of writing a row put over the day's earlier one.
constexpr const char* over_the_earlier =
    "on conflict (household, day) do update set person = excluded.person, at = excluded.at, state = "
    "excluded.state, "
    "temperature = excluded.temperature, details_sealed = excluded.details_sealed, via = excluded.via, "
    "entered_by = excluded.entered_by, corrections = checkin.corrections + 1, objected_at = null ";

}  // namespace

CheckinLedger::CheckinLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      // Without consent there is no household, and the row is not taken.
      report_(db,
              std::string("insert or ignore into checkin (household, day, person, at, state, temperature, "
                          "details_sealed, via, entered_by) values ("
                          "case when exists (select 1 from consent c where c.person = :who "
                          "and c.purpose = 'health' and c.version = :version and c.withdrawn_at is null "
                          "and (c.expires_at is null or c.expires_at > :now)) then :household end, "
                          ":day, :person, :at, :state, :temperature, :details, 'self', null) ") +
                  over_the_earlier),
      reported_(db, "select id, corrections from checkin where household = :household and day = :day"),
      enter_(db, std::string(
                     "insert into checkin (household, day, person, at, state, temperature, details_sealed, "
                     "via, entered_by) values (:household, :day, :person, :at, :state, :temperature, "
                     ":details, 'proxy', :by) ") +
                     over_the_earlier + "where checkin.via <> 'self' returning id"),
      amend_(
          db,
          "update checkin set temperature = coalesce(:temperature, temperature), details_sealed = :details "
          "where id = :id"),
      object_(db, "update checkin set objected_at = :now where id = :id"),
      find_(db,
            "select household, day, person, at, state, temperature, details_sealed, via, entered_by, "
            "objected_at is not null from checkin where id = :id"),
      // The last known state of an empty flat is looked for only where today has none.
      unheard_(db,
               "select a.id, a.name, a.path from area a left join checkin c on c.household = a.id and c.day "
               "= :day "
               "where a.kind = 'household' and a.path >= :from and a.path < :end "
               "and (c.id is null or c.objected_at is not null) and coalesce((select l.state from checkin l "
               "where l.household = a.id and l.day < :day2 and l.objected_at is null order by l.day desc "
               "limit 1), '') "
               "not in ('empty', 'moved') order by a.id"),
      erase_(db,
             "update checkin set details_sealed = '', temperature = null where person = :person and via = "
             "'self'") {}

std::optional<CheckinLedger::Reported> CheckinLedger::report(const Checkin& c) {
  std::int64_t id =
      report_.insert(c.person, ConsentLedger::health_version, c.at, c.household, c.day, c.person, c.at,
                     name(c.state), c.temperature, seal_field(cipher_, c.details, details_purpose));
  if (id != 0) return Reported{CheckinId{id}, 0};
  if (report_.changed() == 0) return std::nullopt;
  auto row = reported_.one<CheckinId, int>(c.household, c.day);
  if (!row) return std::nullopt;
  return Reported{std::get<0>(*row), std::get<1>(*row)};
}

std::optional<CheckinId> CheckinLedger::enter(const Checkin& c) {
  auto row = enter_.one<CheckinId>(c.household, c.day, c.person, c.at, name(c.state), c.temperature,
                                   seal_field(cipher_, c.details, details_purpose), c.entered_by);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void CheckinLedger::amend(CheckinId id, std::optional<int> temperature, std::string_view details) {
  amend_.run(temperature, seal_field(cipher_, details, details_purpose), id);
}

void CheckinLedger::object(CheckinId id, Time now) {
  object_.run(now, id);
}

std::optional<Checkin> CheckinLedger::find(CheckinId id) {
  auto row = find_.one<AreaId, std::string, PersonId, Time, std::string, std::optional<int>, std::string,
                       std::string, PersonId, bool>(id);
  if (!row) return std::nullopt;
  auto& [household, day, person, at, state, temperature, details, via, by, objected] = *row;
  return Checkin{id,
                 household,
                 std::move(day),
                 person,
                 at,
                 community::household_state(state).value_or(HouseholdState::fine),
                 temperature,
                 open_field(cipher_, details, details_purpose),
                 std::move(via),
                 by,
                 objected};
}

std::vector<Unheard> CheckinLedger::unheard_below(std::string_view path, std::string_view day) {
  std::vector<Unheard> found;
  unheard_.each<AreaId, std::string, std::string>(
      [&](AreaId id, std::string name, std::string where) {
        found.push_back({id, std::move(name), std::move(where)});
      },
      day, path, end_of_below(path), day);
  return found;
}

void CheckinLedger::erase_told_by(PersonId person) {
  erase_.run(person);
}

}  // namespace linli::store
