#include "bot/community/ask_back.hpp"

#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

#include "bot/community/request_words.hpp"

namespace linli::community {
namespace {

const std::vector<std::string_view> intents = {
    "health_checkin",  "help_supplies", "help_medical",  "help_mental", "help_environment", "rumour_report",
    "policy_question", "shift_checkin", "patrol_report", "suggestion",  "registration"};

AskBack rules() {
  auto read = AskBack::read(LINLI_SOURCE_DIR "/config/ask_back.toml", intents);
  if (!read) throw std::runtime_error(read.error().text);
  return *read;
}

TEST(AskBack, EveryIntentHasANameAndNoTwoAreTheSame) {
  auto read = rules();
  std::set<std::string> names;
  for (auto intent : intents) names.insert(read.name(intent));
  EXPECT_EQ(names.size(), intents.size());
  EXPECT_FALSE(names.contains(""));
  EXPECT_EQ(read.name("greeting_other"), "");
}

TEST(AskBack, WordsOfAChoiceNameIt) {
  auto read = rules();
  EXPECT_EQ(read.named("要东西"), "help_supplies");
  EXPECT_EQ(read.named("买菜。"), "");  // normalised text has an ASCII full stop
  EXPECT_EQ(read.named("买菜."), "help_supplies");
  EXPECT_EQ(read.named("报平安"), "health_checkin");
  EXPECT_EQ(read.named("买菜", {"suggestion", "registration"}), "") << "was not offered";
  EXPECT_EQ(read.named("家里没米了"), "") << "another message, not a choice";
}

TEST(AskBack, AMissingIntentIsNamed) {
  auto read = AskBack::read(LINLI_SOURCE_DIR "/config/ask_back.toml", {"health_checkin", "no_such"});
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().text.find("no_such"), std::string::npos) << read.error().text;
}

TEST(WithoutPeople, WhoeverWroteItCannotBeTold) {
  EXPECT_EQ(without_people("我叫王建国，电话13900001111"), "我叫某，电话…");
  EXPECT_EQ(without_people("3号楼2单元501李大爷的事"), "3号楼…某大爷的事");
  EXPECT_EQ(without_people("崔秀丽那边怎么弄", {"崔秀丽", ""}), "某那边怎么弄");
  EXPECT_EQ(without_people("身份证140106197001011234"), "身份证…");
}

TEST(WithoutPeople, OrdinaryWordsStay) {
  for (std::string text : {"家里老人的事", "那个东西弄一下", "楼道灯坏了", "我叫不到车"})
    EXPECT_EQ(without_people(text), text);
}

TEST(WithoutPeople, DoingItAgainChangesNothing) {
  for (std::string text : {"我叫王建国，电话13900001111", "5单元301张师傅", "李王大爷"}) {
    std::string once = without_people(text);
    EXPECT_EQ(without_people(once), once);
    EXPECT_EQ(wording_key(once), wording_key(text));
  }
}

TEST(WordingKey, PunctuationBlanksAndFacesDoNotCount) {
  EXPECT_EQ(wording_key("我家这边，还没弄……"), wording_key("我家这边 还没弄!😂"));
  EXPECT_NE(wording_key("我家这边还没弄"), wording_key("我家那边还没弄"));
  EXPECT_EQ(wording_key("😂。"), "");
}

TEST(RequestWords, WhenHowMuchAndWhichPhone) {
  auto said = request_words("要两袋米、一桶油,明天上午送,晚上7点以后也行,电话13900001111", true);
  EXPECT_EQ(said.when, "明天上午、晚上7点以后");
  EXPECT_EQ(said.amount, "两袋米、一桶油");
  EXPECT_EQ(said.phone, "13900001111");
  EXPECT_EQ(said.summary(), "时间：明天上午、晚上7点以后；数量：两袋米、一桶油");
  EXPECT_EQ(request_words("降压药要3盒,后天之前", true).summary(), "时间：后天之前；数量：3盒");
}

TEST(RequestWords, WhatSaysNeitherIsLeftAlone) {
  for (std::string text :
       {"今天没米了", "家里没米没菜了", "俩老的明天吃甚", "3号楼2单元501", "有点心吗", "三十六度五"})
    EXPECT_EQ(request_words(text, true).summary(), "") << text;
  EXPECT_EQ(request_words("漏了两桶水", false).summary(), "");
}

}  // namespace
}  // namespace linli::community
