#include "handlers/care_plan.hpp"

#include <fmt/format.h>

namespace linli::handlers {

using dialog::Turn;
using store::Care;

int CarePlan::interval(const Care& care, Time now) const {
  return care.observed_until > now ? 1 : care.every_days;
}

std::vector<std::string> CarePlan::categories(const Care& care, Time now) const {
  auto ids = care.categories;
  if (care.observed_until > now) ids.emplace_back(community::CareRules::observed);
  return ids;
}

void CarePlan::set(Turn& turn, AreaId household, Day day) {
  Time at = turn.zone().at(day, rules_.contact_minute);
  if (at <= turn.now()) return;
  std::string iso = turn.zone().iso_day(day);
  turn.around().dues.set_once(
      {fmt::format("care:{}:{}", household.value, iso), at, "care", household.value, "contact " + iso});
}

void CarePlan::begin(Turn& turn, Care& care) {
  Day first = turn.zone().next_day(turn.zone().day(turn.now()));
  care.next_day = turn.zone().iso_day(first);
  set(turn, care.household, first);
}

void CarePlan::next(Turn& turn, Care& care, Day day) {
  Day following = turn.zone().next_day(day, interval(care, turn.now()));
  bool only_observed = care.categories.empty();
  care.next_day = turn.zone().iso_day(following);
  bool over = turn.zone().at(following, rules_.contact_minute) > care.observed_until;
  if (!only_observed || !over) set(turn, care.household, following);
}

void CarePlan::observe(Turn& turn, AreaId household, Time until) {
  auto care = care_.of_household(household);
  if (care) {
    care->observed_until = until;
    care->state = "running";
    begin(turn, *care);
    return care_.save(*care);
  }
  Care added{.household = household,
             .every_days = 1,
             .role = std::string(community::name(rules_.carer)),
             .created_by = turn.sender(),
             .created_at = turn.now(),
             .observed_until = until};
  begin(turn, added);
  care_.add(added);
}

bool CarePlan::stop(Turn& turn, Care care) {
  care_.erase_words(care.id);
  if (care.observed_until <= turn.now()) {
    care_.end(care.id, turn.now());
    return false;
  }
  care.categories.clear();
  care.consent.clear();
  care.every_days = 1;
  care_.save(care);
  return true;
}

void CarePlan::unobserve(Turn& turn, AreaId household) {
  auto care = care_.of_household(household);
  if (!care) return;
  care->observed_until = Time{};
  care_.save(*care);
  if (care->categories.empty()) care_.end(care->id, turn.now());
}

}  // namespace linli::handlers
