#include "bot/community/shift.hpp"

#include <gtest/gtest.h>

namespace linli::community {

namespace {

Time at(const Zone& zone, std::string_view text) {
  return parse_time(zone, text).value();
}

}  // namespace

class ShiftTimes : public ::testing::Test {
 protected:
  Zone zone = Zone::find("Asia/Shanghai").value();
  ShiftRules rules;
};

TEST_F(ShiftTimes, CheckInIsOpenFromHalfAnHourBeforeToTheEnd) {
  Time start = at(zone, "2026-03-03 06:00"), end = at(zone, "2026-03-03 08:00");
  auto when = [&](std::string_view clock) { return checkin_time(rules, start, end, at(zone, clock)); };
  EXPECT_EQ(when("2026-03-03 05:29"), CheckinTime::early);
  EXPECT_EQ(when("2026-03-03 05:30"), CheckinTime::open);
  EXPECT_EQ(when("2026-03-03 07:59"), CheckinTime::open);
  EXPECT_EQ(when("2026-03-03 08:00"), CheckinTime::over);
}

TEST_F(ShiftTimes, TheEveningIsThatOfTheDayBefore) {
  EXPECT_EQ(evening_before(rules, zone, at(zone, "2026-03-03 04:00")), at(zone, "2026-03-02 19:00"));
  EXPECT_EQ(evening_before(rules, zone, at(zone, "2026-03-03 22:00")), at(zone, "2026-03-02 19:00"));
  EXPECT_EQ(evening_before(rules, zone, at(zone, "2026-03-01 00:00")), at(zone, "2026-02-28 19:00"));
}

TEST(ShiftPlace, TheEdgeOfTheRadiusIsInside) {
  Place gate{37.8700, 112.4800};
  EXPECT_TRUE(inside(gate, 150, gate));
  EXPECT_TRUE(inside(gate, 150, {37.8713, 112.4800}));   // 145 m
  EXPECT_FALSE(inside(gate, 150, {37.8714, 112.4800}));  // 156 m
}

TEST(ShiftLate, MinutesInEverySpelling) {
  const std::pair<std::string_view, int> rows[] = {
      {"晚二十分钟", 20},       {"晚到20分钟", 20}, {"我要晚十五分", 15}, {"堵车,得晚半小时", 30},
      {"晚半个小时", 30},       {"迟到一刻钟", 15}, {"要晚一个小时", 60}, {"晚1个半小时", 90},
      {"晚一小时二十分钟", 80}, {"晚 5 分钟到", 5}, {"晚三刻钟", 45},     {"路上堵车 晚四十分钟左右", 40},
      {"会晚两小时", 120},      {"晚一小时半", 90},
  };
  for (const auto& [typed, minutes] : rows) EXPECT_EQ(late_minutes(typed), minutes) << typed;
}

TEST(ShiftLate, AnEveningIsNoDelay) {
  for (std::string_view typed :
       {"晚上好", "今晚20分钟路程", "十分钟后到", "晚一点到", "我到了", "", "晚分钟"}) {
    EXPECT_FALSE(late_minutes(typed)) << typed;
  }
  EXPECT_TRUE(says_late("要晚一点"));
  EXPECT_FALSE(says_late("昨晚没睡好"));
}

TEST(ShiftEvidence, CodesAndScenes) {
  EXPECT_EQ(code_word_in("到了 4827"), "4827");
  EXPECT_EQ(code_word_in("4827"), "4827");
  EXPECT_FALSE(code_word_in("48271"));
  EXPECT_FALSE(code_word_in("打13800004827"));
  EXPECT_EQ(post_of_scene("post-hp-north"), "hp-north");
  EXPECT_FALSE(post_of_scene("post-"));
  EXPECT_FALSE(post_of_scene("bind-123"));
  for (auto state : {ShiftState::planned, ShiftState::declined, ShiftState::left}) {
    EXPECT_EQ(shift_state(name(state)), state);
  }
}

}  // namespace linli::community
