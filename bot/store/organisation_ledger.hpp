// Organisations stationed in the district. Who serves for them stands in the appointments
// (AppointmentLedger::of_organisation). Import adds them; help across units and hand-offs find them here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/organisation.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::OrganisationKind;

struct Organisation {
  OrganisationId id;
  std::string code;
  std::string name;
  OrganisationKind kind{};
  AreaId area;  // whose people it helps: a compound's property firm, a street's police
};

class OrganisationLedger {
 public:
  OrganisationLedger(Database& db, AreaLedger& areas);

  /// Throws UniqueViolation if the code is taken.
  OrganisationId add(std::string_view code, std::string_view name, OrganisationKind kind, AreaId area);
  void change(const Organisation& changed);
  std::optional<Organisation> find(OrganisationId id);
  std::optional<Organisation> find_by_code(std::string_view code);

  /// Whom an area can ask: those of the area itself, of anything above it, or of anything in its community
  /// (or village); the nearest first.
  std::vector<Organisation> in_reach(AreaId area);
  /// Of those, whom a normalised text means: by name ("惠民超市", "惠民"), otherwise by kind ("超市",
  /// "民警").
  std::vector<Organisation> by_words(AreaId area, std::string_view normal);

 private:
  AreaLedger& areas_;
  Statement add_, change_, find_, find_code_, reach_;
};

}  // namespace linli::store
