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
