// Where the sandbox refuses to run, what its page's door refuses, and its clock.
#include <gtest/gtest.h>

#include "tests/sandbox/stage.hpp"

namespace linli::sandbox {
namespace {

using Opened = platform::Callback::Opened;

asio::awaitable<http::Answer> say_success(Opened) {
  co_return Stage::plain("success");
}

Error refusal(SandboxOptions options) {
  asio::io_context io(1);
  SettableClock clock{Time{}};
  SeededRandom random{1};
  auto sandbox = Sandbox::create(io, std::move(options), clock, random);
  return sandbox ? Error{} : sandbox.error();
}

TEST(SandboxRefuses, beside_a_real_secret) {
  SandboxOptions options = Stage::options();
  options.account.app_secret = Secret("0123456789abcdef0123456789abcdef");
  Error error = refusal(options);
  EXPECT_EQ(error.code, Errc::forbidden);
  EXPECT_NE(error.text.find("AppSecret"), std::string::npos);
  EXPECT_EQ(error.text.find("0123456789abcdef"), std::string::npos) << "the secret itself is not told";
}

TEST(SandboxRefuses, beside_another_account_with_a_real_secret) {
  SandboxOptions options = Stage::options();
  platform::AccountSettings other = Stage::account();
  other.name = "real";
  other.app_secret = Secret("0123456789abcdef0123456789abcdef");
  options.other_accounts.push_back(other);
  EXPECT_EQ(refusal(options).code, Errc::forbidden);
}

TEST(SandboxRefuses, an_account_that_would_call_the_real_platform) {
  for (const char* base :
       {"https://api.weixin.qq.com", "http://127.0.0.1.example.com:80", "http://10.0.0.1:9001"}) {
    SandboxOptions options = Stage::options();
    options.account.api_base = base;
    EXPECT_EQ(refusal(options).code, Errc::forbidden) << base;
  }
}

TEST(SandboxRefuses, an_account_that_would_call_another_port) {
  SandboxOptions options = Stage::options();
  options.port = 9;
  EXPECT_EQ(refusal(options).code, Errc::forbidden);
}

TEST(SandboxRefuses, to_push_elsewhere) {
  SandboxOptions options = Stage::options();
  options.callback_url = "http://10.0.0.1/wechat/oa";
  EXPECT_EQ(refusal(options).code, Errc::bad_config);
}

TEST(SandboxRefuses, a_page_that_is_not_there) {
  SandboxOptions options = Stage::options();
  options.page_dir = "/nowhere";
  Error error = refusal(options);
  EXPECT_EQ(error.code, Errc::bad_config);
  EXPECT_NE(error.text.find("/nowhere/index.html"), std::string::npos);
}

TEST(SandboxRefuses, nothing_when_all_is_right) {
  EXPECT_EQ(refusal(Stage::options()).text, "");
}

TEST(SandboxPage, is_served_with_its_policy_and_nothing_else_is) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto page = co_await stage.get("/");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
    EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
    auto weui = co_await stage.get("/weui.css");
    EXPECT_EQ(weui.status, 200);
    for (const char* path : {"/nope", "/%2e%2e/platform.cpp", "/page.css/x"}) {
      auto other = co_await stage.get(path);
      EXPECT_EQ(other.status, 404) << path;
    }
  };
  stage.play(scene);
}

TEST(SandboxPhones, refuses_what_another_site_could_post) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    std::string body = R"({"kind":"text","text":"x"})";
    auto form = co_await stage.post("/phones/oResident000000000000000000a/send", body, "text/plain");
    EXPECT_EQ(form.status, 403);
    auto clock =
        co_await stage.post("/clock", R"({"advance_seconds":60})", "application/x-www-form-urlencoded");
    EXPECT_EQ(clock.status, 403);
  };
  stage.play(scene);
  EXPECT_TRUE(stage.bodies.empty());
  EXPECT_EQ(stage.clock.now(), Time{Seconds{1'772'463'600}});
}

TEST(SandboxPhones, says_what_is_wrong) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto nobody = co_await stage.post("/phones/oNobody/send", R"({"kind":"text","text":"x"})");
    EXPECT_EQ(nobody.status, 404);
    auto broken = co_await stage.post("/phones/oResident000000000000000000a/send", "{");
    EXPECT_EQ(broken.status, 400);
    auto unknown = co_await stage.post("/phones/oResident000000000000000000a/send", R"({"kind":"fly"})");
    EXPECT_EQ(unknown.status, 400);
    auto twice = co_await stage.post("/phones/oResident000000000000000000a/send", R"({"kind":"follow"})");
    EXPECT_EQ(twice.status, 409);
  };
  stage.play(scene);
  EXPECT_TRUE(stage.bodies.empty());
}

TEST(SandboxPhones, a_stranger_is_added_follows_and_writes) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto added = co_await stage.post("/phones", "{}");
    std::string path = "/phones/" + std::string(parse_json(added.body)->text_at("openid").value()) + "/send";
    auto early = co_await stage.post(path, R"({"kind":"text","text":"x"})");
    EXPECT_EQ(early.status, 409);
    auto followed = co_await stage.post(path, R"({"kind":"follow"})");
    EXPECT_EQ(followed.status, 200);
    auto wrote = co_await stage.post(path, R"({"kind":"text","text":"x"})");
    EXPECT_EQ(wrote.status, 200);
  };
  stage.play(scene);
  EXPECT_EQ(stage.bodies.size(), 2u);
}

TEST(SandboxClock, goes_forward_only_and_at_most_a_month) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto hour = co_await stage.post("/clock", R"({"advance_seconds":3600})");
    EXPECT_EQ(parse_json(hour.body)->integer_at("now"), 1'772'463'600 + 3600);
    auto back = co_await stage.post("/clock", R"({"advance_seconds":-1})");
    EXPECT_EQ(back.status, 400);
    auto far = co_await stage.post("/clock", R"({"advance_seconds":2678401})");
    EXPECT_EQ(far.status, 400);
    auto fast = co_await stage.post("/clock", R"({"fast":true})");
    EXPECT_EQ(parse_json(fast.body)->find("fast")->boolean(), true);
  };
  stage.play(scene);
  EXPECT_EQ(stage.clock.now(), Time{Seconds{1'772'463'600 + 3600}});
}

TEST(SandboxClock, a_page_hears_of_a_move_that_it_has_not_seen) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.post("/clock", R"({"advance_seconds":60})");
    auto answer = co_await stage.get("/phones/events?after=0&moves=0");
    EXPECT_EQ(parse_json(answer.body)->integer_at("now"), 1'772'463'660);
  };
  stage.play(scene);
}

TEST(SandboxEvents, a_page_of_an_earlier_run_is_told_at_once) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto answer = co_await stage.get("/phones/events?after=99&run=earlier");
    EXPECT_EQ(answer.status, 200);
  };
  stage.play(scene);
}

}  // namespace
}  // namespace linli::sandbox
