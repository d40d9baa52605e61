#include "bot/community/inspection_rules.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace linli::community {

namespace {

Result<InspectionRules> read(const std::string& text) {
  auto path =
      std::filesystem::temp_directory_path() / ("linli-inspection-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << text;
  auto rules = InspectionRules::read(path);
  std::filesystem::remove(path);
  return rules;
}

std::string refusal(const std::string& text) {
  auto rules = read(text);
  return rules ? "" : rules.error().text;
}

constexpr const char* good =
    "[area.duty]\nname = \"值守\"\nwithin = \"4h\"\n[area.duty.item]\non_post = \"岗上有人\"\n";

}  // namespace

TEST(InspectionRules, OursLooksAtTheFiveThings) {
  auto rules = InspectionRules::read(LINLI_SOURCE_DIR "/config/inspection.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  std::vector<std::string> ids;
  for (const auto& area : rules->areas()) ids.push_back(area.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"publicity", "control", "cleaning", "duty", "reporting"}));
  EXPECT_EQ(rules->items(), 12u);
  ASSERT_TRUE(rules->area_of("duty.on_post"));
  EXPECT_EQ(rules->area_of("duty.on_post")->within, Seconds{4 * 3600});
  EXPECT_EQ(rules->area_of("duty.nothing"), nullptr);
  EXPECT_EQ(rules->item("duty.nothing"), nullptr);
}

TEST(InspectionRules, WhatIsMissingIsNamed) {
  EXPECT_EQ(refusal(good), "");
  EXPECT_NE(refusal("").find("area"), std::string::npos);
  EXPECT_NE(refusal("[area.duty]\nname = \"值守\"\nwithin = \"4h\"\n[area.duty.item]\n").find("item"),
            std::string::npos);
  EXPECT_NE(
      refusal("[area.duty]\nname = \"值守\"\nwithin = \"4m\"\n[area.duty.item]\na = \"b\"\n").find("within"),
      std::string::npos);
  EXPECT_NE(refusal(std::string("shown = 0\n") + good).find("shown"), std::string::npos);
  EXPECT_NE(refusal(std::string("surprise = 1\n") + good).find("surprise"), std::string::npos);
}

}  // namespace linli::community
