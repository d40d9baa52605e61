#include "bot/store/due_ledger.hpp"

namespace linli::store {

namespace {

template <class... In>
std::vector<Due> read(Statement& statement, const In&... in) {
  std::vector<Due> rows;
  statement.each<std::string, Time, std::string, std::int64_t, std::string>(
      [&](std::string key, Time at, std::string topic, std::int64_t ref, std::string data) {
        rows.push_back({std::move(key), at, std::move(topic), ref, std::move(data)});
      },
      in...);
  return rows;
}

}  // namespace

DueLedger::DueLedger(Database& db)
    : set_(db,
           "insert into due (key, at, topic, ref, data) values (:key, :at, :topic, :ref, :data) "
           "on conflict (key) do update set at = excluded.at, topic = excluded.topic, ref = excluded.ref, "
           "data = excluded.data"),
      set_once_(db,
                "insert into due (key, at, topic, ref, data) values (:key, :at, :topic, :ref, :data) "
                "on conflict (key) do nothing"),
      drop_(db, "delete from due where key = :key"),
      due_(db, "select key, at, topic, ref, data from due where at <= :now order by at, key limit :limit"),
      take_(db, "delete from due where key = :key and at = :at"),
      next_(db, "select at from due order by at limit 1"),
      of_topic_(db, "select key, at, topic, ref, data from due where topic = :topic") {}

void DueLedger::set(const Due& due) {
  set_.run(due.key, due.at, due.topic, due.ref, due.data);
}
void DueLedger::set_once(const Due& due) {
  set_once_.run(due.key, due.at, due.topic, due.ref, due.data);
}
void DueLedger::drop(std::string_view key) {
  drop_.run(key);
}

std::vector<Due> DueLedger::due(Time now, int limit) {
  return read(due_, now, limit);
}
std::vector<Due> DueLedger::of_topic(std::string_view topic) {
  return read(of_topic_, topic);
}

// The time is part of the question: a row that was moved since it was read is not due any more.
bool DueLedger::take(const Due& due) {
  return take_.run(due.key, due.at) == 1;
}

std::optional<Time> DueLedger::next() {
  auto row = next_.one<Time>();
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

}  // namespace linli::store
