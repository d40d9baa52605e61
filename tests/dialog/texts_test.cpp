#include "bot/dialog/texts.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace linli::dialog {
namespace {

class TextsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() /
             fmt::format("linli-texts-{}-{}", ::getpid(),
                         ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  Result<std::unique_ptr<Texts>> read(const std::string& toml) {
    std::ofstream(folder / "topic.toml") << toml;
    return Texts::read(folder);
  }
  std::filesystem::path folder;
};

TEST_F(TextsTest, values_go_in_once_and_literally) {
  auto texts = read("[hello]\nzh = \"{{name}}，您好 {{name}}\"\n");
  ASSERT_TRUE(texts);
  EXPECT_EQ((*texts)->render("topic.hello", {{"name", "<a>{{name}}&"}}).body,
            "<a>{{name}}&，您好 <a>{{name}}&");
}

TEST_F(TextsTest, a_missing_value_is_a_fault_of_the_program) {
  auto texts = read("[hello]\nzh = \"{{name}}\"\n");
  EXPECT_THROW((*texts)->render("topic.hello", {}), std::logic_error);
  EXPECT_THROW((*texts)->render("topic.nobody", {}), std::logic_error);
}

TEST_F(TextsTest, card_lines_have_twenty_characters_and_no_breaks) {
  auto texts = read("[hello]\nzh = \"x\"\ncard = [\"{{a}}\", \"第二行\"]\n");
  auto card = (*texts)->render("topic.hello", {{"a", "一二三四五六七八九十一二三四五六七八九十一\n二"}}).card;
  EXPECT_EQ(card, "一二三四五六七八九十一二三四五六七八九…\n第二行");
}

TEST_F(TextsTest, is_checked_against_the_handlers_both_ways) {
  auto texts = read("[said]\nzh = \"x\"\n[unsaid]\nzh = \"y\"\n");
  std::vector<TextId> declared{{"topic.said"}, {"topic.unwritten"}};
  auto checked = (*texts)->check(declared);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().text.find("topic.unsaid"), std::string::npos);
  EXPECT_NE(checked.error().text.find("topic.unwritten"), std::string::npos);
}

TEST_F(TextsTest, faults_name_file_and_key) {
  for (const char* toml : {"[a]\nen = \"x\"\n", "[a]\nzh = \"{{x\"\n", "[a]\nzh = \"x\"\ncolour = 1\n",
                           "[a]\nzh = \"x\"\ncard = [\"1\",\"2\",\"3\",\"4\",\"5\"]\n"}) {
    auto texts = read(toml);
    ASSERT_FALSE(texts) << toml;
    EXPECT_NE(texts.error().text.find("topic.toml"), std::string::npos) << texts.error().text;
  }
}

}  // namespace
}  // namespace linli::dialog
