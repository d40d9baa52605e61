// When the next contact of somebody on the care list falls due. Shared by the care topic and by the gate,
// whose observed households are contacted every day by the same rows.
#pragma once

#include "bot/community/care_rules.hpp"
#include "bot/dialog/turn.hpp"
#include "bot/store/care_ledger.hpp"

namespace linli::handlers {

class CarePlan {
 public:
  CarePlan(store::CareLedger& care, const community::CareRules& rules) : care_(care), rules_(rules) {}

  /// Days between contacts now: every day under observation.
  int interval(const store::Care& care, Time now) const;
  /// Categories, home observation among them while it lasts.
  std::vector<std::string> categories(const store::Care& care, Time now) const;
  /// The row for that day; one a household and day, whatever the reason.
  void set(dialog::Turn& turn, AreaId household, Day day);
  /// The first contact: tomorrow; then every so many days.
  void begin(dialog::Turn& turn, store::Care& care);
  /// The regular contact after `day`; none if home observation was the only reason and is over by then.
  void next(dialog::Turn& turn, store::Care& care, Day day);

  /// Contacted every day from tomorrow on, until then.
  void observe(dialog::Turn& turn, AreaId household, Time until);
  /// Nobody is to ask any more. A household under home observation is asked every day until that ends; true
  /// if it is one.
  bool stop(dialog::Turn& turn, store::Care care);
  void unobserve(dialog::Turn& turn, AreaId household);

  const community::CareRules& rules() const { return rules_; }
  store::CareLedger& ledger() { return care_; }

 private:
  store::CareLedger& care_;
  const community::CareRules& rules_;
};

}  // namespace linli::handlers
