// What a message says about health, with the real word lists.
#include <gtest/gtest.h>

#include "bot/base/text.hpp"
#include "handlers/health_checkin.hpp"

namespace linli::handlers {

namespace {

class HealthWordsTest : public ::testing::Test {
 protected:
  HealthSaid read(std::string_view written) { return read_health(words, normalise(written)); }
  std::string said(std::string_view written) { return summary_of(read(written)); }

  dialog::Words words = dialog::Words::read(LINLI_SOURCE_DIR "/config/words").value();
};

TEST_F(HealthWordsTest, AWholeCheckinInOneSentence) {
  EXPECT_EQ(said("全家都好，36.5"), "全家都好 36.5℃");
  EXPECT_EQ(said("我妈37.8有点咳嗽"), "母亲 37.8℃ 咳嗽");
  EXPECT_EQ(said("老伴头疼，没劲"), "配偶 头疼、乏力");
  EXPECT_EQ(said("我和我妈都咳嗽"), "本人、母亲 咳嗽");
  EXPECT_EQ(said("我妈三十六度五"), "母亲正常 36.5℃");
}

TEST_F(HealthWordsTest, FeverAloneIsSick) {
  EXPECT_TRUE(read("37.3").sick());
  EXPECT_FALSE(read("37.2").sick());
  EXPECT_TRUE(read("有点发烧").sick());
}

TEST_F(HealthWordsTest, WhatIsDeniedIsNoSymptom) {
  for (auto text : {"没有咳嗽，都好", "不发烧不咳嗽，全家都好", "都没事，不咳嗽"}) {
    EXPECT_FALSE(read(text).sick()) << text;
    EXPECT_TRUE(read(text).all_fine) << text;
  }
  EXPECT_TRUE(read("我爸不太好").sick());
  EXPECT_TRUE(read("不正常").sick());
}

TEST_F(HealthWordsTest, TheNameOfTheFormSaysNothing) {
  for (auto text : {"健康打卡", "我要打卡", "报平安", "健康上报", "打卡"})
    EXPECT_FALSE(read(text).anything()) << text;
  EXPECT_TRUE(read("健康打卡 都好").all_fine);
}

TEST_F(HealthWordsTest, ContactIsToldOrDenied) {
  EXPECT_TRUE(read("儿子刚从外地回来").contact);
  EXPECT_FALSE(read("儿子刚从外地回来").no_contact);
  EXPECT_TRUE(read("没出过门，没接触过人").no_contact);
}

TEST_F(HealthWordsTest, OneselfIsMeantOnlyWhenSaid) {
  EXPECT_EQ(read("我发烧38").who, std::vector<std::string>{"本人"});
  EXPECT_EQ(read("我爸发烧38").who, std::vector<std::string>{"父亲"});
  EXPECT_TRUE(read("发烧38").who.empty());
}

}  // namespace

}  // namespace linli::handlers
