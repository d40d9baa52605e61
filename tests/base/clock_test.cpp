#include "bot/base/clock.hpp"

#include <gtest/gtest.h>

namespace linli {
namespace {

Zone zone(const std::string& name) {
  return *Zone::find(name);
}

TEST(Clock, SettableStandsStill) {
  SettableClock clock(Time{Seconds{1000}});
  EXPECT_EQ(clock.now(), Time{Seconds{1000}});
  clock.advance(Seconds{5});
  EXPECT_EQ(clock.now(), Time{Seconds{1005}});
  clock.set(Time{Seconds{1}});
  EXPECT_EQ(clock.now(), Time{Seconds{1}});
}

TEST(Clock, ShiftedIsTheSystemClockMoved) {
  SystemClock system;
  ShiftedClock shifted;
  EXPECT_LE(shifted.now() - system.now(), Seconds{1});
  shifted.shift(Seconds{86'400});
  shifted.shift(Seconds{-400});
  Seconds ahead = shifted.now() - system.now();
  EXPECT_GE(ahead, Seconds{85'999});
  EXPECT_LE(ahead, Seconds{86'001});
}

TEST(Zone, FindsOnlyWhatExists) {
  EXPECT_TRUE(Zone::find("Asia/Shanghai"));
  auto wrong = Zone::find("Asia/Nowhere");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::bad_config);
  EXPECT_NE(wrong.error().text.find("Asia/Nowhere"), std::string::npos);
}

TEST(Zone, LocalDayAndMinute) {
  Zone shanghai = zone("Asia/Shanghai");
  Time at = *parse_time(shanghai, "2026-03-02 23:40");
  EXPECT_EQ(at.time_since_epoch().count(), 1772466000);  // 15:40 UTC
  EXPECT_EQ(shanghai.day(at), (Day{2026, 3, 2}));
  EXPECT_EQ(shanghai.minute_of_day(at), 23 * 60 + 40);
  EXPECT_EQ(shanghai.day(at + Seconds{20 * 60}), (Day{2026, 3, 3}));
  EXPECT_EQ(shanghai.minute_of_day(at + Seconds{20 * 60}), 0);
  EXPECT_EQ(shanghai.at({2026, 3, 2}, 23 * 60 + 40), at);
  EXPECT_EQ(shanghai.at({2026, 3, 2}, 24 * 60), shanghai.at({2026, 3, 3}, 0));
}

TEST(Zone, Texts) {
  Zone shanghai = zone("Asia/Shanghai");
  Time at = *parse_time(shanghai, "2026-03-02 03:05");
  EXPECT_EQ(shanghai.date_time_text(at), "3月2日 03:05");
  EXPECT_EQ(shanghai.clock_text(at), "03:05");
  EXPECT_EQ(shanghai.iso_day({2026, 3, 2}), "2026-03-02");
}

TEST(Zone, DaysFollowTheCalendar) {
  Zone shanghai = zone("Asia/Shanghai");
  EXPECT_EQ(shanghai.next_day({2026, 2, 28}), (Day{2026, 3, 1}));
  EXPECT_EQ(shanghai.next_day({2028, 2, 28}), (Day{2028, 2, 29}));
  EXPECT_EQ(shanghai.next_day({2026, 12, 31}), (Day{2027, 1, 1}));
  EXPECT_EQ(shanghai.next_day({2026, 3, 1}, -1), (Day{2026, 2, 28}));
}

// Berlin: 2026-03-29 02:00 -> 03:00 and 2026-10-25 03:00 -> 02:00.
TEST(Zone, ADayOfAClockChangeIsNot24Hours) {
  Zone berlin = zone("Europe/Berlin");
  EXPECT_EQ(berlin.at({2026, 3, 30}, 0) - berlin.at({2026, 3, 29}, 0), Seconds{23 * 3600});
  EXPECT_EQ(berlin.at({2026, 10, 26}, 0) - berlin.at({2026, 10, 25}, 0), Seconds{25 * 3600});
  EXPECT_EQ(berlin.clock_text(berlin.at({2026, 3, 29}, 12 * 60)), "12:00");
  Time fold = berlin.at({2026, 10, 25}, 2 * 60 + 30);
  EXPECT_EQ(fold.time_since_epoch().count(), 1792888200);  // 00:30 UTC, the earlier of two
  // 02:30 does not exist on the day of the gap; it is the moment of the change.
  EXPECT_EQ(berlin.at({2026, 3, 29}, 2 * 60 + 30).time_since_epoch().count(), 1774746000);
}

TEST(Parse, Days) {
  EXPECT_EQ(*parse_day("2026-03-02"), (Day{2026, 3, 2}));
  EXPECT_EQ(*parse_day("2028-02-29"), (Day{2028, 2, 29}));
  for (std::string_view text :
       {"", "2026-3-2", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-32", "2026/01/01", "2026-01-01 ",
        "26-01-01", "-026-01-01", "2026-+1-01", "abcd-ef-gh", "2026-01"}) {
    auto day = parse_day(text);
    ASSERT_FALSE(day) << text;
    EXPECT_EQ(day.error().code, Errc::bad_input);
  }
}

TEST(Parse, ClockTimes) {
  EXPECT_EQ(*parse_clock("00:00"), 0);
  EXPECT_EQ(*parse_clock("23:59"), 1439);
  EXPECT_EQ(*parse_clock("24:00"), 1440);
  for (std::string_view text :
       {"", "24:01", "25:00", "12:60", "1:00", "12.30", "-1:00", "12:-1", "12:3", "12:300"}) {
    EXPECT_FALSE(parse_clock(text)) << text;
  }
}

TEST(Parse, Moments) {
  Zone shanghai = zone("Asia/Shanghai");
  for (std::string_view text : {"", "2026-03-02", "2026-03-02T23:40", "2026-03-02 23:4", "2026-02-30 23:40",
                                "2026-03-02 25:40", "2026-03-02 23:40:00"}) {
    EXPECT_FALSE(parse_time(shanghai, text)) << text;
  }
}

}  // namespace
}  // namespace linli
