// Who holds which role where, and who stands in for whom.
//
// Whoever is absent (AbsenceLedger: ill, on leave, left the account) is not asked: the substitute of the
// appointment is. A substitute who is absent too is stood in for by their own, named in an appointment of
// theirs, of the same role before any other; and so on. Circles end. With nobody left the next area above
// answers, as if nobody were appointed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/community/policy.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Role;

struct Appointment {
  AppointmentId id;
  PersonId person;  // who answers: the holder, or whoever stands in
  Role role{};
  AreaId area;
  PersonId substitute;
  OrganisationId organisation = {};  // whom a joint defender serves for
};

/// An appointment as it was made.
struct Term {
  Appointment appointment;
  Time from{};
  std::optional<Time> until;
  std::string badge;  // the number on the badge, which people may ask for
};

class AppointmentLedger {
 public:
  AppointmentLedger(Database& db, AreaLedger& areas);

  AppointmentId add(PersonId person, Role role, AreaId area, Time from, std::optional<Time> until,
                    PersonId substitute, OrganisationId organisation = {}, std::string_view badge = {});
  void end(AppointmentId id, Time at);
  /// Writes end, substitute, organisation and badge.
  void change(const Term& term);
  std::optional<Term> find(AppointmentId id);
  /// All that was ever made of a person, the newest last.
  std::vector<Term> terms(PersonId person);

  /// Who answers at a level for an area: those of the area itself or, if there are none, of the nearest area
  /// above that has some. With `level.scope` only appointments in areas of that kind count. Nobody in it is
  /// absent.
  std::vector<Appointment> holders(const community::Level& level, AreaId area, Time now);
  /// What a person is appointed to now, absent or not, and what they stand in for. Rights come from this.
  std::vector<Appointment> of_person(PersonId person, Time now);
  /// Has an appointment or stands in, and is there: what they have in hand may stay with them.
  bool serves(PersonId person, Time now);
  bool absent(PersonId person, Time now);
  bool holds(PersonId person, Role role, Time now);
  /// Does the person hold `role` at the area or anywhere above it?
  bool responsible(PersonId person, Role role, AreaId area, Time now);
  std::vector<Appointment> all(Role role, Time now);
  /// As appointed, absent or not: to a role in just this area; to whatever in an area and below.
  std::vector<Appointment> at(Role role, AreaId area, Time now);
  std::vector<Appointment> below(AreaId area, Time now);
  /// Who answers for an organisation.
  std::vector<Appointment> of_organisation(OrganisationId organisation, Time now);
  /// Who stands in for the holder of this appointment while they are away; none if nobody is left.
  PersonId stand_in(const Appointment& away, Time now);
  /// Is there any appointment that names the person, as holder or as substitute?
  bool involved(PersonId person);

 private:
  struct Row;
  template <class... In>
  std::vector<Row> read(Statement& statement, Time now, const In&... in);
  std::vector<Appointment> standing(const Row* begin, const Row* end, Time now);
  PersonId follow(PersonId candidate, const Appointment& for_what, Time now, std::set<PersonId>& seen);
  void stands_in_for(PersonId person, Time now, std::set<PersonId>& seen,
                     std::vector<std::pair<Role, AreaId>>& groups);

  AreaLedger& areas_;
  Statement add_, end_, change_, find_, terms_, at_, of_person_, in_area_, all_, of_organisation_, absent_,
      substitutes_, involved_, below_;
};

}  // namespace linli::store
