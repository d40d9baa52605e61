#include "bot/store/example_ledger.hpp"

#include "bot/community/ask_back.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view purpose = "example.wording";

template <class... In>
std::vector<Example> read(FieldCipher& cipher, Statement& statement, const In&... in) {
  std::vector<Example> rows;
  statement.each<std::int64_t, std::string, std::string, int, std::string>(
      [&](std::int64_t id, std::string sealed, std::string intent, int times, std::string state) {
        rows.push_back({id, open_field(cipher, sealed, purpose), std::move(intent), times, std::move(state)});
      },
      in...);
  return rows;
}

}  // namespace

ExampleLedger::ExampleLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      suggest_(db,
               "insert into example (wording_hash, wording_sealed, intent, first_at, last_at) "
               "values (:hash, :sealed, :intent, :at, :again) on conflict (wording_hash, intent) "
               "do update set times = times + 1, last_at = excluded.last_at"),
      trim_(db,
            "delete from example where id in (select id from example where state = 'suggested' "
            "order by times desc, last_at desc, id desc limit -1 offset :most)"),
      find_(db, "select id, wording_sealed, intent, times, state from example where id = :id"),
      list_(db,
            "select id, wording_sealed, intent, times, state from example where state = 'suggested' "
            "order by times desc, last_at, id limit :limit"),
      count_(db, "select count(*) from example where state = 'suggested'"),
      decide_(db,
              "update example set state = :state, intent = :intent, decided_by = :by, decided_at = :at "
              "where id = :id"),
      same_(db,
            "select o.id from example e join example o on o.wording_hash = e.wording_hash "
            "where e.id = :id and o.id <> e.id and o.intent = :intent"),
      drop_(db, "delete from example where id = :id"),
      others_(db,
              "update example set state = 'rejected', decided_by = :by, decided_at = :at where id <> :id and "
              "wording_hash = (select wording_hash from example where id = :same)"),
      approved_(db,
                "select id, wording_sealed, intent, times, state from example where state = 'approved' "
                "order by decided_at, id"),
      forget_(db, "delete from example where state <> 'approved' and last_at < :before"),
      oldest_(db, "select min(last_at) from example where state <> 'approved'") {}

void ExampleLedger::suggest(std::string_view wording, std::string_view intent, Time now, int most) {
  std::string hash = cipher_.lookup_hash(community::wording_key(wording), purpose);
  suggest_.run(hash, seal_field(cipher_, wording, purpose), intent, now, now);
  trim_.run(most);
}

std::optional<Example> ExampleLedger::find(std::int64_t id) {
  auto rows = read(cipher_, find_, id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<Example> ExampleLedger::suggested(int limit) {
  return read(cipher_, list_, limit);
}

int ExampleLedger::count_suggested() {
  return std::get<0>(*count_.one<int>());
}

void ExampleLedger::approve(const Example& example, std::string_view intent, PersonId by, Time now) {
  // Somebody else's choice of that intent for these words becomes this one.
  if (auto same = same_.one<std::int64_t>(example.id, intent)) drop_.run(std::get<0>(*same));
  decide_.run("approved", intent, by, now, example.id);
  others_.run(by, now, example.id, example.id);
  changed_ = true;
}

void ExampleLedger::reject(const Example& example, PersonId by, Time now) {
  decide_.run("rejected", example.intent, by, now, example.id);
  changed_ = true;
}

std::vector<std::pair<std::string, std::string>> ExampleLedger::approved() {
  std::vector<std::pair<std::string, std::string>> all;
  for (auto& example : read(cipher_, approved_))
    all.emplace_back(std::move(example.wording), std::move(example.intent));
  return all;
}

std::optional<Time> ExampleLedger::forget_before(Time before) {
  forget_.run(before);
  return std::get<0>(*oldest_.one<std::optional<Time>>());
}

}  // namespace linli::store
