#include "bot/dialog/phrases.hpp"

#include <gtest/gtest.h>

namespace linli::dialog {
namespace {

TEST(Phrases, finds_words_anywhere) {
  Phrases phrases;
  phrases.add("叫不醒", 3);
  EXPECT_TRUE(phrases.any("我爸叫不醒了"));
  EXPECT_FALSE(phrases.any("叫醒我爸"));
}

TEST(Phrases, parts_stand_near_each_other_in_either_order) {
  Phrases phrases;
  phrases.add("胸口+疼", 0);
  EXPECT_TRUE(phrases.any("胸口这里有点疼"));
  EXPECT_TRUE(phrases.any("疼得很，胸口"));
  EXPECT_FALSE(phrases.any("胸口贴着的那张条子上写着今天上午要去医院看头疼"));
  EXPECT_FALSE(phrases.any("胸口"));
}

TEST(Phrases, tells_the_lowest_tag_and_every_hit_in_order) {
  Phrases phrases;
  phrases.add("药", 2);
  phrases.add("透析", 1);
  EXPECT_EQ(phrases.lowest("药没了，明天透析"), 1);
  EXPECT_EQ(phrases.lowest("没事"), -1);
  auto hits = phrases.find_all("药没了，明天透析");
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].tag, 2);
  EXPECT_EQ(hits[1].tag, 1);
}

TEST(Phrases, a_long_text_costs_its_length) {
  Phrases phrases;
  phrases.add("甲+乙", 0);
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "甲";
  EXPECT_FALSE(phrases.any(text));
}

}  // namespace
}  // namespace linli::dialog
