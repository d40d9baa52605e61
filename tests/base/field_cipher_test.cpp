#include "bot/base/field_cipher.hpp"

#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

#include "bot/base/base64.hpp"

namespace linli {
namespace {

class FieldCipherTest : public testing::Test {
 protected:
  SystemRandom random;
  Secret master{std::string(32, 'k')};
  FieldCipher cipher{master, random};
};

TEST_F(FieldCipherTest, OpensWhatItSealed) {
  SeededRandom lengths(1);
  for (std::size_t length : {0, 1, 11, 15, 16, 17, 31, 32, 100, 5000}) {
    std::string plain = lengths.bytes(length);
    std::string sealed = cipher.seal(plain, "person.phone");
    EXPECT_EQ(*cipher.open(sealed, "person.phone"), plain);
    EXPECT_EQ(base64_decode(sealed)->size(), length + 29);
  }
  FieldCipher another(master, random);
  EXPECT_EQ(*another.open(cipher.seal("138", "person.phone"), "person.phone"), "138");
}

TEST_F(FieldCipherTest, NoTwoSealsAreAlike) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(cipher.seal("same", "p").substr(0, 16));
  EXPECT_EQ(seen.size(), 1000u);
}

TEST_F(FieldCipherTest, EveryFlippedBitIsNoticed) {
  const std::string blob = *base64_decode(cipher.seal("13800001111", "person.phone"));
  for (std::size_t bit = 0; bit < blob.size() * 8; ++bit) {
    std::string changed = blob;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    auto opened = cipher.open(base64_encode(changed), "person.phone");
    ASSERT_FALSE(opened) << bit;
    EXPECT_EQ(opened.error().code, Errc::storage);
    EXPECT_EQ(opened.error().text.find("138"), std::string::npos);
  }
  EXPECT_TRUE(cipher.open(base64_encode(blob), "person.phone"));
}

TEST_F(FieldCipherTest, EveryCutIsNoticed) {
  const std::string sealed = cipher.seal("13800001111", "person.phone");
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_FALSE(cipher.open(sealed.substr(0, length), "person.phone"));
  }
  EXPECT_FALSE(cipher.open(sealed + "AAAA", "person.phone"));
  EXPECT_FALSE(cipher.open("not base64", "person.phone"));
}

TEST_F(FieldCipherTest, PurposeAndKeyAreBound) {
  const std::string sealed = cipher.seal("138", "person.phone");
  EXPECT_FALSE(cipher.open(sealed, "person.address"));
  EXPECT_FALSE(cipher.open(sealed, ""));
  FieldCipher other(Secret(std::string(32, 'x')), random);
  EXPECT_FALSE(other.open(sealed, "person.phone"));
  EXPECT_NE(other.lookup_hash("138", "person.phone"), cipher.lookup_hash("138", "person.phone"));
}

TEST_F(FieldCipherTest, LookupHashesAreStableAndApart) {
  const std::string hash = cipher.lookup_hash("13800001111", "person.phone");
  EXPECT_EQ(hash.size(), 44u);
  EXPECT_EQ(cipher.lookup_hash("13800001111", "person.phone"), hash);
  EXPECT_NE(cipher.lookup_hash("13800001112", "person.phone"), hash);
  EXPECT_NE(cipher.lookup_hash("13800001111", "person.openid"), hash);
  EXPECT_NE(cipher.lookup_hash("bc", "a"), cipher.lookup_hash("c", "ab"));
}

// What is stored must open for as long as the data lives: format and derivation may not drift. Both values
// were made by another implementation (Python hmac and cryptography, nonce 00..0b).
TEST_F(FieldCipherTest, TheStoredFormStays) {
  EXPECT_EQ(*cipher.open("AQABAgMEBQYHCAkKC+hPNjAgzOFnw6tgmmKTvHevhgbqiGuxjGzTEg==", "person.phone"),
            "13800001111");
  EXPECT_EQ(cipher.lookup_hash("13800001111", "person.phone"),
            "G4fpwj/ltb44r7WVkBJVB7nJ3zl24nzJtxuJPO4pHZs=");
}

TEST_F(FieldCipherTest, AFailureDoesNotSpoilTheNextField) {
  const std::string sealed = cipher.seal("138", "p");
  EXPECT_FALSE(cipher.open(sealed, "q"));
  EXPECT_EQ(*cipher.open(sealed, "p"), "138");
  EXPECT_EQ(*cipher.open(cipher.seal("139", "p"), "p"), "139");
}

TEST(FieldCipher, RefusesAKeyOfAnotherLength) {
  SystemRandom random;
  EXPECT_THROW(FieldCipher(Secret(std::string(31, 'k')), random), std::invalid_argument);
  EXPECT_THROW(FieldCipher(Secret(), random), std::invalid_argument);
}

}  // namespace
}  // namespace linli
