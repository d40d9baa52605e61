#include "bot/community/temperature.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::community {
namespace {

std::optional<TemperatureReading> read(std::string_view written) {
  return read_temperature(normalise(written));
}

struct Case {
  std::string_view written;
  int tenths;
};

TEST(Temperature, EveryUsualSpellingIsReadWithoutAQuestion) {
  constexpr Case cases[] = {
      {"36.5", 365},           {"36。5", 365},          {"３６．５℃", 365},      {"36.5度", 365},
      {"36.5℃", 365},          {"36度5", 365},          {"36度半", 365},         {"36℃5", 365},
      {"三十六度五", 365},     {"三十六点五", 365},     {"三十六度半", 365},     {"三十六点五度", 365},
      {"37,8", 378},           {"37·8", 378},           {"36点8", 368},          {"36. 5", 365},
      {"36.50", 365},          {"36.55", 366},          {"36.5c", 365},          {"37度", 370},
      {"三十七度", 370},       {"体温37", 370},         {"烧到39", 390},         {"量了是38", 380},
      {"四十度二", 402},       {"体温：36.6", 366},     {"全家都好，36.5", 365}, {"我妈37.8有点咳嗽", 378},
      {"早上36.4，都好", 364}, {"妈妈78岁，37.9", 379}, {"36度5分", 365},        {"三十六度五一切正常", 365},
      {"34.0", 340},           {"43.0", 430},           {"摄氏36.7", 367},
  };
  for (const Case& c : cases) {
    auto found = read(c.written);
    ASSERT_TRUE(found) << c.written;
    EXPECT_EQ(found->tenths, c.tenths) << c.written;
    EXPECT_FALSE(found->guessed) << c.written;
  }
}

TEST(Temperature, AMissingPointIsGuessedSoThatItIsAskedBack) {
  constexpr Case cases[] = {{"365", 365},          {"体温365", 365}, {"三六五", 365},  {"我妈378", 378},
                            {"全家都好 366", 366}, {"365度", 365},   {"量的372", 372}, {"37", 370}};
  for (const Case& c : cases) {
    auto found = read(c.written);
    ASSERT_TRUE(found) << c.written;
    EXPECT_EQ(found->tenths, c.tenths) << c.written;
    EXPECT_TRUE(found->guessed) << c.written;
  }
}

TEST(Temperature, RoomsAgesMoneyAndOtherNumbersAreNone) {
  constexpr std::string_view texts[] = {
      "501",       "365室",       "2单元365", "3-365",          "3号楼365",   "住365",
      "我在366号", "37号楼",      "38岁",     "36.5元",         "40斤米",     "37.5公里",
      "36%",       "13900003655", "接 37",    "完成 38 已送到", "2026-03-02", "12:36",
      "35个人",    "我家401漏水", "晚35分钟", "1.36.5",         "第36次",     "",
      "打卡",      "一切正常",    "35楼",     "花了￥36.5",     "3点36到",    "366块钱",
  };
  for (auto text : texts) EXPECT_FALSE(read(text)) << text;
}

TEST(Temperature, OutsideTheRangeNothingIsRead) {
  for (auto text : {"33.9", "43.1", "45.2", "20度", "三十度", "体温50", "体温280", "99.9"}) {
    EXPECT_FALSE(read(text)) << text;
  }
}

TEST(Temperature, OfSeveralTheHighestCountsAndASureOneBeforeAGuess) {
  EXPECT_EQ(read("我爸36.5，我妈37.8")->tenths, 378);
  EXPECT_EQ(read("我妈37.8，我爸36.5")->tenths, 378);
  auto mixed = read("我爸36.5 我妈378");
  EXPECT_EQ(mixed->tenths, 365);
  EXPECT_FALSE(mixed->guessed);
}

TEST(Temperature, FeverBeginsAtThirtySevenPointThree) {
  EXPECT_FALSE(is_fever(372));
  EXPECT_TRUE(is_fever(373));
}

TEST(Temperature, LongAndBrokenTextsAreHarmless) {
  EXPECT_FALSE(read(std::string(10000, '3')));
  EXPECT_FALSE(read("\xff\xfe三十"));
  EXPECT_TRUE(read(std::string(9000, 'x') + " 体温36.5"));
}

}  // namespace
}  // namespace linli::community
