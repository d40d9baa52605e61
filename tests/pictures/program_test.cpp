#include "bot/pictures/program.hpp"

#include "bot/base/file.hpp"
#include "tests/pictures/running.hpp"

namespace linli::pictures {
namespace {

using namespace std::string_literals;

std::string data(const std::string& name) {
  return read_file(LINLI_SOURCE_DIR "/tests/pictures/data/" + name).value();
}

TEST(LookFor, SaysWhatIsMissing) {
  Settings settings;
  settings.command.clear();
  EXPECT_NE(look_for(settings).error().text.find("command is empty"), std::string::npos);
  settings.command = "linli-no-such-program";
  EXPECT_NE(look_for(settings).error().text.find("install tesseract-ocr"), std::string::npos);
}

/// With the program itself; without it these tests say so and are skipped.
class ReadingProgram : public testing::Test {
 protected:
  void SetUp() override {
    auto found = look_for(settings);
    if (!found) GTEST_SKIP() << "NOT TESTED: " << found.error().text;
  }
  Result<std::string> read(std::string picture) {
    Program program(settings);
    return wait_for(io, program.read(std::move(picture)));
  }

  boost::asio::io_context io{1};
  Settings settings;
};

TEST_F(ReadingProgram, KnowsItsLanguages) {
  settings.language = "chi_sim+tlh_kli";
  auto found = look_for(settings);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().text.find("tesseract-ocr-tlh-kli"), std::string::npos);
}

TEST_F(ReadingProgram, ReadsAScreenshot) {
  auto words = read(data("screenshot.png"));
  ASSERT_TRUE(words) << words.error().text;
  EXPECT_EQ(*words, "小区水箱投了药，今明两天的自来水不能喝");
}

TEST_F(ReadingProgram, ReadsNothingInAPhoto) {
  auto words = read(data("photo.png"));
  ASSERT_TRUE(words) << words.error().text;
  EXPECT_EQ(*words, "");
}

TEST_F(ReadingProgram, RefusesWhatIsBrokenHugeOrNoPicture) {
  std::string whole = data("screenshot.png");
  EXPECT_FALSE(read(whole.substr(0, 60)));
  std::string scrambled = whole;
  for (std::size_t at = 60; at < scrambled.size(); at += 7)
    scrambled[at] = static_cast<char>(scrambled[at] ^ 0x55);
  auto words = read(scrambled);
  EXPECT_TRUE(!words || words->empty());
  EXPECT_FALSE(read("/etc/hostname\n"));
  std::string bomb = whole;
  bomb.replace(16, 8, "\x00\x00\x75\x30\x00\x00\x75\x30"s);
  EXPECT_EQ(read(bomb).error().code, Errc::too_large);
  settings.most_bytes = 1000;
  EXPECT_EQ(read(whole).error().code, Errc::too_large);
}

TEST_F(ReadingProgram, EndsWhenItWantsTooMuch) {
  settings.memory = std::size_t{40} << 20;
  EXPECT_FALSE(read(data("screenshot.png")));
  settings.memory = std::size_t{512} << 20;
  settings.command = "sleep";  // never reads, and does not know our words: ends in failure
  EXPECT_FALSE(read(data("screenshot.png")));
}

}  // namespace
}  // namespace linli::pictures
