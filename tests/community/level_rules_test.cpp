#include "bot/community/level_rules.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/base/file.hpp"

namespace linli::community {
namespace {

using enum EmergencyLevel;

const std::string ours = LINLI_SOURCE_DIR "/config/levels.toml";

Result<LevelRules> changed(const std::string& from, const std::string& to) {
  std::string text = *read_file(ours);
  auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  text.replace(at, from.size(), to);
  auto path = std::filesystem::temp_directory_path() /
              fmt::format("linli-levels-{}-{}.toml", ::getpid(), text.size());
  std::ofstream(path) << text;
  auto read = LevelRules::read(path);
  std::filesystem::remove(path);
  return read;
}

TEST(LevelRules, duties_exist_in_an_alert_or_emergency_only) {
  auto rules = LevelRules::read(ours);
  ASSERT_TRUE(rules) << rules.error().text;
  for (auto duty : {LevelDuty::daily_checkin, LevelDuty::shift_checkin, LevelDuty::rounds}) {
    EXPECT_FALSE(rules->exists(duty, normal));
    EXPECT_TRUE(rules->exists(duty, alert));
    EXPECT_TRUE(rules->exists(duty, "emergency"));
    EXPECT_FALSE(rules->exists(duty, "nonsense"));
  }
}

TEST(LevelRules, another_table_is_another_rule) {
  auto rules = changed("[rounds]", "[rounds] # \n");
  ASSERT_TRUE(rules) << rules.error().text;
  rules = changed("levels = [\"alert\", \"emergency\"]", "levels = [\"emergency\"]");
  ASSERT_TRUE(rules);
  EXPECT_FALSE(rules->exists(LevelDuty::daily_checkin, alert));
  EXPECT_TRUE(rules->exists(LevelDuty::shift_checkin, alert));
}

TEST(LevelRules, faults_name_file_key_and_what_is_allowed) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& c : {Case{"\"alert\"", "\"alarm\"", "normal, alert, emergency"},
                        Case{"[rounds]", "[round]", "rounds"}, Case{"levels =", "level =", "levels"}}) {
    auto rules = changed(c.from, c.to);
    ASSERT_FALSE(rules) << c.to;
    EXPECT_NE(rules.error().text.find(c.said), std::string::npos) << rules.error().text;
  }
}

TEST(LevelRules, a_level_in_words) {
  EXPECT_EQ(level_in("紧急 和平社区")->level, emergency);
  EXPECT_EQ(level_in("和平社区 戒备")->level, alert);
  EXPECT_EQ(level_in("平时")->level, normal);
  EXPECT_FALSE(level_in("和平社区"));
}

}  // namespace
}  // namespace linli::community
