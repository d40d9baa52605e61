#include "bot/understanding/reader.hpp"

#include <gtest/gtest.h>
#include <random>

#include "bot/base/utf8.hpp"
#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

std::string read(std::string_view text) {
  return to_utf8(loaded().reader().text(text));
}

TEST(Reader, FullWidthAndCompatibilityFormsAreOne) {
  EXPECT_EQ(read("３６．５℃"), read("36.5°C"));
  EXPECT_EQ(read("ＳＯＳ　３号楼"), "sos 3号楼");
}

TEST(Reader, TraditionalIsSimplified) {
  EXPECT_EQ(read("救護車進不來"), read("救护车进不来"));
}

TEST(Reader, ChineseNumeralsAreDigits) {
  EXPECT_EQ(read("三号楼二单元五零一"), "3号楼2单元501");
  EXPECT_EQ(read("万一来不了"), "万一来不了");
}

TEST(Reader, DialectAndSlipsAreTheWordsMeant) {
  EXPECT_EQ(read("我妈夜来就难活"), "我妈昨天就难受");
  EXPECT_EQ(read("踹不过气"), "喘不过气");
  EXPECT_EQ(read("娃娃菜两棵"), "娃娃菜2棵");  // a vegetable, not children
}

TEST(Reader, StretchedIsShortenedAndNumbersAreNot) {
  EXPECT_EQ(read("救命啊啊啊啊啊！！！！"), "救命啊啊!");
  EXPECT_EQ(read("1110"), "1110");
}

TEST(Reader, EmojiStay) {
  EXPECT_EQ(read("没菜了😭😭😭😭"), "没菜了😭");
}

TEST(Reader, QuotesShowWhatWasWritten) {
  const std::string written = "我媽　夜来就胸口疼！！！";
  auto reading = loaded().reader().read(written);
  std::u32string pain = U"胸口疼";
  auto at = reading.text.find(pain);
  ASSERT_NE(at, reading.text.npos);
  EXPECT_EQ(reading.quote(written, at, at + pain.size()), "胸口疼");
  EXPECT_EQ(reading.quote(written, 0, reading.text.size()), written);
  auto yesterday = reading.text.find(U"昨天");
  ASSERT_NE(yesterday, reading.text.npos);
  EXPECT_EQ(reading.quote(written, yesterday, yesterday + 2), "夜来");
}

TEST(Reader, AnythingCanBeRead) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    auto reading = loaded().reader().read(bytes);
    ASSERT_EQ(reading.from.size(), reading.text.size() + 1);
    EXPECT_LE(reading.from.back(), bytes.size());
    EXPECT_TRUE(is_utf8(to_utf8(reading.text)));
  }
}

TEST(Reader, MarksPiledUpAreReadInLinearTime) {
  std::string marks;
  for (int i = 0; i < 200'000; ++i) marks += "\xCC\x81";
  EXPECT_LE(loaded().reader().read("a" + marks).text.size(), Reader::most_characters);
}

}  // namespace

}  // namespace linli::understanding
