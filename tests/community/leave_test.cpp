#include "bot/community/leave.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

class LeaveTest : public ::testing::Test {
 protected:
  std::string read(std::string_view text, Day today = {2026, 3, 1}) {
    Leave leave;
    switch (read_leave(text, today, zone, leave)) {
      case LeaveRead::none:
        return "none";
      case LeaveRead::impossible:
        return "impossible";
      case LeaveRead::read:
        break;
    }
    auto text_of = [&](Day day) { return zone.iso_day(day).substr(2); };
    return text_of(leave.from) + " " + text_of(leave.until);
  }
  Zone zone = Zone::find("Asia/Shanghai").value();
};

TEST_F(LeaveTest, DaysAsPeopleSayThem) {
  EXPECT_EQ(read("请假 3月2日到3月5日"), "26-03-02 26-03-05");
  EXPECT_EQ(read("请假三月二号到五号"), "26-03-02 26-03-05");
  EXPECT_EQ(read("3.2到3.5"), "26-03-02 26-03-05");
  EXPECT_EQ(read("2-5号"), "26-03-02 26-03-05");
  EXPECT_EQ(read("今天"), "26-03-01 26-03-01");
  EXPECT_EQ(read("明天到后天"), "26-03-02 26-03-03");
  EXPECT_EQ(read("请3天假"), "26-03-01 26-03-03");
  EXPECT_EQ(read("明天起请假一周"), "26-03-02 26-03-08");
  EXPECT_EQ(read("28号到2号"), "26-03-28 26-04-02");
  EXPECT_EQ(read("12月30日到1月2日", {2026, 12, 28}), "26-12-30 27-01-02");
  EXPECT_EQ(read("2月27日到3月3日"), "26-03-01 26-03-03");  // begun already
}

TEST_F(LeaveTest, WhatNoCalendarHas) {
  EXPECT_EQ(read("2月30日到3月5日"), "impossible");
  EXPECT_EQ(read("3月5日到3月2日"), "impossible");
  EXPECT_EQ(read("2月3日到2月5日"), "impossible");
  EXPECT_EQ(read("13月1日"), "impossible");
  EXPECT_EQ(read("3月2日到9月2日"), "impossible");
  EXPECT_EQ(read("3月"), "impossible");
  EXPECT_EQ(read("请假"), "none");
  EXPECT_EQ(read(""), "none");
  EXPECT_EQ(read("我有点事"), "none");
}

}  // namespace
}  // namespace linli::community
