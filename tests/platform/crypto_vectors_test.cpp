// Every published vector of tests/vectors/crypto_vectors.json, and the ones made from them that must be
// refused.
#include <fstream>
#include <gtest/gtest.h>

#include "bot/base/base64.hpp"
#include "bot/base/json.hpp"
#include "bot/platform/callback.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/platform/message_cipher.hpp"

namespace linli::platform {
namespace {

const JsonValue& vectors() {
  static const auto read = [] {
    std::ifstream file(LINLI_SOURCE_DIR "/tests/vectors/crypto_vectors.json", std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    return parse_json(text).value();
  }();
  return read;
}

std::string at(const JsonValue& vector, std::string_view key) {
  return std::string(vector.text_at(key).value_or(""));
}

MessageCipher cipher_of(const JsonValue& v) {
  return MessageCipher(Secret(at(v, "token")), Secret(at(v, "encoding_aes_key")), at(v, "receive_id"));
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

TEST(CryptoVectors, AreAllThere) {
  EXPECT_EQ(vectors().find("vectors")->items().size(), 21U);
  EXPECT_EQ(vectors().find("plain_signature_vectors")->items().size(), 7U);
  EXPECT_EQ(vectors().find("derived_negative")->items().size(), 11U);
  EXPECT_EQ(vectors().find("derived_positive")->items().size(), 1U);
}

TEST(CryptoVectors, OpenToTheirPlaintext) {
  for (const auto& v : vectors().find("vectors")->items()) {
    SCOPED_TRACE(at(v, "name"));
    auto cipher = cipher_of(v);
    const auto timestamp = at(v, "timestamp"), nonce = at(v, "nonce"), encrypt = at(v, "encrypt");
    const auto computed = cipher.sign(timestamp, nonce, encrypt);
    const bool published_wrong = v.find("negative_signature") != nullptr;
    if (v.find("msg_signature")) {
      const auto signature = at(v, "msg_signature");
      EXPECT_EQ(computed == signature, !published_wrong);
      EXPECT_EQ(cipher.open(signature, timestamp, nonce, encrypt).has_value(), !published_wrong);
    }
    if (published_wrong) {
      EXPECT_EQ(computed, at(v, "computed_signature"));
    }
    const auto opened = cipher.open(computed, timestamp, nonce, encrypt);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, at(v, "plaintext"));
    EXPECT_EQ(static_cast<std::int64_t>(opened->size()), v.integer_at("plaintext_bytes"));
  }
}

TEST(CryptoVectors, AreSealedToTheSameBytes) {
  for (const auto& v : vectors().find("vectors")->items()) {
    SCOPED_TRACE(at(v, "name"));
    auto cipher = cipher_of(v);
    const auto random = from_hex(at(v, "random_16_hex"));
    EXPECT_EQ(cipher.encrypt(at(v, "plaintext"), random), at(v, "encrypt"));
  }
}

TEST(CryptoVectors, XmlPushesAreRead) {
  std::size_t read = 0;
  for (const auto& v : vectors().find("vectors")->items()) {
    if (at(v, "kind").find("xml-push") == std::string::npos) continue;
    SCOPED_TRACE(at(v, "name"));
    const auto parsed = parse_inbound("a", at(v, "plaintext"));
    ASSERT_TRUE(parsed) << parsed.error().text;
    const bool is_file = at(v, "name") == "senparc_oa_file_push";
    const bool is_event = at(v, "name") == "official_thirdparty_xml_secure_push";
    EXPECT_EQ(parsed->kind, is_file    ? InboundKind::file
                            : is_event ? InboundKind::other_event
                                       : InboundKind::text);
    EXPECT_EQ(parsed->dedupe_key.substr(0, 2), is_event ? "b:" : "m:");
    ++read;
  }
  EXPECT_EQ(read, 8U);
}

TEST(CryptoVectors, PassTheCallbackOnlyWhenSecure) {
  for (const auto& v : vectors().find("vectors")->items()) {
    SCOPED_TRACE(at(v, "name"));
    if (!v.find("msg_signature")) continue;
    AccountSettings settings;
    settings.app_id = at(v, "receive_id");
    settings.token = Secret(at(v, "token"));
    settings.aes_key = Secret(at(v, "encoding_aes_key"));
    SeededRandom random(1);
    Callback callback(settings, random);
    const QueryValues query = {{"msg_signature", at(v, "msg_signature")},
                               {"timestamp", at(v, "timestamp")},
                               {"nonce", at(v, "nonce")},
                               {"encrypt_type", "aes"},
                               {"signature", at(v, "plain_signature")}};
    const auto encrypt = "<Encrypt><![CDATA[" + at(v, "encrypt") + "]]></Encrypt>";
    const auto secure = "<xml><ToUserName><![CDATA[gh_x]]></ToUserName>" + encrypt + "</xml>";
    const auto compat = "<xml><ToUserName>gh_x</ToUserName><MsgType>text</MsgType>" + encrypt + "</xml>";
    const auto opened = callback.open_post(query, secure);
    EXPECT_EQ(opened.has_value(), v.find("negative_signature") == nullptr);
    if (opened) {
      EXPECT_EQ(opened->xml, at(v, "plaintext"));
    }
    EXPECT_FALSE(callback.open_post(query, compat));
    EXPECT_FALSE(callback.open_post(query, at(v, "plaintext")));
  }
}

TEST(CryptoVectors, PlainSignaturesHold) {
  for (const auto& v : vectors().find("plain_signature_vectors")->items()) {
    SCOPED_TRACE(at(v, "name"));
    Signer signer{Secret(at(v, "token"))};
    if (v.find("msg_signature")) {
      EXPECT_EQ(signer.sign(at(v, "timestamp"), at(v, "nonce"), at(v, "encrypt")), at(v, "msg_signature"));
      continue;
    }
    EXPECT_EQ(signer.sign(at(v, "timestamp"), at(v, "nonce")), at(v, "signature"));

    AccountSettings settings;
    settings.token = Secret(at(v, "token"));
    settings.plain_mode = true;
    SeededRandom random(1);
    Callback callback(settings, random);
    QueryValues query = {
        {"signature", at(v, "signature")}, {"timestamp", at(v, "timestamp")}, {"nonce", at(v, "nonce")}};
    EXPECT_EQ(callback.open_post(query, at(v, "body")).value().xml, at(v, "body"));
    query["echostr"] = v.find("echostr") ? at(v, "echostr") : "1";
    EXPECT_EQ(callback.verify_get(query).value(), query["echostr"]);
    if (v.find("expected_response_body")) {
      EXPECT_EQ(query["echostr"], at(v, "expected_response_body"));
    }
    query["signature"].back() = query["signature"].back() == '0' ? '1' : '0';
    EXPECT_FALSE(callback.open_post(query, at(v, "body")));
    EXPECT_FALSE(callback.verify_get(query));
  }
}

TEST(CryptoVectors, NegativesAreRefusedThoughSigned) {
  for (const auto& v : vectors().find("derived_negative")->items()) {
    SCOPED_TRACE(at(v, "name"));
    auto cipher = cipher_of(v);
    EXPECT_TRUE(cipher.verify(at(v, "msg_signature"), at(v, "timestamp"), at(v, "nonce"), at(v, "encrypt")));
    const auto opened =
        cipher.open(at(v, "msg_signature"), at(v, "timestamp"), at(v, "nonce"), at(v, "encrypt"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::forbidden);
    EXPECT_EQ(opened.error().text, not_authentic().text);
  }
}

TEST(CryptoVectors, PositivesPaddedTo16AreTaken) {
  for (const auto& v : vectors().find("derived_positive")->items()) {
    auto cipher = cipher_of(v);
    EXPECT_EQ(
        cipher.open(at(v, "msg_signature"), at(v, "timestamp"), at(v, "nonce"), at(v, "encrypt")).value(),
        at(v, "plaintext"));
  }
}

}  // namespace
}  // namespace linli::platform
