#include "bot/store/code_ledger.hpp"

#include <fmt/format.h>

namespace linli::store {

namespace {

constexpr std::string_view hash_purpose = "code.hash";
constexpr std::string_view digits_purpose = "code.digits";
constexpr Seconds tries_count_for{24 * 3600};

/// Eight digits, all equally likely, out of a keyed hash.
std::string digits_of(std::string_view hash) {
  std::uint64_t value = 0;
  for (char c : hash) value = value * 131 + static_cast<unsigned char>(c);
  return fmt::format("{:08}", value % 100'000'000);
}

}  // namespace

CodeLedger::CodeLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      next_(db, "select coalesce(max(id), 0) + 1 from code"),
      insert_(db,
              "insert into code (hash, purpose, person, area, role, created_by, created_at, expires_at) "
              "values (:hash, :purpose, :person, :area, :role, :by, :created, :expires) on conflict (hash) "
              "do nothing"),
      end_bind_(
          db,
          "update code set expires_at = :now where purpose = 'bind' and person = :person and used_at is null "
          "and expires_at > :now2"),
      end_household_(db,
                     "update code set expires_at = :now where purpose = 'household' and area = :area "
                     "and expires_at > :now2"),
      end_enlist_(
          db,
          "update code set expires_at = :now where purpose = 'enlist' and role = :role and expires_at > "
          ":now2"),
      find_(db,
            "select id, purpose, person, area, role, created_by, created_at, expires_at, used_at from code "
            "where hash = :hash and expires_at > :now and (used_at is null or purpose in ('household', "
            "'enlist'))"),
      use_(db,
           "update code set used_at = :now, used_by = :by where id = :id "
           "and (used_at is null or purpose in ('household', 'enlist'))"),
      tries_(db, "select count(*) from code_try where person = :person and at > :since"),
      add_try_(db, "insert into code_try (person, at) values (:person, :at)"),
      old_tries_(db, "delete from code_try where person = :person and at <= :since") {}

std::string CodeLedger::create(const Code& code) {
  const auto row = std::get<0>(*next_.one<std::int64_t>());
  for (int attempt = 0;; ++attempt) {
    std::string seed = fmt::format("{}/{}/{}", row, code.created_at.time_since_epoch().count(), attempt);
    std::string digits = digits_of(cipher_.lookup_hash(seed, digits_purpose));
    auto added = insert_.run(cipher_.lookup_hash(digits, hash_purpose), code.purpose,
                             none_if_zero(code.person), none_if_zero(code.area), code.role,
                             none_if_zero(code.created_by), code.created_at, code.expires_at);
    if (added == 1) return digits;  // otherwise it was given out before
  }
}

std::string CodeLedger::create_bind(PersonId person, std::string_view role, AreaId area, PersonId created_by,
                                    Time now) {
  end_bind_.run(now, person, now);
  return create(
      {0, std::string(bind), person, area, std::string(role), created_by, now, now + bind_lifetime, {}});
}

std::string CodeLedger::create_household(AreaId area, PersonId created_by, Time now) {
  end_household_.run(now, area, now);
  return create({0, std::string(household), {}, area, {}, created_by, now, now + household_lifetime, {}});
}

std::string CodeLedger::create_enlist(AreaId area, std::string_view what, PersonId created_by, Time now) {
  end_enlist_.run(now, what, now);
  return create(
      {0, std::string(enlist), {}, area, std::string(what), created_by, now, now + enlist_lifetime, {}});
}

std::optional<Code> CodeLedger::find(std::string_view code, Time now) {
  auto row = find_.one<std::int64_t, std::string, PersonId, AreaId, std::string, PersonId, Time, Time,
                       std::optional<Time>>(cipher_.lookup_hash(code, hash_purpose), now);
  if (!row) return std::nullopt;
  auto& [id, purpose, person, area, role, by, created, expires, used] = *row;
  return Code{id, std::move(purpose), person, area, std::move(role), by, created, expires, used};
}

bool CodeLedger::use(const Code& code, PersonId by, Time now) {
  return use_.run(now, by, code.id) == 1;
}

int CodeLedger::wrong_tries(PersonId person, Time now) {
  return std::get<0>(*tries_.one<int>(person, now - tries_count_for));
}

void CodeLedger::record_wrong_try(PersonId person, Time now) {
  old_tries_.run(person, now - tries_count_for);
  add_try_.run(person, now);
}

}  // namespace linli::store
