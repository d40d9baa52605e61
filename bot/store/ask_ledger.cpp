#include "bot/store/ask_ledger.hpp"

namespace linli::store {

AskLedger::AskLedger(Database& db)
    : put_(db,
           "insert into ask (person, topic, ref, accepts, hint, asked_at, expires_at) "
           "values (:person, :topic, :ref, :accepts, :hint, :asked, :expires) "
           "on conflict (person, topic, ref) do update set accepts = excluded.accepts, hint = excluded.hint, "
           "asked_at = excluded.asked_at, expires_at = excluded.expires_at"),
      drop_(db, "delete from ask where person = :person and topic = :topic and ref = :ref"),
      drop_all_(db, "delete from ask where topic = :topic and ref = :ref"),
      open_(db,
            "select topic, ref, accepts, hint, asked_at, expires_at from ask "
            "where person = :person and expires_at > :now order by asked_at desc, ref desc, topic") {}

void AskLedger::put(const Ask& ask) {
  put_.run(ask.person, ask.topic, ask.ref, ask.accepts, ask.hint, ask.asked_at, ask.expires_at);
}

void AskLedger::drop(PersonId person, std::string_view topic, std::int64_t ref) {
  drop_.run(person, topic, ref);
}
void AskLedger::drop_all(std::string_view topic, std::int64_t ref) {
  drop_all_.run(topic, ref);
}

std::vector<Ask> AskLedger::open(PersonId person, Time now) {
  std::vector<Ask> rows;
  open_.each<std::string, std::int64_t, std::string, std::string, Time, Time>(
      [&](std::string topic, std::int64_t ref, std::string accepts, std::string hint, Time asked,
          Time expires) {
        rows.push_back({person, std::move(topic), ref, std::move(accepts), std::move(hint), asked, expires});
      },
      person, now);
  return rows;
}

}  // namespace linli::store
