#include "bot/community/policy.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/base/file.hpp"

namespace linli::community {
namespace {

const std::string ours = LINLI_SOURCE_DIR "/config/policies.toml";

/// Our own file with one change.
Result<Policies> changed(const std::string& from, const std::string& to) {
  std::string text = *read_file(ours);
  auto at = text.find(from);
  EXPECT_NE(at, text.npos);
  text.replace(at, from.size(), to);
  auto path = std::filesystem::temp_directory_path() /
              fmt::format("linli-policies-{}-{}.toml", ::getpid(),
                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::ofstream(path) << text;
  auto read = Policies::read(path);
  std::filesystem::remove(path);
  return read;
}

TEST(Policies, life_safety_asks_grid_leader_and_community_together_and_the_street_in_five_minutes) {
  auto policies = Policies::read(ours);
  ASSERT_TRUE(policies) << policies.error().text;
  const auto& policy = policies->of(TaskKind::life_safety);
  EXPECT_EQ(policy.levels[0].role, Role::grid_leader);
  EXPECT_EQ(policy.levels[1].scope, AreaKind::community);
  EXPECT_GE(policy.together, 2);
  EXPECT_EQ(policy.accept_within, Seconds{300});
  EXPECT_EQ(policy.gather, Seconds{0});
}

TEST(Policies, faults_name_file_key_and_what_is_allowed) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& c : {Case{"\"grid_leader\"", "\"grid_boss\"", "grid_boss"},
                        Case{"on_call@street", "on_call@moon", "on_call@moon"},
                        Case{"accept_within = \"5m\"", "accept_within = 5", "accept_within"},
                        Case{"together = 3", "together = 30", "together"},
                        Case{"[complaint]", "[complaints]", "complaint"}}) {
    auto policies = changed(c.from, c.to);
    ASSERT_FALSE(policies) << c.to;
    EXPECT_NE(policies.error().text.find(c.said), std::string::npos) << policies.error().text;
    EXPECT_EQ(policies.error().code, Errc::bad_config);
  }
}

}  // namespace
}  // namespace linli::community
