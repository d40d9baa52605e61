#include "bot/understanding/distress.hpp"

#include <gtest/gtest.h>
#include <map>

#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

bool alarms(std::string_view text) {
  return loaded().understand(text).alarm.alarm;
}

struct Figures {
  double cries{}, heard{}, near{}, false_alarms{};
  std::string unheard;
};

Figures figures(const std::string& set) {
  Figures found;
  for (const auto& row : rows(set)) {
    const bool alarm = alarms(row.at(2));
    (row[0] == "cry" ? found.cries : found.near) += 1;
    (row[0] == "cry" ? found.heard : found.false_alarms) += alarm ? 1 : 0;
    if (row[0] == "cry" && !alarm) found.unheard += "\n  " + row[2];
  }
  return found;
}

std::vector<std::string> examples(const std::string& name) {
  auto lines = read_examples(LINLI_SOURCE_DIR "/config/distress/" + name + ".txt", 1);
  return lines ? *lines : std::vector<std::string>{};
}

constexpr const char* groups[] = {"medical",   "labour",  "fire",    "gas", "violence",
                                  "self_harm", "trapped", "missing", "sos"};

TEST(Distress, FrozenCriesAreHeardAndNearMissesAreNot) {
  auto found = figures("distress.tsv");
  ASSERT_GE(found.cries, 200);
  ASSERT_GE(found.near, 200);
  EXPECT_GE(found.heard / found.cries, 0.98) << found.unheard;
  EXPECT_LE(found.false_alarms / found.near, 0.05);
}

/// No goal, a floor: whoever changes lists or examples does not make wording worse that nobody here has seen.
TEST(Distress, WordingWrittenApartIsHeardNoWorseThanBefore) {
  auto found = figures("distress_unseen.tsv");
  ASSERT_GE(found.cries, 200);
  ASSERT_GE(found.near, 200);
  EXPECT_GE(found.heard / found.cries, 0.92) << found.unheard;
  EXPECT_LE(found.false_alarms / found.near, 0.13);
}

TEST(Distress, EveryListOfExamplesIsLearnt) {
  for (const char* group : groups) {
    double cries = 0, heard = 0;
    for (const auto& line : examples(group)) {
      cries += 1;
      heard += alarms(line) ? 1 : 0;
    }
    ASSERT_GE(cries, 20) << group;
    EXPECT_GE(heard / cries, 0.93) << group;
  }
  double near = 0, false_alarms = 0;
  for (const auto& line : examples("none")) {
    near += 1;
    false_alarms += alarms(line) ? 1 : 0;
  }
  ASSERT_GE(near, 1000);
  EXPECT_LE(false_alarms / near, 0.03);
}

TEST(Distress, NoExampleStandsInTwoListsOrInATest) {
  std::map<std::string, std::string> first;
  for (const char* set : {"distress.tsv", "distress_second.tsv", "distress_unseen.tsv"}) {
    for (const auto& row : rows(set)) first.emplace(row.at(2), set);
  }
  std::vector<std::string> names(std::begin(groups), std::end(groups));
  names.emplace_back("none");
  for (const auto& name : names) {
    for (const auto& line : examples(name)) {
      auto [known, fresh] = first.emplace(line, name);
      EXPECT_TRUE(fresh || known->second == name) << line << ": " << name << " and " << known->second;
    }
  }
}

TEST(Distress, PlainLinesOfTheChatAreNoAlarm) {
  for (const char* line :
       {"我得先走", "就在这儿", "打卡 头疼", "在家", "完成 3 送到手里了", "退单 2 不在我这里",
        "3号楼2单元501", "听说3号楼有阳性，是真的吗", "家里没米了", "很急"})
    EXPECT_FALSE(alarms(line)) << line;
}

/// What stands on the list itself must be heard without an example like it.
TEST(Distress, BareWordsAreHeard) {
  for (const char* line : {"我爸走丢了", "屋里有煤气味", "着火了", "救命", "我爸昏迷了", "他拿刀要砍我",
                           "我不想活了", "羊水破了"})
    EXPECT_TRUE(alarms(line)) << line;
}

TEST(Distress, ACryFarInsideALongMessageIsHeard) {
  std::string story;
  for (int i = 0; i < 20; ++i) story += "今天领了两袋米和一桶油，谢谢志愿者，孩子在家上网课。";
  EXPECT_FALSE(alarms(story));
  EXPECT_TRUE(alarms(story + "我爸突然昏过去了，叫不醒。" + story));
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
