#include "bot/community/household_report.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::community {
namespace {

std::string shown(std::string_view written) {
  auto report = read_household_report(normalise(written));
  std::string out = report.place;
  for (const auto& e : report.rooms) out += "|" + e.unit + "/" + e.room + "=" + e.words;
  return out;
}

TEST(HouseholdReport, RoomsAndWhatIsSaidAboutThem) {
  EXPECT_EQ(shown("501正常 502空户 601没人接"), "|/501=正常|/502=空户|/601=没人接");
  EXPECT_EQ(shown("501正常502空户601没人接"), "|/501=正常|/502=空户|/601=没人接");
  EXPECT_EQ(shown("501 正常，502：空户；1601室没人接。"), "|/501=正常|/502=空户|/1601=没人接");
}

TEST(HouseholdReport, ThePlaceStandsBeforeTheFirstRoom) {
  EXPECT_EQ(shown("3号楼 2单元501正常"), "3号楼|2/501=正常");
  EXPECT_EQ(shown("3号楼 501正常"), "3号楼|/501=正常");
  EXPECT_EQ(shown("和平苑3号楼2-501正常"), "和平苑3号楼|2/501=正常");
  EXPECT_EQ(shown("3号楼"), "3号楼");
}

TEST(HouseholdReport, AUnitIsNamedOnceAndWordsMayBeShared) {
  EXPECT_EQ(shown("2单元501正常 502空户 3单元101正常"), "|2/501=正常|2/502=空户|3/101=正常");
  EXPECT_EQ(shown("501、502和503正常"), "|/501=正常|/502=正常|/503=正常");
}

TEST(HouseholdReport, ATemperatureIsNoRoom) {
  EXPECT_EQ(shown("501发烧38.5 502正常"), "|/501=发烧38.5|/502=正常");
}

TEST(HouseholdReport, StatesByTheirWords) {
  EXPECT_EQ(state_in_words("都好"), HouseholdState::fine);
  EXPECT_EQ(state_in_words("空户"), HouseholdState::empty);
  EXPECT_EQ(state_in_words("电话没人接"), HouseholdState::unreachable);
  EXPECT_EQ(state_in_words("不愿说"), HouseholdState::refused);
  EXPECT_EQ(state_in_words("搬走了"), HouseholdState::moved);
  EXPECT_EQ(state_in_words("不正常"), std::nullopt);
  EXPECT_EQ(state_in_words("发烧38.5"), std::nullopt);
  EXPECT_EQ(state_in_words("嗯嗯"), std::nullopt);
  for (auto state : {HouseholdState::fine, HouseholdState::moved})
    EXPECT_EQ(household_state(name(state)), state);
}

TEST(HouseholdReport, NumbersOfRoomsAndUnits) {
  EXPECT_EQ(number_in("2单元"), "2");
  EXPECT_EQ(number_in("501室"), "501");
  EXPECT_EQ(number_in("东院"), "");
}

}  // namespace
}  // namespace linli::community
