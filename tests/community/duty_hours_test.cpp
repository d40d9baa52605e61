#include "bot/community/duty_hours.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

Zone zone() {
  return *Zone::find("Asia/Shanghai");
}
Time at(const char* text) {
  return *parse_time(zone(), text);
}
Span span(const char* from, const char* until) {
  return {at(from), at(until)};
}
std::vector<Hours> hours(const char* text) {
  return parse_hours(text).value();
}

TEST(DutyHours, are_read_as_people_write_them) {
  auto read = hours("Mon-Fri 07:00-19:00;Sat,Sun 08:00-18:00");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0], (Hours{0b0011111, 420, 1140}));
  EXPECT_EQ(read[1], (Hours{0b1100000, 480, 1080}));
  EXPECT_EQ(hours("周五-周一 22:00-06:00")[0], (Hours{0b1110001, 1320, 1800}));
  EXPECT_EQ(hours("00:00-24:00")[0], (Hours{every_day, 0, 1440}));
  EXPECT_EQ(hours_text(read), "周一至周五 07:00-19:00；周六、周日 08:00-18:00");
  EXPECT_EQ(hours_text(hours("22:00-06:00")), "每天 22:00-次日06:00");
}

TEST(DutyHours, that_are_wrong_say_why) {
  for (const char* text : {"", "07:00", "07:00-07:00", "24:00-25:00", "24:00-06:00", "Mo-Fr 07:00-19:00",
                           "Mon-Tue-Wed 07:00-19:00", "07:00-19:00;"}) {
    auto read = parse_hours(text);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().text.find("write hours like"), std::string::npos);
  }
}

TEST(DutyHours, around_the_clock_are_one_span_over_midnights) {
  auto found = needed(hours("00:00-24:00"), zone(), at("2026-03-02 10:00"), at("2026-03-05 09:00"));
  EXPECT_EQ(found, std::vector{span("2026-03-02 10:00", "2026-03-05 09:00")});
}

TEST(DutyHours, of_a_night_begin_on_their_day_and_end_on_the_next) {
  // 2026-03-06 is a Friday
  auto found = needed(hours("Fri 22:00-06:00"), zone(), at("2026-03-02 00:00"), at("2026-03-10 00:00"));
  EXPECT_EQ(found, std::vector{span("2026-03-06 22:00", "2026-03-07 06:00")});
  // asked about from the middle of the night on
  EXPECT_EQ(needed(hours("Fri 22:00-06:00"), zone(), at("2026-03-07 01:00"), at("2026-03-07 12:00")),
            std::vector{span("2026-03-07 01:00", "2026-03-07 06:00")});
}

TEST(DutyHours, of_several_lines_join_where_they_touch) {
  auto found = needed(hours("06:00-12:00;12:00-24:00;22:00-02:00"), zone(), at("2026-03-02 03:00"),
                      at("2026-03-03 03:00"));
  EXPECT_EQ(found, std::vector{span("2026-03-02 06:00", "2026-03-03 02:00")});
}

TEST(DutyHours, follow_the_clock_of_a_zone_that_changes_it) {
  Zone berlin = *Zone::find("Europe/Berlin");
  auto found = needed(hours("00:00-24:00"), berlin, berlin.at({2026, 3, 29}, 0), berlin.at({2026, 3, 30}, 0));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].until - found[0].from, std::chrono::hours(23));
}

TEST(DutyHours, without_time_need_nobody) {
  EXPECT_TRUE(needed(hours("00:00-24:00"), zone(), at("2026-03-02 10:00"), at("2026-03-02 10:00")).empty());
  EXPECT_TRUE(needed({}, zone(), at("2026-03-02 10:00"), at("2026-03-09 10:00")).empty());
}

TEST(Uncovered, is_what_nobody_stands) {
  std::vector need = {span("2026-03-02 06:00", "2026-03-02 12:00"),
                      span("2026-03-02 14:00", "2026-03-02 16:00")};
  std::vector there = {
      span("2026-03-02 09:00", "2026-03-02 10:00"), span("2026-03-02 05:00", "2026-03-02 07:00"),
      span("2026-03-02 06:30", "2026-03-02 08:00"), span("2026-03-02 11:00", "2026-03-02 15:00")};
  EXPECT_EQ(uncovered(need, there), (std::vector{span("2026-03-02 08:00", "2026-03-02 09:00"),
                                                 span("2026-03-02 10:00", "2026-03-02 11:00"),
                                                 span("2026-03-02 15:00", "2026-03-02 16:00")}));
  EXPECT_EQ(uncovered(need, {}), need);
  EXPECT_TRUE(uncovered({}, there).empty());
}

TEST(Uncovered, is_nothing_when_shifts_touch) {
  std::vector need = {span("2026-03-02 00:00", "2026-03-03 00:00")};
  std::vector there = {span("2026-03-02 00:00", "2026-03-02 12:00"),
                       span("2026-03-02 12:00", "2026-03-03 00:00")};
  EXPECT_TRUE(uncovered(need, there).empty());
}

}  // namespace
}  // namespace linli::community
