// What the proof of a rota is about, put together from the ledgers: posts with their hours, who stands there
// (shifts that are made, and those that the rotas will make), and whom an absence would be escalated to.
// Called before a rota is published and by `linli rota check`.
#pragma once

#include <map>
#include <utility>

#include "bot/community/policy.hpp"
#include "bot/community/rota_proof.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::store {

class RotaWorld {
 public:
  struct Ledgers {
    ShiftLedger& shifts;
    AppointmentLedger& appointments;
    AreaLedger& areas;
    PersonLedger& people;
  };
  RotaWorld(Ledgers ledgers, const community::TaskPolicy& cover, const Zone& zone, double metres_a_minute)
      : l_(ledgers), cover_(cover), zone_(zone), metres_a_minute_(metres_a_minute) {}

  /// `post`: only this one is proved, as it would be with its drafts; none: all, as they are published.
  community::RotaCase read(PostId post, Time from, Time until);

 private:
  using Levels = std::vector<std::vector<community::Asked>>;
  Levels levels(AreaId area, Time at);
  std::vector<PersonId> stand_ins(const Appointment& appointment, Time at);
  void add_shifts(community::RotaCase& rota, PostId post, Time from, Time until);

  Ledgers l_;
  const community::TaskPolicy& cover_;
  const Zone& zone_;
  double metres_a_minute_;
};

}  // namespace linli::store
