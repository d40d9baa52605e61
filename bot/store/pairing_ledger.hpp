// Organisations paired with areas (结对子), who takes part in which activity for whom, and what came of it:
// shifts stood, tickets that the person who asked confirmed as solved, visits. Outcomes only; never messages,
// clicks or time online. Nothing is counted while it happens: boards and thanks are sums over shifts, tasks
// and contacts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Pairing {
  std::int64_t id{};
  OrganisationId organisation;
  AreaId area;
  Time from{};
};

struct Enlistment {
  std::int64_t id{};
  PersonId person;
  OrganisationId organisation;  // none: for themselves
  std::string activity;         // an id of config/activities.toml
  Time from{};
};

struct Outcomes {
  int shifts{};   // stood
  int missed{};   // not stood, and not corrected or excused
  int tickets{};  // solved, and confirmed by whoever asked
  int visits{};   // somebody on the care list was reached
};

/// One organisation's members in an activity; `organisation` none: those who take part for themselves.
struct BoardRow {
  OrganisationId organisation;
  int members{};
  Outcomes done;
  int paired{};  // of all done, in areas that the organisation is paired with
};

/// Somebody to be thanked for a week. The name is empty unless they agreed to be named.
struct Thanks {
  PersonId person;
  std::string name;
  OrganisationId organisation;  // whom they enlisted for, if anybody
  Outcomes done;
};

class PairingLedger {
 public:
  /// Being named in public thanks, and having been asked about it (once).
  static constexpr std::string_view named = "thanks_named";
  static constexpr std::string_view asked = "thanks_asked";
  static constexpr std::string_view version = "1";

  PairingLedger(Database& db, FieldCipher& cipher);

  /// False if they are paired already.
  bool pair(OrganisationId organisation, AreaId area, PersonId by, Time now);
  /// False if they are not paired.
  bool part(OrganisationId organisation, AreaId area, Time now);
  /// At the area, above or below it.
  std::vector<Pairing> of_area(AreaId area);
  std::vector<Pairing> of_organisation(OrganisationId organisation);

  /// False if the person takes part in it already.
  bool enlist(const Enlistment& enlistment);
  bool leave(PersonId person, std::string_view activity, Time now);
  std::vector<Enlistment> of_person(PersonId person);

  /// What the members did while they were enlisted, by organisation: most done first, then by its id.
  std::vector<BoardRow> board(std::string_view activity, Time from, Time until);
  /// Who stood every shift they had in the area, solved tickets there or visited people there. By person.
  std::vector<Thanks> thanks(AreaId area, Time from, Time until);
  Outcomes of(PersonId person, Time from, Time until);

 private:
  FieldCipher& cipher_;
  Statement pair_, part_, of_area_, of_organisation_, path_, enlist_, leave_, of_person_, board_, thanks_,
      one_;
};

}  // namespace linli::store
