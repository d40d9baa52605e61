#include "bot/understanding/matcher.hpp"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <random>
#include <thread>

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

TEST(Matcher, ManyAskWhileOneAdds) {
  auto known = matcher({"喝白酒可以杀死新冠病毒"});
  std::atomic<int> missed = 0;
  std::vector<std::jthread> asking;
  for (int i = 0; i < 3; ++i) {
    asking.emplace_back([&] {
      for (int round = 0; round < 300; ++round)
        missed += known->match("听说喝白酒可以杀死新冠病毒").tier == Tier::answer ? 0 : 1;
    });
  }
  for (int i = 0; i < 200; ++i) known->add("第" + std::to_string(i) + "号楼今晚封闭管理十四天");
  asking.clear();
  EXPECT_EQ(missed, 0);
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
