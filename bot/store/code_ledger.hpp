// Codes of eight digits that prove something: "bind" makes a WeChat contact that of a staff member or
// volunteer (used once, 24 hours), "household" makes somebody a member of a household (printed for it;
// several of the family may use it until it expires),
// "enlist" takes part in an activity for an organisation (its members all use the same). Kept as keyed
// hashes, so that the database betrays no valid code; made by the keyed hash of their row and second, which
// nobody can foretell without the key and a transcript can repeat. Guessing: five wrong tries a person in 24
// hours.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Code {
  std::int64_t id{};
  std::string purpose;  // bind, household
  PersonId person;      // whom a "bind" code binds
  AreaId area;          // where the role is held; the household of a "household" code
  std::string role;     // appointed with the binding, by its name ("volunteer"); empty: has it already
  PersonId created_by;  // none: `linli invite`
  Time created_at{};
  Time expires_at{};
  std::optional<Time> used_at;
};

class CodeLedger {
 public:
  static constexpr std::string_view bind = "bind";
  static constexpr std::string_view household = "household";
  static constexpr std::string_view enlist = "enlist";
  static constexpr Seconds bind_lifetime{24 * 3600};
  static constexpr Seconds household_lifetime{180 * 24 * 3600};
  static constexpr Seconds enlist_lifetime{30 * 24 * 3600};
  static constexpr int most_tries = 5;

  CodeLedger(Database& db, FieldCipher& cipher);

  /// A new code for binding `person` (who exists) from `now` for 24 hours; earlier unused ones of that person
  /// end. `role` (by its name) and `area`: what the person is appointed to on binding; empty if they hold it
  /// already.
  std::string create_bind(PersonId person, std::string_view role, AreaId area, PersonId created_by, Time now);
  /// A new code for the door of a household; earlier ones of that household end.
  std::string create_household(AreaId household, PersonId created_by, Time now);

  /// A new code for enlisting; `what` is kept as its role ("vanguard:3"). Earlier ones of the same end.
  std::string create_enlist(AreaId area, std::string_view what, PersonId created_by, Time now);

  /// A code that may be used now: not expired and, if it binds, not used.
  std::optional<Code> find(std::string_view code, Time now);
  /// False if somebody was first. A household's code stays valid.
  bool use(const Code& code, PersonId by, Time now);

  int wrong_tries(PersonId person, Time now);
  void record_wrong_try(PersonId person, Time now);

 private:
  std::string create(const Code& code);

  FieldCipher& cipher_;
  Statement next_, insert_, end_bind_, end_household_, end_enlist_, find_, use_, tries_, add_try_, old_tries_;
};

}  // namespace linli::store
