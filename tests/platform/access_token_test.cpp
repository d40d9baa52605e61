#include "bot/platform/access_token.hpp"

#include <gtest/gtest.h>

#include "bot/base/json.hpp"
#include "tests/platform/scripted_transport.hpp"

namespace linli::platform {
namespace {

using Answer = AccessToken::Answer;

class AccessTokenTest : public testing::Test {
 protected:
  std::shared_ptr<std::optional<Answer>> get(std::uint64_t above = 0) { return start(io, token.get(above)); }

  static std::string value(const std::shared_ptr<std::optional<Answer>>& answer) {
    return *answer && (*answer)->token ? (*answer)->token->value.reveal() : "none";
  }

  boost::asio::io_context io{1};
  ScriptedTransport api{io};
  SettableClock clock{Time{Seconds{1'700'000'000}}};
  AccessToken token{api.transport(), api_settings(), clock};
};

TEST_F(AccessTokenTest, AsksForAStableTokenWithoutForcing) {
  const auto answer = get();
  ASSERT_EQ(api.count(), 1U);
  EXPECT_EQ(api.request(0).method, "POST");
  EXPECT_EQ(api.request(0).url, "https://api.test/cgi-bin/stable_token");  // nothing secret in the address
  const auto body = parse_json(api.request(0).body).value();
  EXPECT_EQ(body.text_at("grant_type"), "client_credential");
  EXPECT_EQ(body.text_at("appid"), "wx1234567890abcdef");
  EXPECT_EQ(body.text_at("secret"), "hiddensecret");
  EXPECT_EQ(body.find("force_refresh")->boolean(), false);
  api.answer(0, token_answer("T1"));
  EXPECT_EQ(value(answer), "T1");
}

TEST_F(AccessTokenTest, IsFetchedOnceForEverybody) {
  std::vector<std::shared_ptr<std::optional<Answer>>> answers;
  for (int i = 0; i < 100; ++i) answers.push_back(get());
  EXPECT_EQ(api.count(), 1U);
  api.answer(0, token_answer("T1"));
  for (const auto& answer : answers) EXPECT_EQ(value(answer), "T1");
  EXPECT_EQ(value(get()), "T1");
  EXPECT_EQ(api.count(), 1U);
}

TEST_F(AccessTokenTest, IsFetchedAgainBeforeItExpires) {
  const auto first = get();
  api.answer(0, token_answer("T1", 7200));
  clock.advance(Seconds{6959});
  EXPECT_EQ(value(get()), "T1");
  clock.advance(Seconds{1});
  const auto second = get();
  EXPECT_EQ(api.count(), 2U);
  api.answer(1, token_answer("T2"));
  EXPECT_EQ(value(second), "T2");
}

TEST_F(AccessTokenTest, OfAShortRestIsNotFetchedForEveryCall) {
  const auto first = get();
  api.answer(0, token_answer("T1", 100));
  clock.advance(Seconds{49});
  EXPECT_EQ(value(get()), "T1");
  EXPECT_EQ(api.count(), 1U);
}

TEST_F(AccessTokenTest, ServesOnWhileThePlatformCannotBeReached) {
  const auto first = get();
  api.answer(0, token_answer("T1", 7200));
  clock.advance(Seconds{7000});
  const auto renewed = get();
  api.fail(1, Errc::timed_out);
  EXPECT_EQ(value(renewed), "T1");
  clock.advance(Seconds{200});
  const auto expired = get();
  api.fail(2, Errc::timed_out);
  EXPECT_EQ(value(expired), "none");
}

TEST_F(AccessTokenTest, ThatWasRefusedIsFetchedOnceMore) {
  const auto first = get();
  api.answer(0, token_answer("T1"));
  const auto generation = (*first)->token->generation;
  const auto one = get(generation), two = get(generation);
  EXPECT_EQ(api.count(), 2U);
  api.answer(1, token_answer("T2"));
  EXPECT_EQ(value(one), "T2");
  EXPECT_EQ(value(two), "T2");
  EXPECT_EQ(value(get(generation)), "T2");  // refused under T1 long ago, answered late: T2 is there already
  EXPECT_EQ(api.count(), 2U);
}

TEST_F(AccessTokenTest, FailuresAreSharedAndNotKept) {
  const auto one = get(), two = get();
  api.fail(0, Errc::unavailable);
  for (const auto& answer : {one, two}) {
    ASSERT_TRUE(*answer);
    EXPECT_FALSE((*answer)->token);
    EXPECT_EQ((*answer)->failure.send_class, SendClass::retry_later);
  }
  EXPECT_EQ(api.count(), 1U);
  const auto next = get();
  EXPECT_EQ(api.count(), 2U);
  api.answer(1, token_answer("T1"));
  EXPECT_EQ(value(next), "T1");
}

TEST_F(AccessTokenTest, RefusalsStopEverythingUnlessTheyPass) {
  struct Row {
    std::string body;
    int status;
    SendClass send_class;
    int errcode;
  };
  const Row rows[] = {
      {errcode_answer(40001), 200, SendClass::stop_all, 40001},  // here it means a wrong AppSecret
      {errcode_answer(40013), 200, SendClass::stop_all, 40013},
      {errcode_answer(40125), 200, SendClass::stop_all, 40125},
      {errcode_answer(40243), 200, SendClass::stop_all, 40243},
      {errcode_answer(40002), 200, SendClass::stop_all, 40002},
      {errcode_answer(50007), 200, SendClass::stop_all, 50007},
      {errcode_answer(89503), 200, SendClass::stop_all, 89503},
      {errcode_answer(12345), 200, SendClass::stop_all, 12345},
      {errcode_answer(-1), 200, SendClass::retry_later, -1},
      {errcode_answer(45009), 200, SendClass::retry_later, 45009},
      {errcode_answer(45011), 200, SendClass::retry_later, 45011},
      {"busy", 502, SendClass::retry_later, 0},
      {"<html>", 200, SendClass::retry_later, 0},
      {"{}", 200, SendClass::retry_later, 0},
      {R"({"access_token":"","expires_in":7200})", 200, SendClass::retry_later, 0},
      {R"({"access_token":"T"})", 200, SendClass::retry_later, 0},
      {R"({"access_token":7,"expires_in":7200})", 200, SendClass::retry_later, 0},
      {R"({"access_token":"T","expires_in":-5})", 200, SendClass::retry_later, 0},
      {token_answer("T"), 500, SendClass::retry_later, 0},
  };
  std::size_t index = 0;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.body);
    const auto answer = get();
    api.answer(index++, row.body, row.status);
    ASSERT_TRUE(*answer);
    EXPECT_FALSE((*answer)->token);
    EXPECT_EQ((*answer)->failure.send_class, row.send_class);
    EXPECT_EQ((*answer)->failure.errcode, row.errcode);
  }
}

TEST_F(AccessTokenTest, SaysWhichAddressIsNotAllowed) {
  const auto answer = get();
  api.answer(0, errcode_answer(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist"));
  EXPECT_EQ((*answer)->failure.send_class, SendClass::stop_all);
  EXPECT_EQ((*answer)->failure.address, "203.0.113.7");
}

TEST_F(AccessTokenTest, OfAnOlderAnswerIsNeverKept) {
  // No patience at all: a fetch under way is given up for lost as soon as somebody else waits for it.
  AccessToken hasty{api.transport(), api_settings(), clock, std::chrono::milliseconds{0}};
  const auto one = start(io, hasty.get());
  const auto two = start(io, hasty.get());
  while (api.count() < 2) api.run();
  api.answer(1, token_answer("NEW"));
  EXPECT_EQ(value(two), "NEW");
  api.answer(0, token_answer("OLD"));
  EXPECT_EQ(value(one), "NEW");
  EXPECT_EQ(value(start(io, hasty.get())), "NEW");
  EXPECT_EQ(api.count(), 2U);
}

TEST_F(AccessTokenTest, WhoeverAskedAndWentAwayBlocksNobody) {
  AccessToken hasty{api.transport(), api_settings(), clock, std::chrono::milliseconds{0}};
  const auto gone = start(io, hasty.get());  // its answer never comes
  const auto next = start(io, hasty.get());
  while (api.count() < 2) api.run();
  api.answer(1, token_answer("T2"));
  EXPECT_EQ(value(next), "T2");
  EXPECT_FALSE(*gone);
}

TEST_F(AccessTokenTest, SurvivesATransportThatThrows) {
  AccessToken broken{[](http::ClientRequest) -> boost::asio::awaitable<Result<http::ClientResponse>> {
                       throw std::runtime_error("broken");
                       co_return Error{};
                     },
                     api_settings(), clock};
  for (int i = 0; i < 2; ++i) {
    const auto answer = start(io, broken.get());
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->failure.send_class, SendClass::retry_later);
  }
}

TEST_F(AccessTokenTest, FollowsTheClockWherever) {
  const auto first = get();
  api.answer(0, token_answer("T1"));
  clock.advance(Seconds{-86'400});
  EXPECT_EQ(value(get()), "T1");
  clock.advance(Seconds{86'400 * 365});
  const auto later = get();
  api.answer(1, token_answer("T2"));
  EXPECT_EQ(value(later), "T2");
}

}  // namespace
}  // namespace linli::platform
