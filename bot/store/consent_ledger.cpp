#include "bot/store/consent_ledger.hpp"

namespace linli::store {

ConsentLedger::ConsentLedger(Database& db)
    : grant_(db,
             "insert into consent (person, purpose, version, about, granted_at, expires_at) "
             "values (:person, :purpose, :version, :about, :granted, :expires)"),
      holds_(db,
             "select 1 from consent where person = :person and purpose = :purpose and version = :version "
             "and withdrawn_at is null and (expires_at is null or expires_at > :now) limit 1"),
      of_(db,
          "select purpose, version, about, granted_at, expires_at from consent where person = :person "
          "and withdrawn_at is null and (expires_at is null or expires_at > :now) order by id desc"),
      withdraw_(db,
                "update consent set withdrawn_at = :now where person = :person and purpose = :purpose "
                "and withdrawn_at is null"),
      withdraw_about_(db,
                      "update consent set withdrawn_at = :now where person = :person and purpose = :purpose "
                      "and about = :about and withdrawn_at is null") {}

void ConsentLedger::grant(PersonId person, const Consent& consent) {
  grant_.run(person, consent.purpose, consent.version, none_if_zero(consent.about), consent.granted_at,
             consent.expires_at);
}

bool ConsentLedger::holds(PersonId person, std::string_view purpose, std::string_view version, Time now) {
  return holds_.one<int>(person, purpose, version, now).has_value();
}

std::vector<Consent> ConsentLedger::of(PersonId person, Time now) {
  std::vector<Consent> found;
  of_.each<std::string, std::string, AreaId, Time, std::optional<Time>>(
      [&](std::string purpose, std::string version, AreaId about, Time granted, std::optional<Time> expires) {
        found.push_back({std::move(purpose), std::move(version), about, granted, expires});
      },
      person, now);
  return found;
}

int ConsentLedger::withdraw(PersonId person, std::string_view purpose, AreaId about, Time now) {
  auto changed =
      about ? withdraw_about_.run(now, person, purpose, about) : withdraw_.run(now, person, purpose);
  return static_cast<int>(changed);
}

}  // namespace linli::store
