#include "bot/understanding/distress.hpp"

#include <gtest/gtest.h>

#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

bool alarms(std::string_view text) {
  return loaded().understand(text).alarm.alarm;
}

TEST(Distress, FrozenCriesAreHeardAndNearMissesAreNot) {
  double cries = 0, heard = 0, near = 0, false_alarms = 0;
  std::string unheard;
  for (const auto& row : rows("distress.tsv")) {
    const bool alarm = alarms(row.at(2));
    if (row[0] == "cry") {
      cries += 1;
      heard += alarm ? 1 : 0;
      if (!alarm) unheard += "\n  " + row[2];
    } else {
      near += 1;
      false_alarms += alarm ? 1 : 0;
    }
  }
  ASSERT_GE(cries, 200);
  ASSERT_GE(near, 200);
  EXPECT_GE(heard / cries, 0.98) << unheard;
  EXPECT_LE(false_alarms / near, 0.05);
}

TEST(Distress, ContextTakesAWordBackAndWhatIsNowBringsItBack) {
  EXPECT_TRUE(alarms("楼上着火了"));
  EXPECT_FALSE(alarms("没有着火，是水蒸气"));
  EXPECT_FALSE(alarms("网传养老院着火了，是真的吗"));
  EXPECT_TRUE(alarms("以前也犯过心梗，这次突然胸口疼得不行"));
}

TEST(Distress, NamesTheGroupWhoseNumbersAreTold) {
  EXPECT_EQ(loaded().understand("厨房着火了").alarm.group, "fire");
  EXPECT_EQ(loaded().understand("我爸胸口疼，喘不上气").alarm.group, "medical");
  EXPECT_EQ(loaded().understand("没事").alarm.group, "");
}

TEST(Distress, ACryInTheMiddleOfAFormIsHeard) {
  EXPECT_TRUE(alarms("体温36.5，不过我爸刚才昏过去了"));
}

}  // namespace

}  // namespace linli::understanding
