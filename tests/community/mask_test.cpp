#include "bot/community/mask.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

TEST(Mask, hides_everything_below_the_building) {
  EXPECT_EQ(mask_place("和平苑3号楼2单元501，我在北京"), "和平苑3号楼…，我在北京");
  EXPECT_EQ(mask_place("3号楼二单元五零一室"), "3号楼…");
  EXPECT_EQ(mask_place("３号楼５０１没人"), "３号楼…没人");
}

TEST(Mask, hides_phones) {
  EXPECT_EQ(mask_place("打我电话19900001234"), "打我电话…");
}

TEST(Mask, leaves_what_is_no_address) {
  for (const char* text : {"36度5", "降压药100元", "120打不通", "烧到38.5", "2026年"})
    EXPECT_EQ(mask_place(text), text);
}

TEST(Mask, phones_keep_their_ends) {
  EXPECT_EQ(mask_phone("19900001234"), "199****1234");
  EXPECT_EQ(mask_phone("1234"), "****");
  EXPECT_EQ(mask_phone(""), "");
}

TEST(Brief, cuts_between_characters) {
  EXPECT_EQ(brief("一二三四五", 5), "一二三四五");
  EXPECT_EQ(brief("一二三四五六", 5), "一二三四…");
}

}  // namespace
}  // namespace linli::community
