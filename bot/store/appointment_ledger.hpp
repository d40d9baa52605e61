// Who holds which role where, and who stands in for whom.
#pragma once

#include <optional>
#include <vector>

#include "bot/community/policy.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Role;

struct Appointment {
  AppointmentId id;
  PersonId person;
  Role role{};
  AreaId area;
  PersonId substitute;
};

class AppointmentLedger {
 public:
  AppointmentLedger(Database& db, AreaLedger& areas);

  AppointmentId add(PersonId person, Role role, AreaId area, Time from, std::optional<Time> until,
                    PersonId substitute);
  void end(AppointmentId id, Time at);

  /// The holders of a level for an area: those appointed at the area itself or, if there are none, at the
  /// nearest area above that has some. With `level.scope` only appointments in areas of that kind count.
  std::vector<Appointment> holders(const community::Level& level, AreaId area, Time now);
  /// What a person is appointed to now.
  std::vector<Appointment> of_person(PersonId person, Time now);
  bool holds(PersonId person, Role role, Time now);
  /// Does the person hold `role` at the area or anywhere above it?
  bool responsible(PersonId person, Role role, AreaId area, Time now);
  std::vector<Appointment> all(Role role, Time now);

 private:
  AreaLedger& areas_;
  Statement add_, end_, at_, of_person_, in_area_, all_;
};

}  // namespace linli::store
