#include "bot/store/absence_ledger.hpp"

namespace linli::store {

namespace {

constexpr const char* columns = "select id, person, from_at, until_at, why from absence ";
constexpr const char* of_kind = "and ((:why <> '' and why = :why2) or (:why3 = '' and why <> 'gone'))";

template <class... In>
std::optional<Absence> read(Statement& statement, const In&... in) {
  auto row = statement.one<std::int64_t, PersonId, Time, std::optional<Time>, std::string>(in...);
  if (!row) return std::nullopt;
  auto& [id, person, from, until, why] = *row;
  return Absence{id, person, from, until, why};
}

}  // namespace

AbsenceLedger::AbsenceLedger(Database& db)
    : add_(db,
           "insert into absence (person, from_at, until_at, why, created_by, created_at) "
           "values (:person, :from, :until, :why, :by, :now) returning id"),
      find_(db, std::string(columns) + "where id = :id"),
      next_(db, std::string(columns) +
                    "where person = :person and coalesce(until_at, 9000000000000) > :now "
                    "order by from_at, id limit 1"),
      end_(db, std::string("update absence set until_at = :now where person = :person and from_at <= :now2 "
                           "and coalesce(until_at, 9000000000000) > :now3 ") +
                   of_kind),
      drop_(db, std::string("delete from absence where person = :person and from_at > :now ") + of_kind) {}

std::int64_t AbsenceLedger::add(const Absence& absence, PersonId by, Time now) {
  return std::get<0>(*add_.one<std::int64_t>(absence.person, absence.from, absence.until, absence.why,
                                             none_if_zero(by), now));
}

std::optional<Absence> AbsenceLedger::find(std::int64_t id) {
  return read(find_, id);
}
std::optional<Absence> AbsenceLedger::next(PersonId person, Time now) {
  return read(next_, person, now);
}

int AbsenceLedger::end(PersonId person, Time now, std::string_view why) {
  auto ended = end_.run(now, person, now, now, why, why, why) + drop_.run(person, now, why, why, why);
  return static_cast<int>(ended);
}

}  // namespace linli::store
