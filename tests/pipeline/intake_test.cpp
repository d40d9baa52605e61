#include "bot/pipeline/intake.hpp"

#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/platform/signature.hpp"
#include "tests/pipeline/stage.hpp"

namespace linli::pipeline {
namespace {

namespace asio = boost::asio;

platform::AccountSettings plain_account() {
  platform::AccountSettings account;
  account.name = "demo";
  account.app_id = "wxtest";
  account.app_secret = Secret("secret");
  account.token = Secret("token");
  account.plain_mode = true;
  return account;
}

/// The callback's side with a store thread that can be held back.
class IntakeTest : public ::testing::Test {
 protected:
  IntakeTest() {
    std::map<std::string, Intake::Account> accounts;
    accounts["demo"] = {std::make_unique<platform::Callback>(plain_account(), system_random),
                        std::make_shared<platform::Callback>(plain_account(), system_random)};
    IntakeSettings settings;
    settings.budget = std::chrono::milliseconds(150);
    intake = std::make_unique<Intake>(io.get_executor(), store, bench.pipeline, std::move(accounts),
                                      bench.clock, bench.metrics, settings);
  }

  http::Request request(int id, const std::string& text) {
    platform::Signer signer(Secret("token"));
    http::Request r;
    r.method = "POST";
    r.path = "/wechat/demo";
    r.query = "signature=" + signer.sign("1700000000", "n") + "&timestamp=1700000000&nonce=n";
    r.body = fmt::format(
        "<xml><ToUserName>gh</ToUserName><FromUserName>oSomebody</FromUserName><CreateTime>1700000000</"
        "CreateTime>"
        "<MsgType>text</MsgType><Content>{}</Content><MsgId>{}</MsgId></xml>",
        text, id);
    return r;
  }

  http::Answer post(http::Request r) {
    http::Answer answer;
    auto on_end = [&](std::exception_ptr error, http::Answer a) {
      if (error) std::rethrow_exception(error);
      answer = std::move(a);
    };
    asio::co_spawn(io, intake->post(std::move(r)), on_end);
    io.restart();
    io.run();
    return answer;
  }

  /// Runs on the store thread and waits there until released.
  void hold() {
    store.post([this] { released.get_future().wait(); });
  }
  void release() { released.set_value(); }
  /// Until the store thread has done what was posted.
  void drain() {
    std::promise<void> done;
    store.post([&] { done.set_value(); });
    done.get_future().wait();
    io.restart();
    io.run();
  }

  Bench bench;
  SystemRandom system_random;
  asio::io_context io{1};
  StoreThread store{bench.pipeline, [] {}};
  std::unique_ptr<Intake> intake;
  std::promise<void> released;
};

TEST_F(IntakeTest, answers_after_the_commit) {
  auto answer = post(request(1, "开"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_NE(answer->body.find("<Content>"), std::string::npos);
  EXPECT_EQ(bench.l.inbox.count(), 1);
}

TEST_F(IntakeTest, no_commit_no_200_and_the_next_try_gets_the_stored_reply) {
  hold();
  EXPECT_FALSE(post(request(1, "开")));  // closed without an answer
  release();
  for (int i = 0; i < 4; ++i) drain();
  auto second = post(request(1, "开"));
  ASSERT_TRUE(second);
  EXPECT_EQ(post(request(1, "开"))->body, second->body);
  EXPECT_EQ(bench.count("select count(*) from task"), 1);
  EXPECT_EQ(bench.count("select count(*) from outbox"), 0);
}

TEST_F(IntakeTest, after_the_third_try_the_person_hears_by_the_outbox) {
  hold();
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(post(request(1, "开")));
  release();
  for (int i = 0; i < 4; ++i) drain();  // collect, commit, the answer's way back, what is said then
  EXPECT_EQ(bench.count("select count(*) from task"), 1);
  EXPECT_EQ(bench.count("select count(*) from outbox where dedupe = 'reply:demo/m:1'"), 1);
}

TEST_F(IntakeTest, everything_unauthenticated_is_one_403) {
  auto forged = request(1, "开");
  forged.query = "signature=0000000000000000000000000000000000000000&timestamp=1&nonce=2";
  auto elsewhere = request(1, "开");
  elsewhere.path = "/wechat/nobody";
  auto bare = request(1, "开");
  bare.query.clear();
  std::string body;
  for (auto& r : {forged, elsewhere, bare}) {
    auto answer = post(r);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 403);
    if (body.empty()) body = answer->body;
    EXPECT_EQ(answer->body, body);
  }
  EXPECT_EQ(bench.l.inbox.count(), 0);
}

TEST_F(IntakeTest, what_cannot_be_read_is_acknowledged_and_counted) {
  auto broken = request(1, "开");
  broken.body = "<xml><ToUserName>";
  auto answer = post(broken);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "success");
  EXPECT_NE(bench.metrics.render().find("linli_callbacks_not_read_total 1"), std::string::npos);
}

}  // namespace
}  // namespace linli::pipeline
