#include "bot/store/delivery_ledger.hpp"

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view body_purpose = "outbox.body";
constexpr std::string_view card_purpose = "outbox.card";

std::string select(const char* rest) {
  return std::string(
             "select id, contact, person, text_id, body_sealed, card_sealed, urgency, coalesce(dedupe, ''), "
             "state, "
             "created_at, not_before, expires_at, attempts, epoch, via, client_msg_id, platform_msgid, "
             "errcode, "
             "task from outbox ") +
         rest;
}

template <class... In>
std::vector<Delivery> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Delivery> rows;
  using Text = std::string;
  statement.each<DeliveryId, ContactId, PersonId, Text, Text, Text, int, Text, Text, Time, Time, Time, int,
                 std::int64_t, Text, Text, Text, int, TaskId>(
      [&](DeliveryId id, ContactId contact, PersonId person, Text text_id, Text body, Text card, int urgency,
          Text dedupe, Text state, Time created, Time not_before, Time expires, int attempts,
          std::int64_t epoch, Text via, Text client_msg_id, Text msgid, int errcode, TaskId task) {
        rows.push_back({id, contact, person, std::move(text_id), open_field(cipher, body, body_purpose),
                        open_field(cipher, card, card_purpose), static_cast<community::Urgency>(urgency),
                        std::move(dedupe), std::move(state), created, not_before, expires, attempts, epoch,
                        std::move(via), std::move(client_msg_id), std::move(msgid), errcode, task});
      },
      in...);
  return rows;
}

}  // namespace

DeliveryLedger::DeliveryLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(
          db,
          "insert into outbox (contact, person, text_id, body_sealed, card_sealed, urgency, dedupe, state, "
          "created_at, not_before, expires_at, attempts, epoch, via, client_msg_id, platform_msgid, errcode, "
          "task) "
          "values (:contact, :person, :text, :body, :card, :urgency, :dedupe, :state, :created, :not_before, "
          ":expires, :attempts, :epoch, :via, :client_msg_id, :msgid, :errcode, :task) "
          "on conflict (dedupe) do nothing"),
      contacts_(db,
                "select contact from outbox where state = 'due' and contact > :after and not_before <= :now "
                "order by contact limit 1"),
      sending_(db, "select 1 from outbox where contact = :contact and state = 'sending' limit 1"),
      queue_(db, select("where contact = :contact and state = 'due' and not_before <= :now "
                        "order by urgency >= 2 desc, id limit :limit")),
      wait_all_(
          db,
          "update outbox set state = 'waiting' where contact = :contact and state = 'due' and urgency < 2"),
      release_(db,
               "update outbox set state = 'due', not_before = :now where contact = :contact and state = "
               "'waiting'"),
      find_(db, select("where id = :id")),
      msgid_(db, select("where platform_msgid = :msgid and platform_msgid <> '' order by id")),
      stale_(db, select("where state = 'sending' and lease_until <= :now order by id")),
      save_(
          db,
          "update outbox set state = :state, not_before = :not_before, attempts = :attempts, epoch = :epoch, "
          "lease_until = :lease, via = :via, client_msg_id = :client_msg_id, platform_msgid = :msgid, "
          "errcode = :errcode, settled_at = :settled where id = :id and epoch <= :epoch2"),
      next_(db, "select not_before from outbox where state = 'due' order by not_before limit 1"),
      count_(db, "select count(*) from outbox where state = :state"),
      counts_(db,
              "select state, count(*) from outbox where state not in ('accepted', 'delivered', 'expired') "
              "group by state order by state"),
      // Ids rise as rows are written, so that the oldest are found without an index of their own.
      forget_(db,
              "delete from outbox where id in (select id from (select id, created_at, expires_at, state from "
              "outbox order by id limit 1000) as oldest where created_at < :before and expires_at < :before2 "
              "and state <> 'sending')"),
      urge_(db,
            "update outbox set urgency = 1, not_before = :now where task = :task and state = 'due' and "
            "urgency = 0 and not_before > :now2"),
      revoke_(db,
              "update outbox set state = 'expired' where dedupe = :dedupe and state in ('due', 'waiting')") {}

bool DeliveryLedger::add(const Delivery& d) {
  std::optional<std::string> dedupe;
  if (!d.dedupe.empty()) dedupe = d.dedupe;
  std::string_view state = d.state.empty() ? "due" : std::string_view(d.state);
  return add_.run(d.contact, d.person, d.text_id, seal_field(cipher_, d.body, body_purpose),
                  seal_field(cipher_, d.card, card_purpose), static_cast<int>(d.urgency), dedupe, state,
                  d.created_at, d.not_before, d.expires_at, d.attempts, d.epoch, d.via, d.client_msg_id,
                  d.platform_msgid, d.errcode, none_if_zero(d.task)) == 1;
}

std::vector<ContactId> DeliveryLedger::contacts_due(ContactId after, Time now, int limit) {
  std::vector<ContactId> contacts;
  while (static_cast<int>(contacts.size()) < limit) {
    auto next = contacts_.one<ContactId>(after, now);
    if (!next) break;
    after = std::get<0>(*next);
    contacts.push_back(after);
  }
  return contacts;
}

bool DeliveryLedger::sending(ContactId contact) {
  return sending_.one<int>(contact).has_value();
}

std::vector<Delivery> DeliveryLedger::queue(ContactId contact, Time now, int limit) {
  return read(queue_, cipher_, contact, now, limit);
}

std::int64_t DeliveryLedger::wait_all(ContactId contact) {
  return wait_all_.run(contact);
}

void DeliveryLedger::release_waiting(ContactId contact, Time now) {
  release_.run(now, contact);
}

std::optional<Delivery> DeliveryLedger::find(DeliveryId id) {
  auto rows = read(find_, cipher_, id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<Delivery> DeliveryLedger::of_platform_msgid(std::string_view msgid) {
  return read(msgid_, cipher_, msgid);
}

std::vector<Delivery> DeliveryLedger::stale(Time now) {
  return read(stale_, cipher_, now);
}

bool DeliveryLedger::save(const Delivery& d, Time lease_until, std::optional<Time> settled_at) {
  return save_.run(d.state, d.not_before, d.attempts, d.epoch, lease_until, d.via, d.client_msg_id,
                   d.platform_msgid, d.errcode, settled_at, d.id, d.epoch) == 1;
}

std::optional<Time> DeliveryLedger::next_due() {
  auto row = next_.one<Time>();
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

std::int64_t DeliveryLedger::count(std::string_view state) {
  return std::get<0>(*count_.one<std::int64_t>(state));
}

std::vector<std::pair<std::string, std::int64_t>> DeliveryLedger::counts() {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  counts_.each<std::string, std::int64_t>(
      [&](std::string state, std::int64_t count) { rows.emplace_back(std::move(state), count); });
  return rows;
}

std::int64_t DeliveryLedger::urge(TaskId task, Time now) {
  return urge_.run(now, task, now);
}

bool DeliveryLedger::revoke(std::string_view dedupe) {
  return revoke_.run(dedupe) == 1;
}

std::int64_t DeliveryLedger::forget_before(Time before) {
  return forget_.run(before, before);
}

}  // namespace linli::store
