// Access tokens: the same one while it lives, and the right refusal afterwards.
#include "bot/sandbox/tokens.hpp"

#include <gtest/gtest.h>

namespace linli::sandbox {
namespace {

constexpr Time start{Seconds{1'772'463'600}};

class TokensTest : public testing::Test {
 protected:
  SeededRandom random{3};
  Tokens tokens{random};
  Time now = start;
};

TEST_F(TokensTest, stable_gives_the_same_token_with_what_remains) {
  auto first = tokens.stable(false, now).value();
  EXPECT_EQ(first.expires_in, Seconds{7200});
  now += Seconds{6855};
  auto later = tokens.stable(false, now).value();
  EXPECT_EQ(later.token, first.token);
  EXPECT_EQ(later.expires_in, Seconds{345});
}

TEST_F(TokensTest, stable_renews_in_the_last_five_minutes_and_both_work) {
  auto first = tokens.stable(false, now).value();
  now += Seconds{6901};
  auto second = tokens.stable(false, now).value();
  EXPECT_NE(second.token, first.token);
  EXPECT_EQ(tokens.check(first.token, now), 0);
  EXPECT_EQ(tokens.check(second.token, now), 0);
}

TEST_F(TokensTest, a_token_expires) {
  std::string token = tokens.stable(false, now)->token;
  EXPECT_EQ(tokens.check(token, now + Seconds{7199}), 0);
  EXPECT_EQ(tokens.check(token, now + Seconds{7200}), 42001);
}

TEST_F(TokensTest, forcing_kills_the_old_one_and_is_rationed) {
  std::string first = tokens.stable(false, now)->token;
  std::string second = tokens.stable(true, now)->token;
  EXPECT_EQ(tokens.check(first, now), 40001);
  EXPECT_EQ(tokens.check(second, now), 0);
  EXPECT_EQ(tokens.stable(true, now + Seconds{29}).error().errcode, 45011);
  for (int i = 1; i < 20; ++i) ASSERT_TRUE(tokens.stable(true, now += Seconds{30})) << i;
  EXPECT_EQ(tokens.stable(true, now + Seconds{30}).error().errcode, 45009);
}

TEST_F(TokensTest, an_ordinary_token_is_replaced_after_five_minutes) {
  std::string first = tokens.ordinary(now).token;
  std::string second = tokens.ordinary(now).token;
  EXPECT_EQ(tokens.check(first, now + Seconds{299}), 0);
  EXPECT_EQ(tokens.check(first, now + Seconds{300}), 40001);
  EXPECT_EQ(tokens.check(second, now + Seconds{300}), 0);
}

TEST_F(TokensTest, the_two_kinds_leave_each_other_alone) {
  std::string stable = tokens.stable(false, now)->token;
  tokens.ordinary(now);
  tokens.ordinary(now);
  EXPECT_EQ(tokens.check(stable, now + Seconds{600}), 0);
}

TEST_F(TokensTest, says_what_is_wrong_with_a_token) {
  EXPECT_EQ(tokens.check("", now), 41001);
  EXPECT_EQ(tokens.check("short", now), 40014);
  EXPECT_EQ(tokens.check(std::string(136, 'x'), now), 40001);
  std::string token = tokens.stable(false, now)->token;
  tokens.invalidate_all(now);
  EXPECT_EQ(tokens.check(token, now), 40001);
  EXPECT_NE(tokens.stable(false, now)->token, token) << "the next one is new";
}

}  // namespace
}  // namespace linli::sandbox
