#include "bot/platform/callback.hpp"

#include <gtest/gtest.h>

#include "bot/platform/reply.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

const Secret token("AAAAA");
const Secret current_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
const Secret previous_key(std::string(43, 'A'));
const std::string app_id = "wxba5fad812f8e6fb9";
const std::string message = "<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType></xml>";
constexpr Time at{Seconds{1'713'424'427}};

AccountSettings secure_settings() {
  AccountSettings settings;
  settings.name = "district";
  settings.app_id = app_id;
  settings.token = token;
  settings.aes_key = current_key;
  settings.previous_aes_key = previous_key;
  return settings;
}

AccountSettings plain_settings() {
  auto settings = secure_settings();
  settings.aes_key = settings.previous_aes_key = Secret();
  settings.plain_mode = true;
  return settings;
}

std::string envelope(std::string_view encrypt) {
  return fmt::format(
      "<xml>\n<ToUserName><![CDATA[gh_1]]></ToUserName>\n<Encrypt><![CDATA[{}]]></Encrypt>\n</xml>", encrypt);
}

/// The platform's side: one signed and encrypted push.
struct Push {
  QueryValues query;
  std::string body;
};

Push push_under(const Secret& key, const std::string& id = app_id) {
  MessageCipher platform(token, key, id);
  Signer signer(token);
  const auto encrypt = platform.encrypt(message, std::string(16, 'r'));
  return {{{"timestamp", "1714112445"},
           {"nonce", "415670741"},
           {"signature", signer.sign("1714112445", "415670741")},
           {"msg_signature", platform.sign("1714112445", "415670741", encrypt)},
           {"encrypt_type", "aes"},
           {"openid", "o1"}},
          envelope(encrypt)};
}

class CallbackTest : public testing::Test {
 protected:
  void expect_refused(Callback& callback, const QueryValues& query, const std::string& body) {
    const auto opened = callback.open_post(query, body);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::forbidden);
    EXPECT_EQ(opened.error().text, not_authentic().text);
  }

  SeededRandom random{7};
  Callback secure{secure_settings(), random};
  Callback plain{plain_settings(), random};
};

TEST_F(CallbackTest, OpensASecurePush) {
  const auto push = push_under(current_key);
  const auto opened = secure.open_post(push.query, push.body).value();
  EXPECT_EQ(opened.xml, message);
  EXPECT_EQ(opened.nonce, "415670741");
  EXPECT_EQ(opened.key_index, 0);
}

TEST_F(CallbackTest, AnswersUnderTheKeyThatThePushCameUnder) {
  int index = 0;
  for (const auto& key : {current_key, previous_key}) {
    const auto push = push_under(key);
    const auto opened = secure.open_post(push.query, push.body).value();
    EXPECT_EQ(opened.key_index, index++);
    const auto reply = Xml::read(secure.seal_reply(opened, "<xml>reply</xml>", at)).value();
    EXPECT_EQ(reply.text("Nonce"), "415670741");
    EXPECT_EQ(reply.text("TimeStamp"), "1713424427");
    MessageCipher platform(token, key, app_id);
    EXPECT_EQ(
        platform.open(reply.text("MsgSignature"), "1713424427", "415670741", reply.text("Encrypt")).value(),
        "<xml>reply</xml>");
  }
}

TEST_F(CallbackTest, GivesTheSameBytesForTheSameRandomOnesOnly) {
  const Callback::Opened opened{message, "n", 0};
  const std::string chosen(16, 'x');
  EXPECT_EQ(secure.seal_reply(opened, "<xml/>", at, chosen), secure.seal_reply(opened, "<xml/>", at, chosen));
  EXPECT_NE(secure.seal_reply(opened, "<xml/>", at), secure.seal_reply(opened, "<xml/>", at));
}

TEST_F(CallbackTest, NeverEncryptsTheBareAcknowledgement) {
  const Callback::Opened opened{message, "n", 0};
  EXPECT_EQ(secure.seal_reply(opened, plain_success, at), "success");
  EXPECT_EQ(secure.seal_reply(opened, "", at), "");
  EXPECT_EQ(secure.seal_reply(opened, plain_success, at, std::string(16, 'x')), "success");
}

TEST_F(CallbackTest, RefusesPlainBodiesInSecureMode) {
  auto push = push_under(current_key);
  expect_refused(secure, push.query, message);
  push.query["encrypt_type"] = "raw";
  expect_refused(secure, push.query, message);
  expect_refused(secure, push.query, push.body);
  push.query.erase("encrypt_type");
  push.query.erase("msg_signature");
  expect_refused(secure, push.query, message);
  expect_refused(secure, push.query, push.body);
}

TEST_F(CallbackTest, RefusesCompatBodiesThoughTheirSignaturesHold) {
  const auto push = push_under(current_key);
  ASSERT_TRUE(secure.open_post(push.query, push.body));
  for (const auto* field :
       {"<FromUserName>o1</FromUserName>", "<Content>x</Content>", "<MsgType>text</MsgType>"}) {
    auto body = push.body;
    body.insert(5, field);
    expect_refused(secure, push.query, body);
  }
}

TEST_F(CallbackTest, RefusesWhatIsForgedWithOneAnswer) {
  const auto good = push_under(current_key);
  for (const auto* key : {"msg_signature", "timestamp", "nonce"}) {
    auto push = good;
    push.query[key].back() ^= 1;
    expect_refused(secure, push.query, push.body);
    push.query.erase(key);
    expect_refused(secure, push.query, push.body);
  }
  auto push = good;
  push.query["msg_signature"] = push.query["signature"];  // does not cover the body
  expect_refused(secure, push.query, push.body);
  push = push_under(Secret(std::string(42, 'B') + "A"));  // neither of our keys
  expect_refused(secure, push.query, push.body);
  push = push_under(current_key, "wx0000000000000000");  // of another account
  expect_refused(secure, push.query, push.body);
  for (const std::string body :
       {"", "<xml></xml>", "<xml><ToUserName>gh_1</ToUserName></xml>", "not xml", "<xml>"}) {
    expect_refused(secure, good.query, body);
  }
  expect_refused(secure, good.query, "<!DOCTYPE xml>" + good.body);
  expect_refused(secure, good.query, good.body + good.body);
  expect_refused(secure, good.query, std::string(good.body).append(1, '\0'));
  expect_refused(secure, {}, good.body);
}

TEST_F(CallbackTest, TakesSpaceAroundTheCiphertext) {
  auto push = push_under(current_key);
  const auto encrypt = std::string(Xml::read(push.body).value().text("Encrypt"));
  EXPECT_TRUE(secure.open_post(push.query, envelope("\n  " + encrypt + "\n")));
}

TEST_F(CallbackTest, TakesASecurePushThatNamesNoEncryptType) {
  auto push = push_under(current_key);
  push.query.erase("encrypt_type");
  EXPECT_TRUE(secure.open_post(push.query, push.body));
}

TEST_F(CallbackTest, ReplaysOpenAgain) {  // harmless by the unique dedupe key, whatever the clock says
  const auto push = push_under(current_key);
  EXPECT_TRUE(secure.open_post(push.query, push.body));
  EXPECT_TRUE(secure.open_post(push.query, push.body));
}

TEST_F(CallbackTest, PlainModeChecksTheSignature) {
  auto push = push_under(current_key);
  push.query.erase("encrypt_type");
  const auto opened = plain.open_post(push.query, message).value();
  EXPECT_EQ(opened.xml, message);
  EXPECT_EQ(plain.seal_reply(opened, "<xml>reply</xml>", at), "<xml>reply</xml>");
  push.query["encrypt_type"] = "aes";
  expect_refused(plain, push.query, push.body);
  push.query["encrypt_type"] = "raw";
  EXPECT_TRUE(plain.open_post(push.query, message));
  push.query["signature"].back() ^= 1;
  expect_refused(plain, push.query, message);
  push.query.erase("signature");
  expect_refused(plain, push.query, message);
}

TEST_F(CallbackTest, EchoesOnlyWhatIsSigned) {
  Signer signer(token);
  QueryValues query = {
      {"signature", signer.sign("1", "2")}, {"timestamp", "1"}, {"nonce", "2"}, {"echostr", "4375120948"}};
  for (auto* callback : {&secure, &plain}) EXPECT_EQ(callback->verify_get(query).value(), "4375120948");
  for (const std::string echo : {"", "<script>alert(1)</script>", "a b", "a\nb"}) {
    auto bad = query;
    bad["echostr"] = echo;
    EXPECT_FALSE(secure.verify_get(bad)) << echo;
  }
  query["nonce"] = "3";
  const auto refused = secure.verify_get(query);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::forbidden);
  EXPECT_FALSE(secure.verify_get({}));
}

TEST_F(CallbackTest, DoesNotStartWithBadSettings) {
  auto settings = plain_settings();
  settings.aes_key = current_key;
  EXPECT_THROW(Callback(settings, random), std::runtime_error);
  settings = secure_settings();
  settings.token = Secret();
  EXPECT_THROW(Callback(settings, random), std::runtime_error);
}

TEST_F(CallbackTest, LetsNoneOfManyForgeriesIn) {
  const auto good = push_under(current_key);
  SeededRandom chance(11);
  std::size_t accepted = 0;
  for (int i = 0; i < 10'000; ++i) {
    auto push = good;
    auto& target = chance.below(2) == 0 ? push.body : push.query["msg_signature"];
    const auto where = chance.below(target.size());
    const auto before = target[where];
    target[where] = static_cast<char>(chance.below(256));
    if (target[where] == before) continue;
    const auto opened = secure.open_post(push.query, push.body);
    // White space and the address outside the ciphertext are nobody's signature's business.
    accepted += opened && opened->xml != message;
    if (&target == &push.query["msg_signature"]) accepted += opened.has_value();
  }
  EXPECT_EQ(accepted, 0U);
}

}  // namespace
}  // namespace linli::platform
