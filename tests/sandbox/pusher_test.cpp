// Callbacks as the platform makes them, against a bot that answers, stalls, or answers nonsense.
#include <gtest/gtest.h>
#include <set>

#include "bot/platform/xml.hpp"
#include "tests/sandbox/stage.hpp"

namespace linli::sandbox {
namespace {

using Opened = platform::Callback::Opened;

constexpr std::string_view grey = "该公众号提供的服务出现故障，请稍后再试";

std::string msg_id(const Opened& opened) {
  return platform::parse_inbound("oa", opened.xml).value().msg_id;
}

TEST(Pusher, the_encrypted_reply_is_shown_on_the_phone) {
  Stage* at{};
  Bot bot = [&at](Opened opened) -> asio::awaitable<http::Answer> {
    co_return at->text_reply(opened, "在的，请说");
  };
  Stage stage(bot);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    std::string said = co_await stage.next_line("person");
    EXPECT_EQ(said, "在吗");
    std::string heard = co_await stage.next_line("account");
    EXPECT_EQ(heard, "在的，请说");
  };
  stage.play(scene);
  EXPECT_EQ(stage.bodies.size(), 1u);
  EXPECT_EQ(stage.bodies[0].find("在吗"), std::string::npos) << "secure mode shows nothing of the message";
}

TEST(Pusher, plain_mode_pushes_and_reads_plain_bodies) {
  Stage* at{};
  Bot bot = [&at](Opened opened) -> asio::awaitable<http::Answer> {
    co_return at->text_reply(opened, "收到");
  };
  Stage stage(bot, true);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    std::string heard = co_await stage.next_line("account");
    EXPECT_EQ(heard, "收到");
  };
  stage.play(scene);
  EXPECT_NE(stage.bodies.at(0).find("在吗"), std::string::npos);
}

TEST(Pusher, a_bot_that_stalls_is_asked_three_times_with_the_same_message) {
  Stage* at{};
  std::set<std::string> ids;
  Bot bot = [&at, &ids](Opened opened) -> asio::awaitable<http::Answer> {
    ids.insert(msg_id(opened));
    co_await at->stall();
    co_return http::Answer();
  };
  Stage stage(bot, false, std::chrono::milliseconds(300));
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    std::string shown = co_await stage.next_line("platform");
    EXPECT_EQ(shown, grey);
  };
  stage.play(scene);
  ASSERT_EQ(stage.bodies.size(), 3u);
  EXPECT_EQ(ids.size(), 1u);
  EXPECT_EQ(stage.bodies[0], stage.bodies[1]);
  EXPECT_EQ(stage.bodies[0], stage.bodies[2]);
}

TEST(Pusher, the_reply_of_a_later_try_is_shown_once) {
  Stage* at{};
  int tries = 0;
  Bot bot = [&at, &tries](Opened opened) -> asio::awaitable<http::Answer> {
    if (++tries < 3) co_return http::Answer();  // closed without an answer
    co_return at->text_reply(opened, "久等了");
  };
  Stage stage(bot);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    std::string heard = co_await stage.next_line("account");
    EXPECT_EQ(heard, "久等了");
  };
  stage.play(scene);
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(stage.sandbox->platform().feed().lines_of(Stage::openid).size(), 2u)
      << "message and reply, no grey line";
}

TEST(Pusher, an_answer_other_than_200_is_no_answer) {
  Bot bot = [](Opened) -> asio::awaitable<http::Answer> {
    co_return http::Response{503, "text/plain", "later", {}};
  };
  Stage stage(bot);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    std::string shown = co_await stage.next_line("platform");
    EXPECT_EQ(shown, grey);
  };
  stage.play(scene);
  EXPECT_EQ(stage.bodies.size(), 3u);
}

TEST(Pusher, what_the_person_did_not_do_in_the_chat_shows_neither_reply_nor_failure) {
  Stage* at{};
  Bot bot = [&at](Opened opened) -> asio::awaitable<http::Answer> {
    if (opened.xml.find("unsubscribe") != std::string::npos) co_return http::Answer();
    co_return at->text_reply(opened, "x");
  };
  Stage stage(bot);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"view","url":"https://example.com"})");
    co_await stage.act(R"({"kind":"unfollow"})");
  };
  stage.play(scene);
  for (const Line* line : stage.sandbox->platform().feed().lines_of(Stage::openid)) {
    EXPECT_NE(line->from, From::account);
    EXPECT_NE(line->text, grey);
  }
}

/// Makes a reply that the platform cannot use, or that says nothing.
struct ReplyCase {
  const char* name;
  http::Response (*reply)(Stage& stage, const Opened& opened);
  bool usable;
};

std::string text_xml(std::string_view to, std::string_view from, std::string_view content) {
  std::string xml = "<xml>";
  platform::append_text_element(xml, "ToUserName", to);
  platform::append_text_element(xml, "FromUserName", from);
  platform::append_number_element(xml, "CreateTime", 1);
  platform::append_text_element(xml, "MsgType", "text");
  platform::append_text_element(xml, "Content", content);
  return xml + "</xml>";
}

const ReplyCase reply_cases[] = {
    {"success", [](Stage&, const Opened&) { return Stage::plain("success"); }, true},
    {"nothing", [](Stage&, const Opened&) { return Stage::plain(""); }, true},
    {"unencrypted",
     [](Stage&, const Opened&) { return Stage::plain(text_xml(Stage::openid, "gh_sandbox_oa", "x")); },
     false},
    {"json", [](Stage&, const Opened&) { return Stage::plain("{\"errcode\":0}"); }, false},
    {"empty_content",
     [](Stage& s, const Opened& o) { return s.sealed(o, text_xml(Stage::openid, "gh_sandbox_oa", "")); },
     false},
    {"too_long",
     [](Stage& s, const Opened& o) {
       return s.sealed(o, text_xml(Stage::openid, "gh_sandbox_oa", std::string(2048, 'a')));
     },
     false},
    {"to_another_person",
     [](Stage& s, const Opened& o) { return s.sealed(o, text_xml("oOther", "gh_sandbox_oa", "x")); }, false},
    {"from_another_account",
     [](Stage& s, const Opened& o) { return s.sealed(o, text_xml(Stage::openid, "gh_other", "x")); }, false},
    {"with_doctype",
     [](Stage& s, const Opened& o) {
       return s.sealed(o, "<!DOCTYPE xml>" + text_xml(Stage::openid, "gh_sandbox_oa", "x"));
     },
     false},
    {"changed_on_the_way",
     [](Stage& s, const Opened& o) {
       http::Response reply = s.text_reply(o, "x");
       auto at = reply.body.find("<Encrypt><![CDATA[") + 30;
       reply.body[at] = reply.body[at] == 'A' ? 'B' : 'A';
       return reply;
     },
     false},
};

class ReplyTest : public testing::TestWithParam<ReplyCase> {};

TEST_P(ReplyTest, is_read_as_the_platform_reads_it) {
  Stage* at{};
  Bot bot = [&at](Opened opened) -> asio::awaitable<http::Answer> {
    co_return GetParam().reply(*at, opened);
  };
  Stage stage(bot);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
  };
  stage.play(scene);
  EXPECT_EQ(stage.bodies.size(), 1u) << "another try would bring the same";
  bool failed = stage.sandbox->platform().feed().lines_of(Stage::openid).back()->text == grey;
  EXPECT_EQ(failed, !GetParam().usable);
}

INSTANTIATE_TEST_SUITE_P(Replies, ReplyTest, testing::ValuesIn(reply_cases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Pusher, news_and_pictures_are_read) {
  Stage* at{};
  Bot bot = [&at](Opened opened) -> asio::awaitable<http::Answer> {
    std::string head = "<xml><ToUserName>" + std::string(Stage::openid) +
                       "</ToUserName><FromUserName>gh_sandbox_oa</FromUserName><CreateTime>1</CreateTime>";
    std::string news =
        head +
        "<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles><item><Title>一</Title>"
        "<Description>d</Description><PicUrl></PicUrl><Url>https://example.com/1</Url></item>"
        "<item><Title>二</Title></item></Articles></xml>";
    co_return at->sealed(opened, news);
  };
  Stage stage(bot);
  at = &stage;
  Scene scene = [&stage]() -> asio::awaitable<void> {
    co_await stage.act(R"({"kind":"click","key":"NOTICES"})");
    co_await stage.next_line("account");
  };
  stage.play(scene);
  const Line* line = stage.sandbox->platform().feed().lines_of(Stage::openid).back();
  ASSERT_EQ(line->articles.size(), 2u);
  EXPECT_EQ(line->articles[0].url, "https://example.com/1");
  EXPECT_EQ(line->articles[1].title, "二");
}

}  // namespace
}  // namespace linli::sandbox
