#include "bot/community/validity_words.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::community {

namespace {

const Zone zone = *Zone::find("Asia/Shanghai");
const Time now = *parse_time(zone, "2026-03-02 10:30");

std::string until(std::string_view words) {
  auto read = read_validity(normalise(words), zone, now);
  if (!read.understood) return "?";
  if (!read.until) return "without end";
  return zone.iso_day(zone.day(*read.until)) + " " + zone.clock_text(*read.until);
}

}  // namespace

TEST(ValidityWords, ANamedDayHoldsToItsEnd) {
  EXPECT_EQ(until("3月8日"), "2026-03-09 00:00");
  EXPECT_EQ(until("有效到三月八号"), "2026-03-09 00:00");
  EXPECT_EQ(until("2026-03-31"), "2026-04-01 00:00");
  EXPECT_EQ(until("2027年1月5日"), "2027-01-06 00:00");
  EXPECT_EQ(until("8号"), "2026-03-09 00:00");
  EXPECT_EQ(until("1号"), "2026-04-02 00:00");
  EXPECT_EQ(until("今天"), "2026-03-03 00:00");
  EXPECT_EQ(until("后天"), "2026-03-05 00:00");
}

TEST(ValidityWords, ASpan) {
  EXPECT_EQ(until("3天内"), "2026-03-06 00:00");
  EXPECT_EQ(until("一周"), "2026-03-10 00:00");
  EXPECT_EQ(until("两个星期"), "2026-03-17 00:00");
  EXPECT_EQ(until("1个月"), "2026-04-02 00:00");
  EXPECT_EQ(until("6小时"), "2026-03-02 16:30");
}

TEST(ValidityWords, WithoutEnd) {
  EXPECT_EQ(until("长期有效"), "without end");
  EXPECT_EQ(until("一直"), "without end");
}

TEST(ValidityWords, NoTimeOrOneThatHasPassed) {
  for (const char* words : {"", "不知道", "3月1日", "2月30日", "13月1日", "2025-12-31", "999999999天"})
    EXPECT_EQ(until(words), "?") << words;
}

TEST(ValidityWords, JanuarySaidInDecemberIsTheNextYears) {
  auto december = *parse_time(zone, "2026-12-30 10:00");
  auto read = read_validity("1月5日", zone, december);
  ASSERT_TRUE(read.until);
  EXPECT_EQ(zone.iso_day(zone.day(*read.until)), "2027-01-06");
}

}  // namespace linli::community
