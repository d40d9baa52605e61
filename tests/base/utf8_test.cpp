#include "bot/base/utf8.hpp"

#include <gtest/gtest.h>

#include "bot/base/random.hpp"

namespace linli {
namespace {

const std::string_view broken[] = {
    "\x80",     "\xC3",         "\xC0\xAF",         "\xE0\x80\xAF",     "\xED\xA0\x80",
    "\xE4\xB8", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xFF",
    "\xC3(",    "\xE4\xB8\x61"};

TEST(Utf8, TellsSoundFromBroken) {
  for (std::string_view sound :
       {"", "a", "邻里", "é", "😷", "\xF4\x8F\xBF\xBF", "eight bytes and more, 8 by 8"}) {
    EXPECT_TRUE(is_utf8(sound)) << sound;
  }
  for (std::string_view text : broken) {
    EXPECT_FALSE(is_utf8(text));
    EXPECT_EQ(first_invalid_utf8("0123456789邻" + std::string(text)), 13u);
    EXPECT_FALSE(is_utf8(std::string(text) + "0123456789"));
  }
}

TEST(Utf8, ThereAndBack) {
  const std::string text = "a é 邻 😷";
  EXPECT_EQ(to_u32(text), U"a é 邻 😷");
  EXPECT_EQ(to_utf8(to_u32(text)), text);
  EXPECT_EQ(utf8_length(text), 7u);
}

TEST(Utf8, BrokenBecomesTheReplacementCharacter) {
  EXPECT_EQ(to_u32("a\xFF"
                   "b"),
            U"a\uFFFDb");
  EXPECT_EQ(repair_utf8("邻\xE4\xB8里"), "邻\uFFFD里");
  EXPECT_EQ(repair_utf8("邻里"), "邻里");
  EXPECT_EQ(to_utf8(std::u32string(1, char32_t{0xD800})), "\uFFFD");
  EXPECT_EQ(to_utf8(std::u32string(1, char32_t{0x110000})), "\uFFFD");
  SeededRandom random(3);
  for (int i = 0; i < 2000; ++i) {
    std::string noise = random.bytes(static_cast<std::size_t>(random.below(40)));
    std::string repaired = repair_utf8(noise);
    EXPECT_TRUE(is_utf8(repaired));
    EXPECT_EQ(repaired == noise, is_utf8(noise));
    EXPECT_EQ(utf8_length(noise), to_u32(noise).size());
  }
}

TEST(Utf8, PrefixNeverCutsACharacter) {
  const std::string text = "aé邻😷";
  const std::string_view expected[] = {"",     "a",    "a",    "aé",   "aé",   "aé",
                                       "aé邻", "aé邻", "aé邻", "aé邻", "aé邻😷"};
  for (std::size_t max = 0; max < std::size(expected); ++max)
    EXPECT_EQ(utf8_prefix(text, max), expected[max]);
  EXPECT_EQ(utf8_prefix(text, 100), text);
  EXPECT_EQ(utf8_prefix(std::string(50, '\x80'), 10).size(), 10u);
}

}  // namespace
}  // namespace linli
