#include "bot/base/random.hpp"

#include <array>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace linli {
namespace {

TEST(Random, TheSameSeedGivesTheSame) {
  SeededRandom one(7), same(7), other(8);
  std::string first = one.bytes(50);
  EXPECT_EQ(first, same.bytes(50));
  EXPECT_NE(first, other.bytes(50));
  EXPECT_NE(first, one.bytes(50));
}

TEST(Random, LettersAreLowerCaseLettersAndDigitsAllOfThem) {
  SeededRandom random(1);
  std::map<char, int> seen;
  for (char c : random.letters(36'000)) ++seen[c];
  EXPECT_EQ(seen.size(), 36u);
  for (auto [c, count] : seen) {
    EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << c;
    EXPECT_NEAR(count, 1000, 150) << c;
  }
  EXPECT_EQ(random.letters(0), "");
}

TEST(Random, BelowIsFairAndBelow) {
  SeededRandom random(2);
  std::map<std::uint64_t, int> seen;
  for (int i = 0; i < 7000; ++i) ++seen[random.below(7)];
  ASSERT_EQ(seen.size(), 7u);
  EXPECT_LT(seen.rbegin()->first, 7u);
  for (auto [value, count] : seen) EXPECT_NEAR(count, 1000, 150) << value;
  EXPECT_EQ(random.below(0), 0u);
  EXPECT_EQ(random.below(1), 0u);
}

/// Gives the largest number first: `below` must draw again, or low values would win.
class Highest final : public Random {
 public:
  int drawn = 0;
  void fill(std::span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) byte = drawn == 0 ? 0xFF : 0x00;
    ++drawn;
  }
};

TEST(Random, BelowDrawsAgainAboveTheFairRange) {
  Highest random;
  EXPECT_EQ(random.below(10), 0u);
  EXPECT_EQ(random.drawn, 2);
}

TEST(SystemRandom, DoesNotRepeat) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random.bytes(16));
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(random.bytes(0), "");
  EXPECT_EQ(random.bytes(3'000'000).size(), 3'000'000u);
}

}  // namespace
}  // namespace linli
