// The emergency level of areas as it changed, for ever, and who is to hear of a change. What holds now is
// AreaLedger::level.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/area_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct LevelChange {
  std::int64_t id{};
  AreaId area;
  std::string level, before;
  Time at{};
  PersonId person;  // none: the import
};

class LevelLedger {
 public:
  LevelLedger(Database& db, AreaLedger& areas);

  /// The area and everything below it has this level from now on; what was set below it before is void.
  LevelChange change(AreaId area, std::string_view level, PersonId person, Time now);
  std::optional<LevelChange> find(std::int64_t id);
  /// The change that made the area's level what it is; none if it was set without one.
  std::optional<LevelChange> last(AreaId area);

  /// Who holds an office in the area or below, by rising id after `after`.
  std::vector<PersonId> staff(AreaId area, Time now, PersonId after, int limit);
  /// Who lives there and follows an account.
  std::vector<PersonId> residents(AreaId area, PersonId after, int limit);

 private:
  AreaLedger& areas_;
  Statement add_, void_below_, find_, last_, staff_, residents_;
};

}  // namespace linli::store
