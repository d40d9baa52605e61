#include "bot/base/text.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "bot/base/random.hpp"
#include "bot/base/utf8.hpp"

namespace linli {
namespace {

struct Case {
  std::string_view written, normal;
};

TEST(Normalise, Table) {
  const Case cases[] = {
      {"", ""},
      {"全家都好，36.5", "全家都好,36.5"},
      {"３６．５℃", "36.5°c"},
      {"ＡＢＣ　ｄｅｆ！", "abc def!"},
      {"打卡\r\n \t好", "打卡 好"},
      {"  打卡  ", "打卡"},
      {"　打卡　", "打卡"},
      {"打\u200B卡\u200D\uFEFF", "打卡"},
      {"\uFEFF打卡", "打卡"},
      {"\u202Egnitset\u202C 12", "gnitset 12"},
      {"\u2066打\u2069卡\u061C", "打卡"},
      {"打\u00AD卡\u180E", "打卡"},
      {"A\u0301", "á"},  // composed
      {"É", "É"},        // only ASCII is lowered
      {"①②⑩ ㈱", "1210 (株)"},
      {"ｶﾞ", "ガ"},
      {"5\u00A0号楼\u2003二单元", "5 号楼 二单元"},
      {"一\u2028二\u0085三", "一 二 三"},
      {"…好…", "...好..."},
      {"😷👨\u200D👩\u200D👧", "😷👨👩👧"},
      {"☎\uFE0F", "☎"},
      {"{{x}} ]]> %n <a>", "{{x}} ]]> %n <a>"},
      {"\x01\x02打\x7F卡\x1B", "打卡"},
      {"a\xFF"
       "b",
       "a\uFFFDb"},
      {"\xE4\xB8", "\uFFFD"},
      {"H\u0331", "\u1E96"},  // lowering makes it composable
      {"Ｈ\u0331", "\u1E96"},
      {"e\u200D\u0301", "é"},  // dropping makes it composable
      {"ﷺ", "صلى الله عليه وسلم"},
      {"\u200B \u202A", ""},
  };
  for (const Case& c : cases) EXPECT_EQ(normalise(c.written), c.normal) << c.written;
  EXPECT_EQ(normalise(std::string_view("a\0b", 3)), "ab");
}

/// The definition, without any short cut, for one character between two others.
std::string by_definition(std::int32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
  icu::UnicodeString text;
  if (u_isUWhiteSpace(code)) return "好 好";
  text.append(u'好');
  if (!u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && u_charType(code) != U_CONTROL_CHAR)
    text.append(code);
  text.append(u'好');
  icu::UnicodeString normal = nfkc->normalize(text, status);
  for (int i = 0; i < normal.length(); ++i) {
    char16_t c = normal[i];
    if (c >= 'A' && c <= 'Z') normal.setCharAt(i, static_cast<char16_t>(c + 32));
  }
  std::string out;
  normal.toUTF8String(out);
  return out;
}

TEST(Normalise, EveryCharacterOfTheQuickWayIsThatOfTheTables) {
  for (char32_t code = 1; code < 0x20000; ++code) {
    bool quick = code < 0x80 || (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code <= 0x3012) ||
                 (code >= 0x4E00 && code < 0xA000) || (code >= 0xFE00 && code <= 0xFF60) ||
                 (code >= 0x1F2F0 && code < 0x1FB10);
    if (!quick) continue;
    auto plain = static_cast<std::int32_t>(code);
    std::string expected = by_definition(plain);
    // A compatibility form with blanks in it (such as that of an overline) is collapsed once more.
    if (expected.find("  ") != expected.npos || expected.find("好 ") == 0) continue;
    ASSERT_EQ(normalise("好" + to_utf8(std::u32string(1, code)) + "好"), expected) << std::hex << plain;
  }
}

std::u32string random_text(Random& random) {
  static const std::u32string alphabet =
      U"aAzZ09 "
      U"\t\n.,!?"
      U"好人㍿℃①ＡＨ３！，。…“😷\u0301\u0331\u0323\u0345\u200B\u200D\u202E\uFEFF\u00AD\u00A0\u3000\uFFA0\u1160"
      U"\u1100\u1161\u11A8"
      U"ガ゙ｶﾞ´ﷺǅİKÅſẛ\uFFFD\u0958\u2126\u0344\u0F73\U0001D15E\u115F가";
  std::u32string text;
  for (std::uint64_t n = random.below(12); n > 0; --n) text += alphabet[random.below(alphabet.size())];
  return text;
}

TEST(Normalise, TwiceIsOnce) {
  SeededRandom random(5);
  for (int i = 0; i < 50'000; ++i) {
    std::string text = to_utf8(random_text(random));
    std::string once = normalise(text);
    ASSERT_EQ(normalise(once), once) << text;
    ASSERT_TRUE(is_utf8(once));
  }
  for (int i = 0; i < 5'000; ++i) {
    std::string once = normalise(random.bytes(40));
    ASSERT_EQ(normalise(once), once);
    ASSERT_TRUE(is_utf8(once));
  }
}

TEST(Normalise, LongTextsAreLinear) {
  // Quadratic work on 200 times 10,000 characters would take minutes.
  for (std::string_view piece :
       {"好", "ﷺ", "a\u0300\u0323", "\u0300\u0323", "\u202E", " ", "é", "\xFF", "👨\u200D"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += piece;
    auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(is_utf8(normalise(text)));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << piece;
  }
}

std::string without_blanks(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') out += c;
  }
  return out;
}

std::string together(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part;
  return out;
}

TEST(Split, WhatFitsStaysWhole) {
  EXPECT_EQ(split_for_sending(""), std::vector<std::string>{""});
  EXPECT_EQ(split_for_sending("你好。好"), std::vector<std::string>{"你好。好"});
  EXPECT_EQ(split_for_sending(std::string(2047, 'a')).size(), 1u);
  EXPECT_EQ(split_for_sending(std::string(2048, 'a')).size(), 2u);
}

TEST(Split, AtSentenceOrLineEnd) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split_for_sending("今天很好。明天也好。后天", 33), (Parts{"今天很好。明天也好。", "后天"}));
  EXPECT_EQ(split_for_sending("今天很好！\n明天也好吗？后天", 24), (Parts{"今天很好！", "明天也好吗？后天"}));
  EXPECT_EQ(split_for_sending("one line\n\nanother line", 12), (Parts{"one line", "another line"}));
  EXPECT_EQ(split_for_sending("他说：“好。”然后走了很远", 27), (Parts{"他说：“好。”", "然后走了很远"}));
  // The ? of an address is no end.
  EXPECT_EQ(split_for_sending("看这里。http://a/b?c=dddd", 28), (Parts{"看这里。", "http://a/b?c=dddd"}));
  EXPECT_EQ(split_for_sending("really? yes! it is so", 14), (Parts{"really? yes!", "it is so"}));
}

TEST(Split, OtherwiseBetweenCharacters) {
  auto parts = split_for_sending("邻里邻里邻里", 10);
  EXPECT_EQ(parts, (std::vector<std::string>{"邻里邻", "里邻里"}));
  // A sentence end that would leave the part nearly empty is passed over.
  EXPECT_EQ(split_for_sending("嗯。" + std::string(100, 'a'), 60)[0].size(), 60u);
}

TEST(Split, AFamilyEmojiStaysTogether) {
  const std::string family = "👨\u200D👩\u200D👧";  // 18 bytes
  std::string text;
  for (int i = 0; i < 10; ++i) text += family;
  for (const std::string& part : split_for_sending(text, 50)) EXPECT_EQ(part.size() % family.size(), 0u);
  // One that is larger than a part is cut between its code points.
  for (const std::string& part : split_for_sending(text, 10)) EXPECT_TRUE(is_utf8(part));
  std::string flags;
  for (int i = 0; i < 40; ++i) flags += "🇨🇳";
  for (const std::string& part : split_for_sending(flags, 100)) EXPECT_EQ(part.size() % 8, 0u);
}

TEST(Split, NeverAboveTheLimitNorInsideACharacterNorLosing) {
  SeededRandom random(6);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (std::uint64_t n = random.below(60); n > 0; --n) text += to_utf8(random_text(random)) + "。句子很长";
    std::size_t limit = 4 + random.below(120);
    auto parts = split_for_sending(text, limit);
    ASSERT_EQ(without_blanks(together(parts)), without_blanks(text));
    for (const std::string& part : parts) {
      ASSERT_LE(part.size(), limit);
      ASSERT_TRUE(is_utf8(part)) << part;
      ASSERT_TRUE(parts.size() == 1 || !part.empty());
    }
  }
  for (int i = 0; i < 300; ++i) {
    std::string noise = random.bytes(500);
    auto parts = split_for_sending(noise, 50);
    ASSERT_EQ(without_blanks(together(parts)), without_blanks(noise));
    for (const std::string& part : parts) ASSERT_LE(part.size(), 50u);
  }
}

TEST(Split, LongTextsAndUselessLimits) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += i % 9 == 8 ? "。" : "\u0301";
  for (const std::string& part : split_for_sending(text)) EXPECT_LE(part.size(), 2047u);
  EXPECT_THROW(static_cast<void>(split_for_sending("好好好", 3)), std::invalid_argument);
}

}  // namespace
}  // namespace linli
