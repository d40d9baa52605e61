// The calls of the account's server, over HTTP, with the documented answers.
#include <gtest/gtest.h>

#include "tests/sandbox/stage.hpp"

namespace linli::sandbox {
namespace {

using Opened = platform::Callback::Opened;

asio::awaitable<http::Answer> say_success(Opened) {
  co_return Stage::plain("success");
}

std::int64_t errcode(const JsonValue& answer) {
  return answer.integer_at("errcode").value_or(0);
}

std::string custom_text(std::string_view text) {
  JsonWriter json;
  json.object().key("touser").value(Stage::openid).key("msgtype").value("text");
  json.key("text").object().key("content").value(text).end().end();
  return json.text();
}

TEST(Api, wants_a_token) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    auto none = co_await stage.post("/cgi-bin/message/custom/send", custom_text("x"));
    EXPECT_EQ(none.status, 200);
    EXPECT_NE(none.body.find("\"errcode\":41001"), std::string::npos);
    EXPECT_NE(none.body.find(" rid: 69a5a5f0-"), std::string::npos) << none.body;
    auto wrong = co_await stage.post("/cgi-bin/message/custom/send?access_token=abc", custom_text("x"));
    EXPECT_NE(wrong.body.find("\"errcode\":40014"), std::string::npos);
    auto method = co_await stage.get("/cgi-bin/stable_token");
    EXPECT_NE(method.body.find("\"errcode\":43002"), std::string::npos);
  };
  stage.play(scene);
}

TEST(Api, gives_tokens_for_the_right_secret_only) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    std::string wrong =
        R"({"grant_type":"client_credential","appid":"wx0123456789abcdef","secret":"sandbox-other"})";
    auto refused = co_await stage.post("/cgi-bin/stable_token", wrong);
    EXPECT_NE(refused.body.find("\"errcode\":40125"), std::string::npos);
    std::string path =
        "/cgi-bin/token?grant_type=client_credential&appid=wx0123456789abcdef&secret=sandbox-secret";
    auto ordinary = co_await stage.get(path);
    EXPECT_NE(ordinary.body.find("\"expires_in\":7200"), std::string::npos) << ordinary.body;
  };
  stage.play(scene);
}

TEST(Api, a_custom_message_needs_the_window_and_is_shown) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    JsonValue before = co_await stage.api("message/custom/send", custom_text("您好"));
    EXPECT_EQ(errcode(before), 45015);
    co_await stage.act(R"({"kind":"text","text":"在吗"})");
    for (int i = 0; i < 5; ++i) {
      JsonValue sent = co_await stage.api("message/custom/send", custom_text("您好"));
      EXPECT_EQ(errcode(sent), 0) << i;
    }
    JsonValue sixth = co_await stage.api("message/custom/send", custom_text("您好"));
    EXPECT_EQ(errcode(sixth), 45047);
    std::string shown = co_await stage.next_line("account");
    EXPECT_EQ(shown, "您好");
  };
  stage.play(scene);
}

TEST(Api, refuses_bodies_that_the_platform_refuses) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    std::string escaped = R"({"touser":"o","msgtype":"text","text":{"content":"\u60a8"}})";
    JsonValue charset = co_await stage.api("message/custom/send", escaped);
    EXPECT_EQ(errcode(charset), 40033);
    std::string newline = R"({"touser":"o","msgtype":"text","text":{"content":"a\u000ab\\u60a8"}})";
    JsonValue allowed = co_await stage.api("message/custom/send", newline);
    EXPECT_EQ(errcode(allowed), 40003)
        << "a control character, and a backslash that is text, are no such escapes";
    JsonValue format = co_await stage.api("message/custom/send", "[1]");
    EXPECT_EQ(errcode(format), 47001);
  };
  stage.play(scene);
}

TEST(Api, a_template_message_is_followed_by_its_result) {
  std::vector<platform::Inbound> got;
  Bot bot = [&got](Opened opened) -> asio::awaitable<http::Answer> {
    got.push_back(platform::parse_inbound("oa", opened.xml).value());
    co_return Stage::plain("success");
  };
  Stage stage(bot);
  std::string msg_id;
  Scene scene = [&stage, &msg_id]() -> asio::awaitable<void> {
    std::string body = R"({"touser":"oResident000000000000000000a","template_id":"t","client_msg_id":"k",)"
                       R"("data":{"thing1":{"value":"请登记体温"}}})";
    JsonValue sent = co_await stage.api("message/template/send", body);
    EXPECT_EQ(errcode(sent), 0);
    msg_id = sent.find("msgid")->number_text().value();
    JsonValue again = co_await stage.api("message/template/send", body);
    EXPECT_EQ(again.find("msgid")->number_text(), msg_id);
    co_await stage.next_line("account");
  };
  stage.play(scene);
  ASSERT_EQ(got.size(), 1u);
  EXPECT_EQ(got[0].kind, platform::InboundKind::template_result);
  EXPECT_EQ(got[0].msg_id, msg_id);
  EXPECT_EQ(got[0].status, "success");
}

TEST(Api, keeps_the_menu) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    JsonValue none = co_await stage.api("menu/get", "");
    EXPECT_EQ(errcode(none), 46003);
    std::string menu =
        R"({"button":[{"type":"click","name":"打卡","key":"CHECKIN"},)"
        R"({"name":"更多","sub_button":[{"type":"view","name":"说明","url":"https://example.com"}]}]})";
    JsonValue created = co_await stage.api("menu/create", menu);
    EXPECT_EQ(errcode(created), 0);
    JsonValue kept = co_await stage.api("menu/get", "");
    EXPECT_EQ(kept.find("menu")->find("button")->items()[1].find("sub_button")->items()[0].text_at("name"),
              "说明");
    auto phones = co_await stage.get("/phones");
    EXPECT_NE(phones.body.find("\"key\":\"CHECKIN\""), std::string::npos) << "and shows it on the phones";
    co_await stage.api("menu/delete", "");
    JsonValue gone = co_await stage.api("menu/get", "");
    EXPECT_EQ(errcode(gone), 46003);
  };
  stage.play(scene);
}

struct MenuCase {
  const char* body;
  int errcode;
};

class MenuTest : public testing::TestWithParam<MenuCase> {};

TEST_P(MenuTest, is_refused) {
  auto menu = read_menu(parse_json(GetParam().body).value());
  ASSERT_FALSE(menu);
  EXPECT_EQ(menu.error().errcode, GetParam().errcode);
}

INSTANTIATE_TEST_SUITE_P(
    Menus, MenuTest,
    testing::Values(MenuCase{R"({})", 47001}, MenuCase{R"({"button":[]})", 40016},
                    MenuCase{R"({"button":[{"name":"这个名字太长了","type":"click","key":"a"}]})", 40018},
                    MenuCase{R"({"button":[{"name":"甲","type":"fly","key":"a"}]})", 40017},
                    MenuCase{R"({"button":[{"name":"甲","type":"click"}]})", 40019},
                    MenuCase{R"({"button":[{"name":"甲","type":"view"}]})", 40020}));

TEST(Api, makes_codes_and_shows_them) {
  Stage stage(say_success);
  Scene scene = [&stage]() -> asio::awaitable<void> {
    std::string body = R"({"expire_seconds":60,"action_name":"QR_STR_SCENE",)"
                       R"("action_info":{"scene":{"scene_str":"post-3"}}})";
    JsonValue made = co_await stage.api("qrcode/create", body);
    EXPECT_EQ(made.integer_at("expire_seconds"), 60);
    std::string path = "/cgi-bin/showqrcode?ticket=" + std::string(made.text_at("ticket").value());
    auto shown = co_await stage.get(path);
    EXPECT_EQ(shown.header("Content-Type"), "image/svg+xml");
    EXPECT_NE(shown.body.find("<svg"), std::string::npos);
    auto unknown = co_await stage.get("/cgi-bin/showqrcode?ticket=other");
    EXPECT_EQ(unknown.status, 404);
    JsonValue wrong =
        co_await stage.api("qrcode/create", R"({"action_name":"QR_STR_SCENE","action_info":{}})");
    EXPECT_EQ(errcode(wrong), 40053);
  };
  stage.play(scene);
}

TEST(Api, tells_who_follows_and_gives_out_what_was_sent) {
  std::string media_id;
  Bot bot = [&media_id](Opened opened) -> asio::awaitable<http::Answer> {
    media_id = platform::parse_inbound("oa", opened.xml).value().media_id;
    co_return Stage::plain("success");
  };
  Stage stage(bot);
  Scene scene = [&stage, &media_id]() -> asio::awaitable<void> {
    JsonValue user = co_await stage.api("user/info?openid=oResident000000000000000000a", "");
    EXPECT_EQ(user.integer_at("subscribe"), 1);
    JsonValue addresses = co_await stage.api("getcallbackip", "");
    EXPECT_EQ(addresses.find("ip_list")->items().size(), 1u);
    JsonValue none = co_await stage.api("media/get?media_id=x", "");
    EXPECT_EQ(errcode(none), 40007);
    std::string picture = "\x89PNG\r\n\x1a\n and so on";
    auto uploaded = co_await stage.post("/phones/oResident000000000000000000a/photo", picture, "image/png");
    std::string id(parse_json(uploaded.body)->text_at("media_id").value());
    std::string send = R"({"kind":"image","media_id":")" + id + "\"}";
    co_await stage.act(send);
    std::string path = "/media/" + id;
    auto shown = co_await stage.get(path);
    EXPECT_EQ(shown.body, picture);
    EXPECT_EQ(shown.header("Content-Type"), "image/png");
    auto page = co_await stage.post("/phones/oResident000000000000000000a/photo", "<html>", "image/png");
    EXPECT_EQ(page.status, 400);
  };
  stage.play(scene);
  EXPECT_EQ(media_id.size(), 64u);
}

}  // namespace
}  // namespace linli::sandbox
