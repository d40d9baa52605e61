#include "bot/platform/message_cipher.hpp"

#include <gtest/gtest.h>

#include "bot/base/base64.hpp"
#include "bot/base/random.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

const Secret token("AAAAA");
const Secret key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
const std::string id = "wxba5fad812f8e6fb9";

struct Sealed {
  std::string encrypt, signature, timestamp, nonce;
};

Sealed read_envelope(const std::string& envelope) {
  const auto xml = Xml::read(envelope).value();
  return {std::string(xml.text("Encrypt")), std::string(xml.text("MsgSignature")),
          std::string(xml.text("TimeStamp")), std::string(xml.text("Nonce"))};
}

Result<std::string> open(MessageCipher& cipher, const Sealed& s) {
  return cipher.open(s.signature, s.timestamp, s.nonce, s.encrypt);
}

TEST(MessageCipher, OpensWhatItSealsAtEveryLength) {
  MessageCipher cipher(token, key, id);
  SeededRandom random(1);
  for (std::size_t length = 0; length <= 300; ++length) {
    const auto plain = random.bytes(length);
    const auto sealed = read_envelope(cipher.seal(plain, "1714112445", "n", random.bytes(16)));
    EXPECT_EQ(open(cipher, sealed).value(), plain) << length;
    EXPECT_EQ(base64_decode(sealed.encrypt)->size() % 32, 0U);
  }
}

TEST(MessageCipher, WritesTheDocumentedEnvelope) {
  MessageCipher cipher(token, key, id);
  const std::string random(16, 'r');
  const auto envelope = cipher.seal("<xml/>", "1713424427", "415670741", random);
  const auto encrypt = cipher.encrypt("<xml/>", random);
  EXPECT_EQ(
      envelope,
      "<xml><Encrypt><![CDATA[" + encrypt + "]]></Encrypt><MsgSignature><![CDATA[" +
          cipher.sign("1713424427", "415670741", encrypt) +
          "]]></MsgSignature><TimeStamp>1713424427</TimeStamp><Nonce><![CDATA[415670741]]></Nonce></xml>");
  EXPECT_EQ(cipher.seal("<xml/>", "1713424427", "415670741", random), envelope);
  EXPECT_NE(cipher.seal("<xml/>", "1713424427", "415670741", std::string(16, 's')), envelope);
}

TEST(MessageCipher, RefusesEverySpoiledByteWithOneAnswer) {
  MessageCipher cipher(token, key, id);
  const auto good = read_envelope(cipher.seal("<xml><A>secret</A></xml>", "1", "n", std::string(16, 'r')));
  ASSERT_TRUE(open(cipher, good));
  std::size_t refused = 0, tried = 0;
  const auto refuse = [&](const Sealed& spoiled) {
    const auto opened = open(cipher, spoiled);
    ++tried;
    refused +=
        !opened && opened.error().code == Errc::forbidden && opened.error().text == not_authentic().text;
  };
  for (std::size_t i = 0; i < good.encrypt.size(); ++i) {
    auto spoiled = good;
    spoiled.encrypt[i] ^= 1;
    refuse(spoiled);
    // Signed again, as only somebody with the token could: then the layout has to hold.
    spoiled.signature = cipher.sign("1", "n", spoiled.encrypt);
    const auto opened = open(cipher, spoiled);
    if (!opened) {
      EXPECT_EQ(opened.error().text, not_authentic().text);
    }
  }
  for (std::size_t i = 0; i < good.signature.size(); ++i) {
    auto spoiled = good;
    spoiled.signature[i] = spoiled.signature[i] == '0' ? '1' : '0';
    refuse(spoiled);
  }
  for (std::size_t size = 0; size < good.encrypt.size(); ++size) {
    auto spoiled = good;
    spoiled.encrypt.resize(size);
    refuse(spoiled);
    spoiled.signature = cipher.sign("1", "n", spoiled.encrypt);
    refuse(spoiled);
  }
  for (const auto& [timestamp, nonce] : {std::pair{"2", "n"}, {"1", "m"}, {"", "n"}, {"1", ""}}) {
    auto spoiled = good;
    spoiled.timestamp = timestamp;
    spoiled.nonce = nonce;
    refuse(spoiled);
  }
  for (const auto* signature : {"", "0", "AE70D4E343D946FC0477A5C760B95BE0947FDDBB"}) {
    auto spoiled = good;
    spoiled.signature = signature;
    refuse(spoiled);
  }
  EXPECT_EQ(refused, tried);
}

TEST(MessageCipher, RefusesTheMessageOfAnotherAccount) {
  MessageCipher ours(token, key, id), other(token, key, "wx0000000000000000"), longer(token, key, id + "0");
  for (auto* cipher : {&other, &longer}) {
    const auto sealed = read_envelope(cipher->seal("<xml/>", "1", "n", std::string(16, 'r')));
    EXPECT_FALSE(open(ours, sealed));
    EXPECT_TRUE(open(*cipher, sealed));
  }
}

TEST(MessageCipher, IgnoresTheBitsLeftOverInTheKey) {
  MessageCipher one(token, Secret("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE"), id), same(token, key, id);
  EXPECT_EQ(one.encrypt("x", std::string(16, 'r')), same.encrypt("x", std::string(16, 'r')));
}

TEST(MessageCipher, KnowsAKeyWhenItSeesOne) {
  EXPECT_TRUE(MessageCipher::is_aes_key(std::string(43, 'A')));
  for (const auto& bad :
       {std::string(), std::string(42, 'A'), std::string(44, 'A'), std::string(42, 'A') + "=",
        std::string(42, 'A') + " ", " " + std::string(42, 'A'), std::string(43, '-')}) {
    EXPECT_FALSE(MessageCipher::is_aes_key(bad)) << bad;
    EXPECT_THROW(MessageCipher(token, Secret(bad), id), std::invalid_argument);
  }
}

TEST(MessageCipher, NeedsSixteenRandomBytes) {
  MessageCipher cipher(token, key, id);
  EXPECT_THROW(cipher.encrypt("x", "short"), std::invalid_argument);
}

}  // namespace
}  // namespace linli::platform
