// What households have answered, whoever asked: campaigns fill in from here what is still valid and ask only
// the rest. Answers are sealed, and never changed: a later one stands before an earlier one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct HouseholdAnswer {
  AreaId household = {};
  std::string question = {};  // of config/campaigns
  std::string value = {};
  Time at{};
  PersonId said_by = {};   // of the household; none: told to staff
  PersonId typed_by = {};  // who entered it
  std::int64_t campaign{};
};

class HouseholdAnswers {
 public:
  HouseholdAnswers(Database& db, FieldCipher& cipher);

  void add(const HouseholdAnswer& answer);
  /// The newest, if it is not older than `since`.
  std::optional<HouseholdAnswer> newest(AreaId household, std::string_view question, Time since);
  /// The household's last check-in on or after a day: true if all were fine, nothing if there is none.
  std::optional<bool> fine_since(AreaId household, std::string_view day);
  /// Confirmed members on the register; nought: nobody is registered.
  int members(AreaId household);
  /// A person withdrew the consent to health data: what they said goes, that it was said stays.
  void erase_said_by(PersonId person);

 private:
  FieldCipher& cipher_;
  Statement add_, newest_, fine_, members_, erase_;
};

}  // namespace linli::store
