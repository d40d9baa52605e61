#include "bot/store/inbox_ledger.hpp"

#include "bot/store/sealed.hpp"

namespace linli::store {

InboxLedger::InboxLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      put_(db,
           "insert into inbox (key, contact, received_at, kind, body_sealed, reply, state) "
           "values (:key, :contact, :at, :kind, :body, :reply, :state) on conflict do nothing"),
      reply_(db, "select reply from inbox where key = :key"),
      count_(db, "select count(*) from inbox"),
      forget_(db,
              "delete from inbox where id in (select id from (select id, received_at from inbox order by id "
              "limit 1000) as oldest where received_at < :before)") {}

bool InboxLedger::put(const Received& received) {
  std::string_view state = received.state.empty() ? "done" : std::string_view(received.state);
  return put_.run(received.key, none_if_zero(received.contact), received.at, received.kind,
                  seal_field(cipher_, received.body, "inbox.body"), received.reply, state) == 1;
}

std::optional<std::string> InboxLedger::reply_of(std::string_view key) {
  auto row = reply_.one<std::string>(key);
  if (!row) return std::nullopt;
  return std::move(std::get<0>(*row));
}

std::int64_t InboxLedger::count() {
  return std::get<0>(*count_.one<std::int64_t>());
}

std::int64_t InboxLedger::forget_before(Time before) {
  return forget_.run(before);
}

}  // namespace linli::store
