#include "bot/store/guidance_ledger.hpp"

namespace linli::store {

GuidanceLedger::GuidanceLedger(Database& db)
    : note_(db,
            "insert into guidance_read (person, card, version, at) values (:person, :card, :version, :at) "
            "on conflict (person, card) do update set version = excluded.version, at = excluded.at, "
            "times = times + 1"),
      last_(db, "select card, version, at from guidance_read where person = :person and card = :card"),
      of_person_(db, "select card, version, at from guidance_read where person = :person order by card") {}

void GuidanceLedger::note(PersonId person, const GuidanceRead& read) {
  note_.run(person, read.card, read.version, read.at);
}

std::optional<GuidanceRead> GuidanceLedger::last(PersonId person, std::string_view card) {
  auto row = last_.one<std::string, int, Time>(person, card);
  if (!row) return std::nullopt;
  auto& [name, version, at] = *row;
  return GuidanceRead{std::move(name), version, at};
}

std::vector<GuidanceRead> GuidanceLedger::of_person(PersonId person) {
  std::vector<GuidanceRead> rows;
  of_person_.each<std::string, int, Time>(
      [&](std::string card, int version, Time at) {
        rows.push_back({std::move(card), version, at});
      },
      person);
  return rows;
}

}  // namespace linli::store
