#include "bot/community/quiet_hours.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

class QuietHoursTest : public ::testing::Test {
 protected:
  Time at(const char* text) { return *parse_time(zone, text); }
  Zone zone = *Zone::find("Asia/Shanghai");
  QuietHours night = *QuietHours::read(zone, "22:00-07:00");
  QuietHours noon = *QuietHours::read(zone, "12:30-14:00");
};

TEST_F(QuietHoursTest, OverMidnight) {
  EXPECT_FALSE(night.at(at("2026-03-02 21:59")));
  EXPECT_TRUE(night.at(at("2026-03-02 22:00")));
  EXPECT_TRUE(night.at(at("2026-03-03 00:00")));
  EXPECT_TRUE(night.at(at("2026-03-03 06:59")));
  EXPECT_FALSE(night.at(at("2026-03-03 07:00")));
}

TEST_F(QuietHoursTest, WithinADay) {
  EXPECT_FALSE(noon.at(at("2026-03-02 12:29")));
  EXPECT_TRUE(noon.at(at("2026-03-02 12:30")));
  EXPECT_FALSE(noon.at(at("2026-03-02 14:00")));
  EXPECT_EQ(noon.end(at("2026-03-02 13:00")), at("2026-03-02 14:00"));
}

TEST_F(QuietHoursTest, EndsTheSameMorningOrTheNext) {
  EXPECT_EQ(night.end(at("2026-03-02 23:10")), at("2026-03-03 07:00"));
  EXPECT_EQ(night.end(at("2026-03-03 03:10")), at("2026-03-03 07:00"));
  EXPECT_EQ(night.end(at("2026-03-03 12:00")), at("2026-03-03 12:00"));
}

TEST_F(QuietHoursTest, NoneIsNever) {
  EXPECT_FALSE(QuietHours().at(at("2026-03-02 03:00")));
  EXPECT_FALSE(QuietHours::read(zone, "")->at(at("2026-03-02 03:00")));
}

TEST_F(QuietHoursTest, RefusesWhatIsNoSpan) {
  for (const char* text : {"22:00", "22-7", "22:00-22:00", "25:00-07:00", "x-y", "24:00-07:00"})
    EXPECT_FALSE(QuietHours::read(zone, text)) << text;
}

}  // namespace
}  // namespace linli::community
