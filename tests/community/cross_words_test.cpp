#include <gtest/gtest.h>

#include "bot/community/deadline_words.hpp"
#include "bot/community/same_case.hpp"

namespace linli::community {

TEST(DeadlineWords, Moments) {
  Zone zone = Zone::find("Asia/Shanghai").value();
  Time now = parse_time(zone, "2026-03-02 10:00").value();
  auto said = [&](std::string_view words) {
    auto at = deadline_in(words, zone, now);
    return at ? zone.iso_day(zone.day(*at)) + " " + zone.clock_text(*at) : std::string();
  };
  EXPECT_EQ(said("明天中午前"), "2026-03-03 12:00");
  EXPECT_EQ(said("今天18点前"), "2026-03-02 18:00");
  EXPECT_EQ(said("下午三点前"), "2026-03-02 15:00");
  EXPECT_EQ(said("两小时内"), "2026-03-02 12:00");
  EXPECT_EQ(said("三天内"), "2026-03-05 18:00");
  EXPECT_EQ(said("后天"), "2026-03-04 18:00");
  EXPECT_EQ(said("今天8点前"), "");
  EXPECT_EQ(said("超市"), "");
}

TEST(SameCase, OldPeopleInDifferentWords) {
  EXPECT_TRUE(same_person_words("楼上老太太两天没出门了", "我妈电话打不通"));
  EXPECT_FALSE(same_person_words("楼上老太太两天没出门了", "孩子发烧"));
  EXPECT_FALSE(same_person_words("暖气不热", "水管漏水"));
}

}  // namespace linli::community
