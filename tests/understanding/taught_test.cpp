// What an office has approved: certain at once for the same words, and learnt from at the next start.
#include "bot/understanding/taught.hpp"

#include <gtest/gtest.h>

#include "tests/understanding/loaded.hpp"

namespace linli::understanding {
namespace {

constexpr std::string_view odd = "那个嘎达嘎达又来了";

TEST(Taught, TheSameWordsAreCertainAndOthersAreNot) {
  Taught taught;
  Understood before = loaded().understand(odd);
  Understood untouched = before;
  taught.apply(odd, untouched);
  EXPECT_EQ(untouched.guess.confidence, before.guess.confidence);
  TaughtExample example{std::string(odd), *intent_of("suggestion")};
  taught.know(std::span(&example, 1));
  Understood after = before;
  taught.apply("那个嘎达，嘎达又来了！", after);
  EXPECT_FALSE(after.ask);
  EXPECT_EQ(intent_names[after.guess.intents.front()], "suggestion");
  EXPECT_EQ(after.wishes.size(), 1U);
  Understood other = before;
  taught.apply("那个嘎达嘎达没来", other);
  EXPECT_EQ(other.guess.confidence, before.guess.confidence);
  taught.know({});
  after = before;
  taught.apply(odd, after);
  EXPECT_EQ(after.guess.confidence, before.guess.confidence);
}

TEST(Taught, AnAlarmStaysOne) {
  Taught taught;
  TaughtExample example{"救命", *intent_of("greeting_other")};
  taught.know(std::span(&example, 1));
  Understood understood;
  understood.alarm.alarm = true;
  understood.ask = true;
  taught.apply("救命", understood);
  EXPECT_TRUE(understood.alarm.alarm);
  EXPECT_TRUE(understood.ask);
}

TEST(Taught, TheNextStartLearnsFromIt) {
  auto share = [](const Understanding& understanding) {
    return understanding.understand("嘎达嘎达又来了，那个").guess.shares[*intent_of("suggestion")];
  };
  std::vector<TaughtExample> taught(3, {std::string(odd), *intent_of("suggestion")});
  auto again = Understanding::load(LINLI_SOURCE_DIR "/config/words", LINLI_SOURCE_DIR "/config", taught);
  ASSERT_TRUE(again);
  EXPECT_GT(share(**again), share(loaded()));
}

}  // namespace
}  // namespace linli::understanding
