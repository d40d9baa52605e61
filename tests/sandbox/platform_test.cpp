// The platform's rules: sending windows, template de-duplication, following, what people see.
#include "bot/sandbox/platform.hpp"

#include <gtest/gtest.h>

#include "bot/platform/inbound.hpp"

namespace linli::sandbox {
namespace {

constexpr Time start{Seconds{1'772'463'600}};
using std::chrono::hours;
using std::chrono::minutes;

class PlatformTest : public testing::Test {
 protected:
  static PlatformOptions options() {
    PlatformOptions options;
    options.app_id = "wx0123456789abcdef";
    options.app_secret = "sandbox-secret";
    options.account = "gh_sandbox_oa";
    options.people = {{"居民甲", "oResident"}, {"网格长", "oLeader"}};
    options.templates = {{"tpl-1", "待办提醒", {{"thing1", "事项"}}}};
    return options;
  }

  Push act(std::string_view kind, Action action = {}) {
    action.kind = kind;
    return platform.act("oResident", action).value();
  }
  Push say(std::string text) {
    Action action;
    action.text = std::move(text);
    return act("text", action);
  }
  int send(std::string text = "您好") {
    CustomMessage message{"oResident", "text", std::move(text), {}, {}};
    auto sent = platform.custom_send(message);
    return sent ? 0 : sent.error().errcode;
  }
  Answered<TemplateSent> remind(std::string key, std::string value = "请登记今天的体温") {
    TemplateSend message{"oResident", "tpl-1", {}, std::move(key), {{"thing1", std::move(value)}}};
    return platform.template_send(message);
  }
  std::vector<std::string> seen(std::string_view openid = "oResident") {
    std::vector<std::string> texts;
    for (const Line* line : platform.feed().lines_of(openid)) texts.push_back(line->text);
    return texts;
  }
  static platform::Inbound parsed(const Push& push) {
    return platform::parse_inbound("oa", push.xml).value();
  }

  SettableClock clock{start};
  SeededRandom random{7};
  Platform platform{options(), clock, random};
};

TEST_F(PlatformTest, nothing_may_be_sent_before_the_person_did_something) {
  EXPECT_EQ(send(), 45015);
}

struct WindowCase {
  const char* kind;
  int messages;
  Seconds lasts;
};

class WindowTest : public PlatformTest, public testing::WithParamInterface<WindowCase> {
 protected:
  void trigger() {
    Action action;
    action.text = "在吗";
    action.key = "post-3";
    std::string_view kind = GetParam().kind;
    if (kind == "follow") act("unfollow");
    act(kind, action);
  }
};

TEST_P(WindowTest, allows_so_many_messages_and_no_more) {
  trigger();
  for (int i = 0; i < GetParam().messages; ++i) EXPECT_EQ(send(), 0) << i;
  EXPECT_EQ(send(), 45047);
}

TEST_P(WindowTest, closes_to_the_second) {
  trigger();
  clock.advance(GetParam().lasts - Seconds{1});
  EXPECT_EQ(send(), 0);
  clock.advance(Seconds{1});
  EXPECT_EQ(send(), 45015);
}

TEST_P(WindowTest, starts_anew_with_the_next_trigger) {
  trigger();
  for (int i = 0; i < GetParam().messages; ++i) send();
  trigger();
  EXPECT_EQ(send(), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Triggers, WindowTest,
    testing::Values(WindowCase{"text", 5, hours(48)}, WindowCase{"image", 5, hours(48)},
                    WindowCase{"voice", 5, hours(48)}, WindowCase{"location", 5, hours(48)},
                    WindowCase{"click", 3, minutes(1)}, WindowCase{"follow", 3, minutes(1)},
                    WindowCase{"scan", 3, minutes(1)}, WindowCase{"menu_entry", 3, minutes(1)}),
    [](const auto& tested) { return std::string(tested.param.kind); });

TEST_F(PlatformTest, a_click_adds_to_a_message_and_is_used_first) {
  say("在吗");
  act("click", {.kind = {}, .key = "CHECKIN"});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send(), 0);
  clock.advance(minutes(2));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(), 0) << "the message's five are still there";
  EXPECT_EQ(send(), 45047);
}

TEST_F(PlatformTest, viewing_a_page_opens_no_window) {
  act("view", {.kind = {}, .url = "https://example.com"});
  EXPECT_EQ(send(), 45015);
}

TEST_F(PlatformTest, whoever_left_gets_nothing_and_says_nothing) {
  say("在吗");
  Push push = act("unfollow");
  EXPECT_EQ(parsed(push).kind, platform::InboundKind::unsubscribe);
  EXPECT_FALSE(push.in_chat);
  EXPECT_EQ(send(), 45015);
  EXPECT_EQ(remind("k").error().errcode, 43004);
  EXPECT_EQ(platform.act("oResident", {.kind = "text", .text = "喂"}).error().code, Errc::conflict);
}

TEST_F(PlatformTest, refuses_what_the_documentation_lists) {
  say("在吗");
  EXPECT_EQ(send(""), 44004);
  EXPECT_EQ(send(std::string(2049, 'a')), 45002);
  EXPECT_EQ(platform.custom_send({"oNobody", "text", "x", {}, {}}).error().errcode, 40003);
  EXPECT_EQ(platform.custom_send({"oResident", "image", {}, "no-such", {}}).error().errcode, 40007);
  EXPECT_EQ(platform.custom_send({"oResident", "hologram", "x", {}, {}}).error().errcode, 40008);
  EXPECT_EQ(seen(), (std::vector<std::string>{"在吗"})) << "nothing refused is shown";
}

TEST_F(PlatformTest, a_template_message_needs_no_window_and_shows_labels) {
  ASSERT_TRUE(remind(""));
  const Line* line = platform.feed().lines_of("oResident").at(0);
  EXPECT_EQ(line->title, "待办提醒");
  EXPECT_EQ(line->fields.at(0), (std::pair<std::string, std::string>("事项", "请登记今天的体温")));
}

TEST_F(PlatformTest, the_same_client_msg_id_is_shown_once_within_ten_minutes) {
  auto first = remind("key-1").value();
  clock.advance(minutes(10) - Seconds{1});
  auto second = remind("key-1").value();
  EXPECT_TRUE(second.repeated);
  EXPECT_EQ(second.msg_id, first.msg_id);
  EXPECT_FALSE(remind("key-2")->repeated);
  EXPECT_EQ(seen().size(), 2u);
  clock.advance(Seconds{1});
  EXPECT_FALSE(remind("key-1")->repeated);
  EXPECT_EQ(seen().size(), 3u);
}

TEST_F(PlatformTest, the_same_client_msg_id_of_another_person_is_another_message) {
  ASSERT_TRUE(remind("key"));
  TemplateSend other{"oLeader", "tpl-1", {}, "key", {{"thing1", "有新求助"}}};
  EXPECT_FALSE(platform.template_send(other)->repeated);
}

TEST_F(PlatformTest, template_refusals_name_the_field) {
  EXPECT_EQ(platform.template_send({"oResident", "other", {}, {}, {{"thing1", "x"}}}).error().errcode, 40037);
  EXPECT_EQ(platform.template_send({"oResident", "", {}, {}, {{"thing1", "x"}}}).error().errcode, 40036);
  auto refusal = remind("k", "二十个字以内才可以放进这一栏再多一个字都会被退回来").error();
  EXPECT_EQ(refusal.errcode, 47003);
  EXPECT_NE(refusal.detail.find("data.thing1.value"), std::string::npos);
}

TEST_F(PlatformTest, the_template_result_tells_who_left_meanwhile) {
  auto sent = remind("k").value();
  EXPECT_EQ(parsed(platform.template_result("oResident", sent.msg_id)).status, "success");
  act("unfollow");
  auto blocked = parsed(platform.template_result("oResident", sent.msg_id));
  EXPECT_EQ(blocked.kind, platform::InboundKind::template_result);
  EXPECT_EQ(blocked.status, "failed:user block");
  EXPECT_EQ(blocked.msg_id, std::to_string(sent.msg_id));
}

TEST_F(PlatformTest, message_ids_have_19_digits_and_differ) {
  std::string first = parsed(say("一")).msg_id, second = parsed(say("二")).msg_id;
  EXPECT_EQ(first.size(), 19u);
  EXPECT_NE(first, second);
}

TEST_F(PlatformTest, a_stranger_follows_by_a_code_and_the_account_learns_which) {
  std::string openid = platform.add_stranger().openid;
  EXPECT_EQ(openid.size(), 28u);
  EXPECT_EQ(platform.act(openid, {.kind = "text", .text = "在吗"}).error().code, Errc::conflict);
  auto inbound = parsed(platform.act(openid, {.kind = "scan", .key = "post-3"}).value());
  EXPECT_EQ(inbound.kind, platform::InboundKind::subscribe);
  EXPECT_EQ(inbound.event_key, "post-3");
  EXPECT_FALSE(inbound.ticket.empty());
  auto again = parsed(platform.act(openid, {.kind = "scan", .key = "post-3"}).value());
  EXPECT_EQ(again.kind, platform::InboundKind::scan);
  EXPECT_EQ(again.ticket, inbound.ticket);
}

TEST_F(PlatformTest, strangers_have_names_of_their_own) {
  std::string first = platform.add_stranger().name, second = platform.add_stranger().name;
  EXPECT_EQ(first, "陌生人甲");
  EXPECT_EQ(second, "陌生人乙");
}

TEST_F(PlatformTest, each_kind_arrives_as_the_account_reads_it) {
  auto location =
      parsed(act("location", {.kind = {}, .latitude = 37.87, .longitude = 112.48, .label = "北门"}));
  EXPECT_EQ(location.kind, platform::InboundKind::location);
  EXPECT_NEAR(location.latitude, 37.87, 1e-6);
  EXPECT_NEAR(location.longitude, 112.48, 1e-6);
  EXPECT_EQ(location.label, "北门");
  auto voice = parsed(act("voice", {.kind = {}, .text = "我头疼"}));
  EXPECT_EQ(voice.kind, platform::InboundKind::voice);
  EXPECT_EQ(voice.text, "") << "there is no transcript";
  EXPECT_NE(platform.media().find(voice.media_id, clock.now()), nullptr);
  auto link = parsed(act("link", {.kind = {}, .title = "封城？", .url = "https://example.com/a?b=1&c=<2>"}));
  EXPECT_EQ(link.url, "https://example.com/a?b=1&c=<2>");
  auto click = parsed(act("click", {.kind = {}, .key = "CHECKIN"}));
  EXPECT_EQ(click.kind, platform::InboundKind::click);
  EXPECT_EQ(click.event_key, "CHECKIN");
}

TEST_F(PlatformTest, awkward_text_arrives_whole) {
  for (std::string text : {"]]>", "<xml>&amp;", "{{x}}", "😀\u202e", "第一行\n第二行"}) {
    EXPECT_EQ(parsed(say(text)).text, text);
  }
}

TEST_F(PlatformTest, a_place_not_on_earth_is_refused) {
  EXPECT_EQ(platform.act("oResident", {.kind = "location", .latitude = 91}).error().code, Errc::bad_input);
}

TEST_F(PlatformTest, media_live_three_days) {
  auto picture = parsed(act("image"));
  EXPECT_NE(platform.media().find(picture.media_id, clock.now()), nullptr);
  clock.advance(hours(72));
  EXPECT_EQ(platform.media().find(picture.media_id, clock.now()), nullptr);
  EXPECT_FALSE(platform.media().add_picture("<html>", clock.now()));
}

TEST_F(PlatformTest, tickets_expire) {
  std::string ticket = platform.create_ticket("post-3", Seconds{30}).ticket;
  EXPECT_NE(platform.find_ticket(ticket), nullptr);
  clock.advance(Seconds{30});
  EXPECT_EQ(platform.find_ticket(ticket), nullptr);
}

}  // namespace
}  // namespace linli::sandbox
