#include "bot/community/care_words.hpp"

#include <gtest/gtest.h>

namespace linli::community {

namespace {

std::optional<int> interval(std::string words) {
  return take_interval(words);
}

}  // namespace

TEST(CareWords, Intervals) {
  EXPECT_EQ(interval("3号楼2单元501 独居 每2天 由 楼长"), 2);
  EXPECT_EQ(interval("独居 每两天"), 2);
  EXPECT_EQ(interval("每天问一声"), 1);
  EXPECT_EQ(interval("隔天"), 2);
  EXPECT_EQ(interval("每隔两天"), 3);
  EXPECT_EQ(interval("每周两次"), 3);
  EXPECT_EQ(interval("每周"), 7);
  EXPECT_FALSE(interval("3号楼2单元501 独居"));
}

TEST(CareWords, WhatIsTakenIsGone) {
  std::string words = "3号楼2单元501 独居 每2天 由 楼长";
  EXPECT_EQ(take_interval(words), 2);
  EXPECT_EQ(take_carer(words), "楼长");
  EXPECT_EQ(words.find("楼长"), words.npos);
  EXPECT_EQ(words.find("天"), words.npos);
  words = "3号楼 由王芳联系";
  EXPECT_EQ(take_carer(words), "王芳");
  words = "3号楼";
  EXPECT_EQ(take_carer(words), "");
}

TEST(CareWords, HowItWent) {
  EXPECT_TRUE(nobody_answered("敲了半天没人应"));
  EXPECT_TRUE(all_well("都好"));
  EXPECT_TRUE(needs_something("要买药"));
  EXPECT_FALSE(needs_something("什么都不缺"));
  EXPECT_EQ(agrees("本人同意，都好"), true);
  EXPECT_EQ(agrees("说不愿意"), false);
  EXPECT_FALSE(agrees("都好"));
}

TEST(CareWords, WhenToAskAgain) {
  Zone zone = Zone::find("Asia/Shanghai").value();
  Time monday = parse_time(zone, "2026-03-02 10:00").value();
  auto day = [&](std::string_view words) {
    auto found = follow_up_day(words, zone, monday);
    return found ? zone.iso_day(*found) : std::string();
  };
  EXPECT_EQ(day("下周再问问复查结果"), "2026-03-09");
  EXPECT_EQ(day("下周三再问问"), "2026-03-11");
  EXPECT_EQ(day("明天再去看看"), "2026-03-03");
  EXPECT_EQ(day("三天后回访"), "2026-03-05");
  EXPECT_EQ(day("过5天再打"), "2026-03-07");
  EXPECT_EQ(day("明天要买药"), "");
  EXPECT_EQ(day("都好"), "");
}

}  // namespace linli::community
