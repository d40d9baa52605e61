#include "bot/base/digest.hpp"

#include <gtest/gtest.h>

namespace linli {
namespace {

const std::string abc_sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
const std::string abc_sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Digest, PublishedVectors) {
  EXPECT_EQ(sha1_hex("abc"), abc_sha1);
  EXPECT_EQ(sha1_hex(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(sha256_hex("abc"), abc_sha256);
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, OneObjectHashesManyTexts) {
  Digest sha1(Digest::Kind::sha1), sha256(Digest::Kind::sha256);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(sha1.hex("abc"), abc_sha1);
    EXPECT_EQ(sha1.hex("other"), sha1_hex("other"));
    EXPECT_EQ(sha256.hex("abc"), abc_sha256);
  }
  EXPECT_EQ(sha256.bytes("abc").size(), 32u);
}

TEST(Hmac, VectorsOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, KeepsItsKeyBetweenTexts) {
  Hmac jefe("Jefe"), empty("");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(jefe.bytes("one"), hmac_sha256("Jefe", "one"));
    EXPECT_EQ(jefe.bytes("what do ya want for nothing?"),
              hmac_sha256("Jefe", "what do ya want for nothing?"));
    EXPECT_EQ(to_hex(empty.bytes("")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  }
}

TEST(Hkdf, DiffersByPurposeAndMaster) {
  // RFC 5869 A.3: no salt, no info
  EXPECT_EQ(to_hex(hkdf_sha256(std::string(22, '\x0b'), "", 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  std::string master(32, 'm'), other(32, 'n');
  EXPECT_NE(hkdf_sha256(master, "a"), hkdf_sha256(master, "b"));
  EXPECT_NE(hkdf_sha256(master, "a"), hkdf_sha256(other, "a"));
}

TEST(EqualConstantTime, IsEquality) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_constant_time("", "a"));
}

}  // namespace
}  // namespace linli
