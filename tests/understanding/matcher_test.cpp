#include "bot/understanding/matcher.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>

#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

const Storyteller& teller() {
  static const auto made = [] {
    auto loaded_one = Storyteller::load(LINLI_SOURCE_DIR "/config/words", loaded().reader());
    if (!loaded_one) throw std::runtime_error(loaded_one.error().text);
    return std::make_unique<Storyteller>(std::move(*loaded_one));
  }();
  return *made;
}

std::unique_ptr<Matcher> matcher(const std::vector<std::string>& claims) {
  auto thresholds = read_thresholds(LINLI_SOURCE_DIR "/config/claim_thresholds.toml");
  if (!thresholds) throw std::runtime_error(thresholds.error().text);
  auto made = std::make_unique<Matcher>(teller(), *thresholds);
  for (const auto& claim : claims) made->add(claim);
  made->finish();
  return made;
}

TEST(Matcher, FrozenMinimalPairsAreNotAnswered) {
  auto pairs = rows("minimal_pairs.tsv");
  ASSERT_GE(pairs.size(), 500U);
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> claims;
  for (const auto& pair : pairs) {
    if (numbers.try_emplace(pair.at(1), claims.size()).second) claims.push_back(pair[1]);
  }
  auto known = matcher(claims);
  double wrong = 0, right = 0;
  std::string answered;
  for (const auto& pair : pairs) {
    if (known->match(pair.at(2)).tier != Tier::answer) continue;
    wrong += 1;
    answered += "\n  " + pair[1] + " | " + pair[2];
  }
  EXPECT_LE(wrong / static_cast<double>(pairs.size()), 0.005) << answered;
  for (const auto& [claim, number] : numbers) {  // not by never answering
    auto match = known->match("听说" + claim + "，是真的吗？");
    right += match.tier == Tier::answer && match.candidates.front() == number ? 1 : 0;
  }
  EXPECT_GE(right / static_cast<double>(numbers.size()), 0.95);
}

TEST(Matcher, RetellingsAreOfferedAndOthersNotAnswered) {
  auto retellings = rows("retellings.tsv");
  ASSERT_GE(retellings.size(), 160U);
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> claims;
  for (const auto& row : retellings) {
    if (numbers.try_emplace(row.at(1), claims.size()).second) claims.push_back(row[1]);
  }
  auto known = matcher(claims);
  double same = 0, first = 0;
  for (const auto& row : retellings) {
    auto match = known->match(row.at(2));
    EXPECT_NE(match.tier, Tier::answer) << row[1] << " | " << row[2];  // another wording is offered at most
    if (row[0] != "same") continue;
    same += 1;
    first += !match.candidates.empty() && match.candidates.front() == numbers[row[1]] ? 1 : 0;
  }
  EXPECT_GE(first / same, 0.9);
}

TEST(Matcher, ShortTextsNeverAnswerAlone) {
  auto known = matcher({"北京封城", "喝白酒可以杀死新冠病毒"});
  EXPECT_NE(known->match("北京封城").tier, Tier::answer);
  EXPECT_EQ(known->match("真的吗").tier, Tier::fresh);
}

TEST(Matcher, ChangedFactsAreOfferedAtMost) {
  auto known = matcher({"和平苑3号楼确诊两人，今晚全楼拉走隔离"});
  EXPECT_EQ(known->match("群里说和平苑3号楼确诊两人，今晚全楼拉走隔离，真的假的").tier, Tier::answer);
  EXPECT_NE(known->match("群里说和平苑5号楼确诊两人，今晚全楼拉走隔离，真的假的").tier, Tier::answer);
  EXPECT_NE(known->match("群里说和平苑3号楼没有确诊，今晚全楼拉走隔离").tier, Tier::answer);
}

TEST(Matcher, TraditionalAndFullWidthAreTheSameStory) {
  auto known = matcher({"明天起全市超市停业3天，大家快去囤货"});
  EXPECT_EQ(known->match("明天起全市超市停業３天，大家快去囤貨").tier, Tier::answer);
}

TEST(Matcher, OneWordFarBehindInALongStoryIsSeen) {
  std::string story = "市指挥部通知";
  for (std::string part :
       {"各小区从今晚起只留一个出入口", "每户每两天可以派一个人出去买菜", "所有人出门要戴好口罩",
        "外来车辆停在门外登记", "快递放在门口的架子上", "物业每天给楼道喷两次药水",
        "独居老人由网格员送菜上门", "生病的打社区电话派车接送", "垃圾分好类放到定点的桶里",
        "婚礼和酒席都往后推", "棋牌室和网吧先关门", "开门时间等指挥部再说"})
    story += "，" + part;
  auto known = matcher({story, "喝白酒可以杀死新冠病毒"});
  EXPECT_EQ(known->match(story).tier, Tier::answer);
  std::string changed = story;
  changed.replace(changed.find("棋牌室"), std::string("棋牌室").size(), "游泳馆");
  EXPECT_EQ(known->match(changed).tier, Tier::suggest);
}

TEST(Matcher, OtherWordsForTheSameAreOffered) {
  auto known =
      matcher({"用吹风机对着脸吹可以杀死病毒", "明天起全市超市停业三天", "两名确诊患者从市第一医院逃跑",
               "和平苑小区因疫情封闭管理14天", "儿童接种疫苗会影响发育", "自来水公司将停水三天"});
  auto first = [&](std::string_view text) {
    auto match = known->match(text);
    EXPECT_NE(match.tier, Tier::answer) << text;
    return match.candidates.empty() ? -1 : static_cast<int>(match.candidates.front());
  };
  EXPECT_EQ(first("拿热风往面部吹就能消毒吗"), 0);
  EXPECT_EQ(first("咱市里的商场明儿就要关门三天了？"), 1);
  EXPECT_EQ(first("有两个阳了的从一院偷跑出去了"), 2);
  EXPECT_EQ(first("和平苑说是两周不让出门了"), 3);
  EXPECT_EQ(first("小孩打疫苗以后不长个"), 4);
  EXPECT_EQ(known->match("拿热风往面部吹就能消毒吗").tier, Tier::suggest);
  EXPECT_GT(known->match("咱市里的商场明儿就要关门三天了？").score, 0.45);
  EXPECT_EQ(known->match("大家好，今天去公园走了走，天气不错").tier, Tier::fresh);
}

TEST(Matcher, WhatIsSaidEveryDayTellsLess) {
  const Everyday& everyday = teller().everyday();
  EXPECT_EQ(everyday.tells(U'迷', U'药'), 1);
  EXPECT_LT(everyday.tells(U'我', U'们'), 0.7);
  EXPECT_LT(everyday.tells(U'家'), everyday.tells(U'药'));
}

TEST(Matcher, ALinkIsKnownByItsIdentity) {
  auto known = matcher({"今晚直升机喷药 https://www.example.com/a/1?from=wx"});
  EXPECT_EQ(known->match("看这个 http://m.example.com/a/1").tier, Tier::answer);
  EXPECT_EQ(known->match("看这个 http://m.example.com/a/2").tier, Tier::fresh);
}

TEST(Matcher, TheBestOfAClaimsWordingsCounts) {
  auto known = std::make_unique<Matcher>(teller(), Thresholds{0.5, 0.46});
  auto market = known->add("明天起全市超市停业3天，大家快去囤货");
  auto liquor = known->add("喝白酒可以杀死新冠病毒");
  known->add_variant(market, "所有卖菜的商场从明天开始关门七十二小时");
  known->finish();
  auto match = known->match("群里说所有卖菜的商场从明天开始关门七十二小时，真的假的");
  EXPECT_EQ(match.tier, Tier::answer);
  EXPECT_EQ(match.candidates, std::vector{market});  // once, though two of its wordings are candidates
  known->add_variant(liquor, "灌两口老酒肚子里的毒就没了");
  match = known->match("他们讲灌两口老酒肚子里的毒就没了");
  EXPECT_EQ(match.tier, Tier::answer);
  EXPECT_EQ(match.candidates.front(), liquor);
  EXPECT_EQ(known->size(), 2U);
}

TEST(Matcher, AClaimAddedLaterIsKnownAtOnce) {
  auto known = matcher({"喝白酒可以杀死新冠病毒", "明天起全市超市停业3天"});
  const std::string story = "听说和平苑北门的水塔里有人投毒，是真的吗";
  EXPECT_EQ(known->match(story).tier, Tier::fresh);
  auto number = known->add("和平苑北门的水塔里有人投毒");
  EXPECT_EQ(number, 2U);
  auto match = known->match(story);
  EXPECT_EQ(match.tier, Tier::answer);
  EXPECT_EQ(match.candidates.front(), number);
  auto finished = match.score;
  known->finish();  // the same as if it had been among the first
  EXPECT_NEAR(known->match(story).score, finished, 0.02);
  auto nothing = matcher({});
  EXPECT_EQ(nothing->add("和平苑北门的水塔里有人投毒"), 0U);
  EXPECT_EQ(nothing->match(story).tier, Tier::answer);
}

TEST(Matcher, AClaimTakenAwayIsFoundNoMore) {
  auto known = matcher({"喝白酒可以杀死新冠病毒 https://www.example.com/a/1", "明天起全市超市停业3天"});
  known->remove(0);
  EXPECT_EQ(known->match("听说喝白酒可以杀死新冠病毒").tier, Tier::fresh);
  EXPECT_EQ(known->match("http://m.example.com/a/1").tier, Tier::fresh);
  auto again = known->add("白酒喝了杀病毒 https://www.example.com/a/1");
  EXPECT_EQ(known->match("http://m.example.com/a/1").candidates, std::vector{again});
}

TEST(Matcher, WhatIsAddedLaterIsKnownAtOnce) {
  auto known = matcher({"喝白酒可以杀死新冠病毒"});
  for (int i = 0; i < 200; ++i) known->add("第" + std::to_string(i) + "号楼今晚封闭管理十四天");
  EXPECT_EQ(known->match("听说喝白酒可以杀死新冠病毒").tier, Tier::answer);
  EXPECT_EQ(known->match("第77号楼今晚封闭管理十四天").candidates.front(), 78U);
}

TEST(Matcher, NothingAndAnythingAreTaken) {
  auto known = matcher({"喝白酒可以杀死新冠病毒", "😀", "。"});
  for (std::string text : {"", " ", "😀😀", "\xFF\xFE", "\xE2\x80\xAE反着写的", "a"})
    EXPECT_NE(known->match(text).tier, Tier::answer) << text;
  std::mt19937 random(3);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    auto match = known->match(bytes);
    EXPECT_LE(match.candidates.size(), 3U);
  }
  EXPECT_EQ(matcher({})->match("喝白酒可以杀死新冠病毒").tier, Tier::fresh);
}

TEST(Matcher, LongTextsTakeLinearTime) {
  std::vector<std::string> claims;
  for (int i = 0; i < 500; ++i) claims.push_back("第" + std::to_string(i) + "号楼今晚封闭管理十四天");
  auto known = matcher(claims);
  std::string text;
  while (text.size() < 30'000) text += "第七号楼今晚封闭管理十四天，第八号楼今晚没有封闭。";
  auto begin = std::chrono::steady_clock::now();
  known->match(text);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 1.0);
}

}  // namespace

}  // namespace linli::understanding
