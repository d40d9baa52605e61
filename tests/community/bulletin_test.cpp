// The bulletin's sums, times, weeks and words.
#include "bot/community/bulletin.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

Area area(std::int64_t id, const char* code, AreaKind kind, std::int64_t parent) {
  return {AreaId{id}, code, kind, code, AreaId{parent}, "", false};
}

class BulletinTest : public ::testing::Test {
 protected:
  BulletinTest() {
    facts.week = week_of(zone, *parse_time(zone, "2026-03-04 10:00"));
    facts.until = facts.week.until;
    facts.areas = {area(1, "d", AreaKind::district, 0), area(2, "s1", AreaKind::street, 1),
                   area(3, "s2", AreaKind::street, 1), area(4, "c1", AreaKind::community, 2),
                   area(5, "c2", AreaKind::community, 2)};
  }
  void add(std::int64_t area, const char* figure, std::int64_t number) {
    facts.facts.push_back({AreaId{area}, *figure_index(figure), number});
  }
  static std::int64_t value(const Bulletin& bulletin, const char* code, const char* figure) {
    return bulletin.line(code)->values[*figure_index(figure)].value_or(-1);
  }

  Zone zone = *Zone::find("Asia/Shanghai");
  BulletinFacts facts;
};

TEST_F(BulletinTest, ChildrenSumToTheParentAndWhatIsNobodysIsALineOfItsOwn) {
  add(4, "help_opened", 3);
  add(5, "help_opened", 4);
  add(2, "help_opened", 1);  // of the street itself
  add(3, "help_opened", 2);
  add(0, "help_opened", 5);  // nobody knows where
  auto bulletin = make_bulletin(facts, zone);
  EXPECT_EQ(value(bulletin, "d", "help_opened"), 15);
  EXPECT_EQ(value(bulletin, "s1", "help_opened"), 8);
  EXPECT_EQ(value(bulletin, "s1*", "help_opened"), 1);
  EXPECT_EQ(value(bulletin, "d*", "help_opened"), 5);
  EXPECT_FALSE(bulletin.line("s2*"));
  EXPECT_EQ(wrong_sum(bulletin), "");
  bulletin.lines[2].values[*figure_index("help_opened")] = 99;
  EXPECT_NE(wrong_sum(bulletin), "");
}

TEST_F(BulletinTest, TimesAreOfAllTheirSpansAndNotOfTheChildrensTimes) {
  for (std::int64_t span : {60, 120, 180}) add(4, "help_span", span);
  for (std::int64_t span : {6000, 7000, 8000, 9000, 10000, 11000, 12000}) add(5, "help_span", span);
  auto bulletin = make_bulletin(facts, zone);
  EXPECT_EQ(value(bulletin, "c1", "help_median"), 120);
  EXPECT_EQ(value(bulletin, "s1", "help_median"), 7000);  // the 5th of 10
  EXPECT_EQ(value(bulletin, "s1", "help_ninth"), 11000);  // the 9th of 10
  EXPECT_EQ(value(bulletin, "s2", "help_median"), -1);
}

TEST_F(BulletinTest, RatesAreRoundedHalfUpAndNeverDividedByNothing) {
  EXPECT_EQ(permille(1, 3), 333);
  EXPECT_EQ(permille(2, 3), 667);
  EXPECT_EQ(permille(1, 2000), 1);  // 0.05 %
  EXPECT_FALSE(permille(0, 0));
  add(4, "checkin_due", 8);
  add(4, "checkin_done", 7);
  auto bulletin = make_bulletin(facts, zone);
  EXPECT_EQ(value_text(*bulletin.line("c1"), *figure_index("checkin_rate")), "87.5%");
  EXPECT_EQ(value_text(*bulletin.line("c2"), *figure_index("checkin_rate")), "—");
}

TEST_F(BulletinTest, TheSameFactsAreTheSameBytesAndAreReadBack) {
  add(4, "help_opened", 3);
  add(4, "help_span", 60);
  auto once = canonical_json(make_bulletin(facts, zone)), again = canonical_json(make_bulletin(facts, zone));
  EXPECT_EQ(once, again);
  auto read = read_bulletin(once);
  ASSERT_TRUE(read);
  EXPECT_EQ(canonical_json(*read), once);
  EXPECT_FALSE(read_bulletin("{\"week\":1}"));
}

TEST_F(BulletinTest, WhatDiffersLaterIsAnErratum) {
  add(4, "duty_missing", 2);
  auto was = make_bulletin(facts, zone);
  add(4, "duty_missing", -1);
  auto errata = compare(was, make_bulletin(facts, zone));
  ASSERT_EQ(errata.size(), 3u);  // the community, its street, the district
  EXPECT_EQ(errata[0].area, "d");
  EXPECT_EQ(errata[0].was, 2);
  EXPECT_EQ(errata[0].is, 1);
  EXPECT_NE(errata[0].why, "");
  EXPECT_TRUE(compare(was, was).empty());
}

TEST_F(BulletinTest, APartHasOnlyItsLines) {
  auto part = part_of(make_bulletin(facts, zone), "s1");
  ASSERT_EQ(part.lines.size(), 3u);
  EXPECT_EQ(part.lines[0].depth, 0);
  EXPECT_EQ(part.lines[0].parent, "");
  EXPECT_EQ(part.lines[2].code, "c2");
  EXPECT_TRUE(part_of(part, "d").lines.empty());
}

TEST(BulletinWeek, IsThatOfIso8601) {
  auto zone = *Zone::find("Asia/Shanghai");
  auto week = [&](const char* day) { return week_of(zone, *parse_time(zone, day)).name; };
  EXPECT_EQ(week("2026-03-02 00:00"), "2026-W10");
  EXPECT_EQ(week("2026-03-08 23:59"), "2026-W10");
  EXPECT_EQ(week("2025-12-29 00:00"), "2026-W01");
  EXPECT_EQ(week("2027-01-03 12:00"), "2026-W53");
  auto parsed = parse_week(zone, "2026-W53");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(zone.iso_day(zone.day(parsed->from)), "2026-12-28");
  for (const char* wrong : {"2025-W53", "2026-W00", "2026-10", "2026-W1", "2026-Wxx", ""})
    EXPECT_FALSE(parse_week(zone, wrong)) << wrong;
  EXPECT_EQ(week_before(zone, *parse_week(zone, "2026-W01")).name, "2025-W52");
}

TEST(BulletinFigures, EachSaysWhatItCountsAndNoIdIsThereTwice) {
  std::map<std::string_view, int> ids;
  for (const auto& figure : figures()) {
    EXPECT_EQ(++ids[figure.id], 1) << figure.id;
    EXPECT_GT(figure.counts.size(), 10u) << figure.id;
    if (figure.shape == Shape::rate) {
      EXPECT_TRUE(figure_index(figure.part) && figure_index(figure.whole)) << figure.id;
    } else {
      EXPECT_FALSE(figure.later.empty()) << figure.id;
    }
  }
}

}  // namespace
}  // namespace linli::community
