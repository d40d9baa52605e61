// How households are, one row a household and day. The one-tap check-in is one statement: it is stored only
// if the person has consented (the same statement looks), and a second one of the day corrects the first.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/household_report.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::HouseholdState;

struct Checkin {
  CheckinId id = {};
  AreaId household = {};
  std::string day = {};  // "2026-03-02", local
  PersonId person = {};  // who reported or entered it
  Time at{};
  HouseholdState state{};
  std::optional<int> temperature = {};  // tenths of a degree
  std::string details = {};             // in words: who, symptoms, contact
  std::string via = {};                 // "self", "proxy"
  PersonId entered_by = {};             // of a proxy entry
  bool objected{};
};

/// A household that nothing is known of today.
struct Unheard {
  AreaId household;
  std::string name;
  std::string path;
};

class CheckinLedger {
 public:
  CheckinLedger(Database& db, FieldCipher& cipher);

  struct Reported {
    CheckinId id;
    int corrections{};  // 0: the first of the day
  };
  /// By somebody of the household, or whoever may help it. Nothing if the person has not consented to health
  /// data in the current version: nothing is stored then.
  std::optional<Reported> report(const Checkin& checkin);
  /// By staff after a phone call. Nothing if the household has reported itself today: its own word stands.
  std::optional<CheckinId> enter(const Checkin& checkin);
  /// More was said about a check-in.
  void amend(CheckinId id, std::optional<int> temperature, std::string_view details);
  /// The household objects to what was entered: it counts as not heard from again.
  void object(CheckinId id, Time now);
  std::optional<Checkin> find(CheckinId id);

  /// Households at or below an area that have not been heard from on that day, in the order they were added.
  /// One that was found empty or moved out, and has not said otherwise since, is not missing. `path` is the
  /// area's.
  std::vector<Unheard> unheard_below(std::string_view path, std::string_view day);
  /// A person withdrew the consent: what was told in words and degrees goes; that the household was heard
  /// stays.
  void erase_told_by(PersonId person);

 private:
  FieldCipher& cipher_;
  Statement report_, reported_, enter_, amend_, object_, find_, unheard_, erase_;
};

}  // namespace linli::store
