#include "bot/platform/official_account.hpp"

#include <gtest/gtest.h>
#include <set>

#include "bot/base/json.hpp"
#include "tests/platform/scripted_transport.hpp"

namespace linli::platform {
namespace {

Outgoing text(std::string words) {
  return {CustomText{"oUSER", std::move(words)}};
}

Outgoing reminder() {
  TemplateMessage message;
  message.openid = "oUSER";
  message.template_id = "TPL";
  message.client_msg_id = "slot-17";
  message.fields = {{"thing1", "打卡"}, {"time2", "12:00"}};
  return {message};
}

class OfficialAccountTest : public testing::Test {
 protected:
  /// An account that has fetched its token: request 0 is behind it.
  void fetch_token() {
    const auto sent = start(io, account.send(text("first")));
    api.answer(0, token_answer("T1+/"));
    api.answer(1, errcode_answer(0));
  }

  std::shared_ptr<std::optional<SendOutcome>> send(Outgoing message) {
    return start(io, account.send(std::move(message)));
  }

  boost::asio::io_context io{1};
  ScriptedTransport api{io};
  SettableClock clock{Time{Seconds{1'700'000'000}}};
  OfficialAccount account{api.transport(), api_settings(), clock};
};

TEST_F(OfficialAccountTest, SendsACustomText) {
  fetch_token();
  const auto outcome = send(text("你好\"\n😀"));
  const auto& request = api.request(2);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://api.test/cgi-bin/message/custom/send?access_token=T1%2B%2F");
  EXPECT_EQ(request.body, R"({"touser":"oUSER","msgtype":"text","text":{"content":"你好\"\n😀"}})");
  api.answer(2, R"({"errcode":0,"errmsg":"ok"})");
  EXPECT_EQ((*outcome)->send_class, SendClass::accepted);
}

TEST_F(OfficialAccountTest, SendsATemplateUnderItsKey) {
  fetch_token();
  const auto outcome = send(reminder());
  EXPECT_EQ(api.request(2).url, "https://api.test/cgi-bin/message/template/send?access_token=T1%2B%2F");
  EXPECT_EQ(api.request(2).body, R"({"touser":"oUSER","template_id":"TPL","client_msg_id":"slot-17",)"
                                 R"("data":{"thing1":{"value":"打卡"},"time2":{"value":"12:00"}}})");
  api.answer(2, R"({"errcode":0,"errmsg":"ok","msgid":1338144854257483781})");
  EXPECT_EQ((*outcome)->send_class, SendClass::accepted);
  EXPECT_EQ((*outcome)->msgid, "1338144854257483781");
}

TEST_F(OfficialAccountTest, ClassifiesEveryDocumentedAnswer) {
  fetch_token();
  std::size_t index = 2;
  for (const auto& row : errcode_table()) {
    if (row.send_class == SendClass::refresh_token) continue;
    const auto outcome = send(text("x"));
    api.answer(index++, errcode_answer(row.errcode));
    ASSERT_TRUE(*outcome) << row.errcode;
    EXPECT_EQ((*outcome)->send_class, row.send_class) << row.errcode;
    EXPECT_EQ((*outcome)->errcode, row.errcode);
  }
  EXPECT_EQ(api.count("stable_token"), 1U);
}

TEST_F(OfficialAccountTest, IsInDoubtWhenNobodyCanTell) {
  fetch_token();
  struct Row {
    std::string body;
    int status;
  };
  std::size_t index = 2;
  for (const auto& row : {Row{"", 200},
                          {"<html>", 200},
                          {"{}", 200},
                          {"[]", 200},
                          {R"({"errcode":"0"})", 200},
                          {R"({"errcode":0)", 200},
                          {R"({"errcode":0})", 500},
                          {"", 502},
                          {"", 504},
                          {"", 302}}) {
    const auto outcome = send(text("x"));
    api.answer(index++, row.body, row.status);
    ASSERT_TRUE(*outcome);
    EXPECT_EQ((*outcome)->send_class, SendClass::in_doubt) << row.body << row.status;
  }
  const auto timed_out = send(text("x"));
  api.fail(index++, Errc::timed_out);
  EXPECT_EQ((*timed_out)->send_class, SendClass::in_doubt);
  const auto unreachable = send(text("x"));
  api.fail(index++, Errc::unavailable);
  EXPECT_EQ((*unreachable)->send_class, SendClass::retry_later);
  EXPECT_EQ(api.count("stable_token"), 1U);
}

TEST_F(OfficialAccountTest, RefreshesAnInvalidTokenOnceAndRepeatsOnce) {
  fetch_token();
  std::size_t index = 2;
  int number = 1;
  for (const int code : {40001, 40014, 41001, 42001}) {
    const auto outcome = send(text("x"));
    api.answer(index++, errcode_answer(code));
    api.answer(index++, token_answer("N" + std::to_string(++number)));
    EXPECT_TRUE(api.request(index).url.ends_with("access_token=N" + std::to_string(number)));
    EXPECT_EQ(api.request(index).body, api.request(index - 2).body);
    api.answer(index++, errcode_answer(0));
    EXPECT_EQ((*outcome)->send_class, SendClass::accepted) << code;
  }
  EXPECT_EQ(api.count(), index);
}

TEST_F(OfficialAccountTest, DoesNotRefreshForEver) {
  fetch_token();
  const auto outcome = send(text("x"));
  api.answer(2, errcode_answer(40001));
  api.answer(3, token_answer("T1"));
  api.answer(4, errcode_answer(40001));
  ASSERT_TRUE(*outcome);
  EXPECT_EQ((*outcome)->send_class, SendClass::retry_later);  // refused twice: surely not accepted
  EXPECT_EQ((*outcome)->errcode, 40001);
  EXPECT_EQ(api.count(), 5U);
}

TEST_F(OfficialAccountTest, FetchesOnceForAWholeBurstThatWasRefused) {
  fetch_token();
  std::vector<std::shared_ptr<std::optional<SendOutcome>>> outcomes;
  for (int i = 0; i < 50; ++i) outcomes.push_back(send(text("x")));
  for (std::size_t i = 2; i < 52; ++i) api.answer(i, errcode_answer(42001));
  EXPECT_EQ(api.count("stable_token"), 2U);
  api.answer(52, token_answer("T2"));
  for (std::size_t i = 53; i < 103; ++i) api.answer(i, errcode_answer(0));
  for (const auto& outcome : outcomes) EXPECT_EQ((*outcome)->send_class, SendClass::accepted);
  EXPECT_EQ(api.count("stable_token"), 2U);
}

TEST_F(OfficialAccountTest, SendsNothingWithoutAToken) {
  const auto one = send(text("x"));
  api.fail(0, Errc::timed_out);
  EXPECT_EQ((*one)->send_class,
            SendClass::retry_later);  // the token is in doubt, the message surely not sent
  const auto two = send(text("x"));
  api.answer(1, errcode_answer(40164, "invalid ip 203.0.113.7, not in whitelist"));
  EXPECT_EQ((*two)->send_class, SendClass::stop_all);
  EXPECT_EQ((*two)->errcode, 40164);
  EXPECT_EQ((*two)->address, "203.0.113.7");
  EXPECT_EQ(api.count("custom/send"), 0U);
}

TEST_F(OfficialAccountTest, SaysWhichAddressIsNotAllowed) {
  fetch_token();
  const auto one = send(text("x"));
  api.answer(2, errcode_answer(40164, "invalid ip 2001:db8::7 ipv6 ::1, not in whitelist"));
  EXPECT_EQ((*one)->send_class, SendClass::stop_all);
  EXPECT_EQ((*one)->address, "2001:db8::7");
  const auto two = send(text("x"));
  api.answer(3, errcode_answer(40164, "invalid ip <script>"));
  EXPECT_EQ((*two)->address, "");
}

TEST_F(OfficialAccountTest, KeepsARefusalWhenTheFreshTokenCannotBeFetched) {
  fetch_token();
  const auto outcome = send(text("x"));
  api.answer(2, errcode_answer(40001));
  api.fail(3, Errc::unavailable);
  EXPECT_EQ((*outcome)->send_class, SendClass::retry_later);
}

// A platform whose token dies all the time, in the middle of bursts, under a clock that runs.
TEST_F(OfficialAccountTest, LosesNothingOverAThousandExpiries) {
  struct Platform {
    int valid = 1;
    std::size_t fetched = 0, refused = 0;
    std::multiset<std::string> delivered;
  } platform;
  Transport answer =
      [&](http::ClientRequest request) -> boost::asio::awaitable<Result<http::ClientResponse>> {
    http::ClientResponse response;
    response.status = 200;
    if (request.url.find("stable_token") != std::string::npos) {
      ++platform.fetched;
      response.body = token_answer("T" + std::to_string(platform.valid));
    } else if (!request.url.ends_with("=T" + std::to_string(platform.valid))) {
      ++platform.refused;
      response.body = errcode_answer(42001);
    } else {
      platform.delivered.insert(request.body);
      response.body = errcode_answer(0);
    }
    co_return response;
  };
  OfficialAccount busy(answer, api_settings(), clock);
  std::size_t accepted = 0;
  for (int i = 0; i < 1'000; ++i) {
    ++platform.valid;
    for (int j = 0; j < 3; ++j) {
      const auto outcome = start(io, busy.send(text(fmt::format("{}-{}", i, j))));
      accepted += *outcome && (*outcome)->send_class == SendClass::accepted;
    }
  }
  EXPECT_EQ(accepted, 3'000U);
  EXPECT_EQ(platform.delivered.size(), 3'000U);
  EXPECT_EQ(std::set<std::string>(platform.delivered.begin(), platform.delivered.end()).size(), 3'000U);
  EXPECT_EQ(platform.fetched, 1'000U);
  EXPECT_EQ(platform.refused, 999U);  // one extra call an expiry
}

TEST_F(OfficialAccountTest, CreatesTheMenuAsGiven) {
  fetch_token();
  const std::string menu = R"({"button":[{"type":"click","name":"打卡","key":"CHECKIN"}]})";
  const auto done = start(io, account.create_menu(menu));
  EXPECT_EQ(api.request(2).url, "https://api.test/cgi-bin/menu/create?access_token=T1%2B%2F");
  EXPECT_EQ(api.request(2).body, menu);
  api.answer(2, errcode_answer(0));
  EXPECT_TRUE((*done)->has_value());

  const auto refused = start(io, account.create_menu(menu));
  api.answer(3, errcode_answer(40018));
  EXPECT_EQ((*refused)->error().code, Errc::platform);
  EXPECT_NE((*refused)->error().text.find("40018"), std::string::npos);

  const auto in_doubt = start(io, account.create_menu(menu));
  api.fail(4, Errc::timed_out);
  EXPECT_EQ((*in_doubt)->error().code, Errc::timed_out);

  const auto unreachable = start(io, account.create_menu(menu));
  api.fail(5, Errc::unavailable);
  EXPECT_EQ((*unreachable)->error().code, Errc::unavailable);

  const auto broken = start(io, account.create_menu("{"));
  EXPECT_EQ((*broken)->error().code, Errc::bad_input);
  EXPECT_EQ(api.count(), 6U);
}

TEST_F(OfficialAccountTest, CreatesCodesForAWhileAndForEver) {
  fetch_token();
  const auto code = start(io, account.create_qr("post-3", Seconds{604'800}));
  EXPECT_EQ(api.request(2).url, "https://api.test/cgi-bin/qrcode/create?access_token=T1%2B%2F");
  EXPECT_EQ(
      api.request(2).body,
      R"({"expire_seconds":604800,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"post-3"}}})");
  api.answer(2, R"({"ticket":"gQH47","expire_seconds":60,"url":"http://weixin.qq.com/q/kZgfw"})");
  ASSERT_TRUE((*code)->has_value());
  EXPECT_EQ((*code)->value().ticket, "gQH47");
  EXPECT_EQ((*code)->value().url, "http://weixin.qq.com/q/kZgfw");

  const auto permanent = start(io, account.create_qr("北门", std::nullopt));
  EXPECT_EQ(api.request(3).body,
            R"({"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"北门"}}})");
  api.answer(3, errcode_answer(40053));
  EXPECT_EQ((*permanent)->error().code, Errc::platform);

  for (const auto& scene : {std::string(), std::string(65, 'a')}) {
    const auto refused = start(io, account.create_qr(scene, std::nullopt));
    EXPECT_EQ((*refused)->error().code, Errc::bad_input);
  }
  const auto too_long = start(io, account.create_qr("a", Seconds{2'592'001}));
  EXPECT_EQ((*too_long)->error().code, Errc::bad_input);
}

TEST_F(OfficialAccountTest, FetchesAPicture) {
  fetch_token();
  const auto picture = start(io, account.get_picture("MEDIA/1", 5000));
  EXPECT_EQ(api.request(2).method, "GET");
  EXPECT_EQ(api.request(2).url,
            "https://api.test/cgi-bin/media/get?media_id=MEDIA%2F1&access_token=T1%2B%2F");
  EXPECT_EQ(api.request(2).max_answer, 5000U);
  api.answer_with(2, "image/jpeg", "{\"errcode\":40007}");  // the content type alone says what it is
  ASSERT_TRUE(*picture);
  EXPECT_EQ(***picture, "{\"errcode\":40007}");
}

TEST_F(OfficialAccountTest, FetchesAPictureWithAFreshToken) {
  fetch_token();
  const auto picture = start(io, account.get_picture("M", 5000));
  api.answer(2, errcode_answer(40001));
  api.answer(3, token_answer("T2"));
  EXPECT_EQ(api.request(4).url, "https://api.test/cgi-bin/media/get?media_id=M&access_token=T2");
  api.answer_with(4, "image/png", "bytes");
  ASSERT_TRUE(*picture);
  EXPECT_EQ(***picture, "bytes");
}

TEST_F(OfficialAccountTest, SaysWhyThereIsNoPicture) {
  fetch_token();
  const auto why = [this](std::size_t index, const std::string& answer) {
    const auto picture = start(io, account.get_picture("M", 5000));
    api.answer(index, answer);
    return picture->value().error().code;
  };
  EXPECT_EQ(why(2, errcode_answer(40007)), Errc::platform);
  EXPECT_EQ(why(3, errcode_answer(-1)), Errc::unavailable);
  EXPECT_EQ(why(4, errcode_answer(0)), Errc::platform);
  EXPECT_EQ(why(5, R"({"video_url":"http://example.com/v"})"), Errc::timed_out);
}

}  // namespace
}  // namespace linli::platform
