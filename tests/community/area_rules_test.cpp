#include "bot/community/area_rules.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/base/file.hpp"

namespace linli::community {
namespace {

using enum AreaKind;

const std::string ours = LINLI_SOURCE_DIR "/config/areas.toml";

/// Our own file with one change.
Result<AreaRules> changed(const std::string& from, const std::string& to) {
  std::string text = *read_file(ours);
  auto at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  text.replace(at, from.size(), to);
  auto path =
      std::filesystem::temp_directory_path() / fmt::format("linli-areas-{}-{}.toml", ::getpid(), text.size());
  std::ofstream(path) << text;
  auto read = AreaRules::read(path);
  std::filesystem::remove(path);
  return read;
}

TEST(AreaRules, courtyards_and_buildings_may_stand_outside_a_compound_and_villages_have_none) {
  auto rules = AreaRules::read(ours);
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_TRUE(rules->is_top(district));
  EXPECT_FALSE(rules->is_top(street));
  EXPECT_TRUE(rules->may_stand_below(compound, community));
  EXPECT_FALSE(rules->may_stand_below(compound, village));
  EXPECT_TRUE(rules->may_stand_below(courtyard, street));
  EXPECT_TRUE(rules->may_stand_below(building, community));
  EXPECT_TRUE(rules->may_stand_below(household, village));
  EXPECT_FALSE(rules->may_stand_below(community, compound));
  EXPECT_EQ(rules->parents_text(building), "community, village, compound, courtyard");
}

TEST(AreaRules, unmanaged_is_a_property_of_compound_courtyard_and_building) {
  auto rules = AreaRules::read(ours);
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->unmanaged_text(), "compound, courtyard, building");
  EXPECT_TRUE(rules->may_be_unmanaged(courtyard));
  EXPECT_FALSE(rules->may_be_unmanaged(street));
}

TEST(AreaRules, another_tree_is_a_change_of_the_file) {
  auto rules =
      changed("[compound]\nbelow = [\"community\"]", "[compound]\nbelow = [\"community\", \"village\"]");
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_TRUE(rules->may_stand_below(compound, village));
}

TEST(AreaRules, faults_name_file_key_and_what_is_allowed) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& c :
       {Case{"[\"community\", \"village\", \"street\"", "[\"comunity\", \"village\", \"street\"", "comunity"},
        Case{"[unit]\nbelow = [\"building\"]", "[unit]\nbelow = [\"unit\"]", "circle"},
        Case{"[street]\nbelow = [\"district\"]", "[street]\nbelow = [\"community\"]", "circle"},
        Case{"[street]\nbelow = [\"district\"]", "[street]\nbelow = []", "exactly one"},
        Case{"[township]", "[town]", "township"},
        Case{"unmanaged = true", "unmanaged = \"yes\"", "unmanaged"},
        Case{"unmanaged = true", "unmanagd = true", "unmanagd"}}) {
    auto rules = changed(c.from, c.to);
    ASSERT_FALSE(rules) << c.to;
    EXPECT_EQ(rules.error().code, Errc::bad_config);
    EXPECT_NE(rules.error().text.find(c.said), std::string::npos) << rules.error().text;
    EXPECT_NE(rules.error().text.find(".toml"), std::string::npos) << rules.error().text;
  }
}

}  // namespace
}  // namespace linli::community
