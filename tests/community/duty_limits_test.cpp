#include "bot/community/duty_limits.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

Zone zone() {
  return *Zone::find("Asia/Shanghai");
}
Time at(const char* text) {
  return *parse_time(zone(), text);
}
constexpr Place gate{37.8700, 112.4800}, far_gate{37.8895, 112.4617};
Stand stand(const char* from, const char* until, Place place = gate) {
  return {{at(from), at(until)}, place, true};
}
std::optional<DutyRefusal> why(const DutyLimits& limits, const std::vector<Stand>& mine,
                               const Stand& wanted) {
  auto refused = refuse(limits, zone(), mine, wanted);
  if (!refused) return std::nullopt;
  return refused->why;
}

TEST(DutyLimits, of_two_at_once_and_of_the_way_between) {
  DutyLimits limits{.rest = Seconds{0}};
  std::vector mine = {stand("2026-03-03 06:00", "2026-03-03 08:00")};
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 07:59", "2026-03-03 09:00")), DutyRefusal::same_time);
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 08:00", "2026-03-03 09:00")), std::nullopt);
  mine.front().same_post = false;
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 08:20", "2026-03-03 09:00", far_gate)), DutyRefusal::way);
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 08:45", "2026-03-03 09:30", far_gate)), std::nullopt);
}

TEST(DutyLimits, of_rest_before_and_after) {
  DutyLimits limits;
  std::vector mine = {stand("2026-03-03 06:00", "2026-03-03 08:00")};
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 13:00", "2026-03-03 15:00")), DutyRefusal::rest);
  EXPECT_EQ(why(limits, mine, stand("2026-03-03 14:00", "2026-03-03 16:00")), std::nullopt);
  EXPECT_EQ(why(limits, mine, stand("2026-03-02 22:30", "2026-03-03 00:30")), DutyRefusal::rest);
}

TEST(DutyLimits, of_the_week) {
  DutyLimits limits{.week_shifts = 2, .week_hours = 5};
  std::vector mine = {stand("2026-03-02 06:00", "2026-03-02 08:00")};  // a Monday
  EXPECT_EQ(why(limits, mine, stand("2026-03-08 06:00", "2026-03-08 10:00")), DutyRefusal::week_hours);
  EXPECT_EQ(why(limits, mine, stand("2026-03-09 06:00", "2026-03-09 10:00")), std::nullopt);
  mine.push_back(stand("2026-03-04 06:00", "2026-03-04 07:00"));
  EXPECT_EQ(why(limits, mine, stand("2026-03-08 06:00", "2026-03-08 07:00")), DutyRefusal::week_shifts);
}

}  // namespace
}  // namespace linli::community
