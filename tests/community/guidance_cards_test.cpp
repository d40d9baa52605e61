#include "bot/community/guidance_cards.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/base/text.hpp"

namespace linli::community {

namespace {

GuidanceCards ours() {
  return GuidanceCards::read(LINLI_SOURCE_DIR "/config/guidance.toml", LINLI_SOURCE_DIR "/config/guidance")
      .value();
}

/// A folder with one card of this text.
std::string refusal(const std::string& card) {
  auto folder = std::filesystem::temp_directory_path() / ("linli-guidance-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "one.toml") << card;
  auto read = GuidanceCards::read(LINLI_SOURCE_DIR "/config/guidance.toml", folder);
  std::filesystem::remove_all(folder);
  return read ? "" : read.error().text;
}

std::string found(std::string_view text) {
  auto cards = ours();
  auto named = cards.named(normalise(text));
  return named.empty() ? "" : named.front()->id;
}

const std::string head = "order = 1\ntitle = \"甲\"\nwords = [\"甲\"]\nask = \"指导员\"\n";
const std::string first = "[[version]]\nfrom = \"2026-02-01\"\nsteps = [\"一\"]\n";

}  // namespace

TEST(GuidanceCards, AreFoundByWhatPeopleAsk) {
  EXPECT_EQ(found("怎么消毒"), "disinfection");
  EXPECT_EQ(found("84消毒液怎么配"), "disinfection");
  EXPECT_EQ(found("入户排查怎么做"), "screening");
  EXPECT_EQ(found("门岗测温怎么测"), "checkpoint");
  EXPECT_EQ(found("情况怎么上报"), "reporting");
  EXPECT_EQ(found("口罩怎么戴"), "mask");
  EXPECT_EQ(found("居家隔离要注意什么"), "home_observation");
  EXPECT_EQ(found("今天天气真好"), "");
  auto cards = ours();
  EXPECT_TRUE(cards.asks_how("怎么消毒"));
  EXPECT_FALSE(cards.asks_how("消毒了"));
  EXPECT_FALSE(cards.asks_how("怎么没人消毒"));
  EXPECT_EQ(found("84号楼怎么走"), "");
  EXPECT_EQ(found("门岗怎么没人"), "");
  EXPECT_TRUE(cards.asks_rule("小区什么时候解封"));
  EXPECT_FALSE(cards.asks_rule("家里没米了"));
}

TEST(GuidanceCards, AVersionHoldsFromItsDayOn) {
  auto cards = ours();
  const auto* card = cards.of("disinfection");
  ASSERT_TRUE(card);
  EXPECT_EQ(card->on({2025, 12, 1}).number, 1);
  EXPECT_EQ(card->on({2026, 2, 24}).number, 1);
  EXPECT_EQ(card->on({2026, 2, 25}).number, 2);
  EXPECT_FALSE(card->on({2026, 3, 2}).changed.empty());
  EXPECT_FALSE(cards.whole(card->on({2026, 3, 2})));
  EXPECT_TRUE(cards.whole(cards.of("mask")->on({2026, 3, 2})));
  EXPECT_EQ(cards.of("nothing"), nullptr);
}

TEST(GuidanceCards, AreReadStrictly) {
  EXPECT_EQ(refusal(head + first), "");
  EXPECT_NE(refusal(head).find("version"), std::string::npos);
  EXPECT_NE(refusal(head + first + "[[version]]\nfrom = \"2026-03-01\"\nsteps = [\"二\"]\n").find("changed"),
            std::string::npos);
  EXPECT_NE(refusal(head + first + "[[version]]\nfrom = \"2026-01-01\"\nchanged = \"x\"\nsteps = [\"二\"]\n")
                .find("not later"),
            std::string::npos);
  EXPECT_NE(refusal(head + "[[version]]\nfrom = \"2026-02-30\"\nsteps = [\"一\"]\n").find("from"),
            std::string::npos);
  EXPECT_NE(refusal(head + "[[version]]\nfrom = \"2026-02-01\"\nsteps = []\n").find("steps"),
            std::string::npos);
  EXPECT_NE(refusal("colour = 1\n" + head + first).find("colour"), std::string::npos);
}

}  // namespace linli::community
