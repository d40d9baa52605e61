#include "bot/app/settings.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/base/file.hpp"

namespace linli::app {
namespace {

const std::string ours = LINLI_SOURCE_DIR "/config/linli.toml";

Result<Settings> changed(const std::string& from, const std::string& to) {
  std::string text = *read_file(ours);
  auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  text.replace(at, from.size(), to);
  auto path = std::filesystem::temp_directory_path() /
              fmt::format("linli-{}-{}.toml", ::getpid(),
                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::ofstream(path) << text;
  auto read =
      read_settings(path, [](const std::string& name) { return name == "LINLI_TOKEN" ? "token" : ""; });
  std::filesystem::remove(path);
  return read;
}

TEST(Settings, the_file_that_is_shipped_holds_every_key) {
  auto settings = changed("# linli's settings", "# linli's settings");
  ASSERT_TRUE(settings) << settings.error().text;
  EXPECT_EQ(settings->digest_at, (std::vector<int>{720, 1080}));
  EXPECT_EQ(settings->intake.budget, std::chrono::milliseconds(4500));
  EXPECT_EQ(settings->accounts.at("demo").platform.token.reveal(), "token");
}

TEST(Settings, faults_name_file_key_and_what_is_allowed) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& c :
       {Case{"port = 8080", "prot = 8080", "prot"}, Case{"port = 8080", "port = 80800", "port"},
        Case{"\"4500ms\"", "\"6000ms\"", "4900ms"}, Case{"\"12:00\"", "\"25:00\"", "digest_at"},
        Case{"keep_messages = \"35d\"", "keep_messages = \"2d\"", "30d"},
        Case{"plain_mode = false", "plain_mode = \"no\"", "plain_mode"}}) {
    auto settings = changed(c.from, c.to);
    ASSERT_FALSE(settings) << c.to;
    EXPECT_NE(settings.error().text.find(c.said), std::string::npos) << settings.error().text;
    EXPECT_NE(settings.error().text.find(".toml"), std::string::npos) << settings.error().text;
  }
}

}  // namespace
}  // namespace linli::app
