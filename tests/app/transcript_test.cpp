#include "bot/app/transcript.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace linli::app {
namespace {

Result<std::vector<Line>> read(const std::string& text) {
  auto path = std::filesystem::temp_directory_path() /
              fmt::format("linli-{}-{}.chat", ::getpid(),
                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::ofstream(path) << text;
  auto lines = read_transcript(path);
  std::filesystem::remove(path);
  return lines;
}

TEST(Transcript, has_every_kind_of_line) {
  auto lines = read(
      "# 注释\nuse config/sample   # 社区\nat 2026-03-02 08:00\n\nlevel alert\n居民甲 > 我妈胸口疼 # "
      "不是注释\n居民甲 < *120*\n居民乙 < nothing\n+5m\nfault\n");
  ASSERT_TRUE(lines) << lines.error().text;
  ASSERT_EQ(lines->size(), 8u);
  EXPECT_EQ((*lines)[0].text, "config/sample");
  EXPECT_EQ((*lines)[3].who, "居民甲");
  EXPECT_EQ((*lines)[3].text, "我妈胸口疼 # 不是注释");
  EXPECT_EQ((*lines)[3].number, 6);
  EXPECT_EQ((*lines)[4].kind, Line::Kind::expect);
  EXPECT_EQ((*lines)[5].kind, Line::Kind::expect_nothing);
  EXPECT_EQ((*lines)[6].by, Seconds{300});
}

TEST(Transcript, faults_name_file_and_line) {
  for (const char* text : {"use x\n居民甲 说 你好\n", "use x\n+5y\n"}) {
    auto lines = read(text);
    ASSERT_FALSE(lines) << text;
    EXPECT_NE(lines.error().text.find(".chat:2:"), std::string::npos) << lines.error().text;
  }
}

TEST(Glob, a_star_stands_for_anything) {
  EXPECT_TRUE(matches("*120*", "请打 120！"));
  EXPECT_TRUE(matches("a*b*c", "a1b2b3c"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_FALSE(matches("120*", "请打 120"));
  EXPECT_FALSE(matches("", "x"));
  EXPECT_EQ(literals("*编号*已接*"), (std::vector<std::string>{"编号", "已接"}));
}

}  // namespace
}  // namespace linli::app
