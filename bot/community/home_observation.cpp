#include "bot/community/home_observation.hpp"

namespace linli::community {

namespace {

constexpr int morning = 8 * 60;

std::chrono::sys_days plain(Day day) {
  return std::chrono::year_month_day(std::chrono::year(day.year), std::chrono::month(day.month),
                                     std::chrono::day(day.day));
}

}  // namespace

int day_number(Day first, Day today) {
  return static_cast<int>((plain(today) - plain(first)).count()) + 1;
}

Time observation_ends(const Zone& zone, Day first, int days) {
  return zone.at(zone.next_day(first, days), morning);
}

}  // namespace linli::community
