// Changes of the register of households in the field: a door that no list knew, people who look like somebody
// known, two records of one household made one, and that undone. Counts follow by AreaLedger.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/campaign.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/person_ledger.hpp"

namespace linli::store {

/// Somebody on the register who may be the one that is to be added.
struct LookAlike {
  AreaId household;
  std::string name;
  enum class By { phone, same_name, similar_name } by{};
};

struct HouseholdMerge {
  std::int64_t id{};
  AreaId kept, gone;
  AreaId parent;  // where the one that is gone stood
  Time at{};
  PersonId by;
  std::optional<Time> undone_at;
};

class HouseholdRegister {
 public:
  HouseholdRegister(Database& db, FieldCipher& cipher, AreaLedger& areas, PersonLedger& people,
                    MemberLedger& members);

  /// A household of that name below `parent`, with whoever lives there if a name is given.
  AreaId add(const community::Area& parent, std::string_view room, std::string_view name,
             std::string_view phone, Time now);
  /// In the whole register by phone, below `within` (a building, or the compound of a bungalow) by name. The
  /// most alike first.
  std::vector<LookAlike> look_alikes(std::string_view within, std::string_view name, std::string_view phone);

  /// The people of `gone` live in `kept` from now on; `gone` leaves the register.
  HouseholdMerge merge(AreaId kept, AreaId gone, PersonId by, Time now);
  std::optional<HouseholdMerge> find_merge(std::int64_t id);
  /// Everything as it was before, but for what has been changed again since.
  void undo(const HouseholdMerge& merge, PersonId by, Time now);

 private:
  FieldCipher& cipher_;
  AreaLedger& areas_;
  PersonLedger& people_;
  MemberLedger& members_;
  Statement named_, homes_, in_household_, move_home_, move_member_, add_merge_, add_row_, find_, rows_,
      undone_, same_code_;
};

}  // namespace linli::store
