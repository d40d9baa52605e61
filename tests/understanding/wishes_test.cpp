#include "bot/understanding/wishes.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

/// "health_checkin:体温36.5" for each wish, in the order told.
std::vector<std::string> parts(const std::string& message) {
  std::vector<std::string> parts;
  for (const auto& wish : loaded().understand(message).wishes)
    parts.push_back(std::string(intent_names[wish.intent]) + ":" +
                    message.substr(wish.begin, wish.end - wish.begin));
  return parts;
}

struct Told {
  std::string message;
  std::vector<std::string> wishes;
};

TEST(Wishes, EachIsGivenItsOwnWords) {
  const Told told[] = {
      {"体温36.5，另外家里没米了", {"health_checkin:体温36.5", "help_supplies:家里没米了"}},
      {"今天全家体温正常，另外楼道灯坏了",
       {"health_checkin:今天全家体温正常", "help_environment:楼道灯坏了"}},
      {"我到岗了，顺便反映一下北门的路灯坏了",
       {"shift_checkin:我到岗了", "help_environment:反映一下北门的路灯坏了"}},
      {"体温36.6，没有不舒服，还有就是家里没菜了，能送点吗",
       {"health_checkin:体温36.6，没有不舒服", "help_supplies:家里没菜了，能送点吗"}},
      {"楼下垃圾三天没人收了，另外想问下核酸几点开始",
       {"help_environment:楼下垃圾三天没人收了", "policy_question:想问下核酸几点开始"}},
      {"家里没米没面了。对了，我妈发烧38度5，想去医院",
       {"help_supplies:家里没米没面了", "help_medical:我妈发烧38度5，想去医院"}},
      {"孩子发烧39度，另外家里没菜了", {"help_medical:孩子发烧39度", "help_supplies:家里没菜了"}},
      {"全家体温正常，家里没米没面了，能送点吗",
       {"health_checkin:全家体温正常", "help_supplies:家里没米没面了，能送点吗"}},
      {"体温36.5，今天核酸几点开始？", {"health_checkin:体温36.5", "policy_question:今天核酸几点开始？"}},
      {"36.5正常，电梯坏了两天了没人修",
       {"health_checkin:36.5正常", "help_environment:电梯坏了两天了没人修"}},
      {"楼道灯坏了，另外听说明天要封城是真的吗",
       {"help_environment:楼道灯坏了", "rumour_report:听说明天要封城是真的吗"}},
      {"體溫36.4，另外家裡沒米了", {"health_checkin:體溫36.4", "help_supplies:家裡沒米了"}},
      {"体温36.5，还有家里没菜了，另外楼道灯坏了",
       {"health_checkin:体温36.5", "help_supplies:家里没菜了", "help_environment:楼道灯坏了"}},
  };
  for (const auto& [message, wishes] : told)
    EXPECT_THAT(parts(message), testing::ElementsAreArray(wishes)) << message;
}

TEST(Wishes, OneWishStaysWhole) {
  const Told told[] = {
      {"我妈发烧了，家里没退烧药了", {"help_medical"}},
      {"今天早上量的36.4，中午36.6，晚上36.5，另外我老伴也是36.5", {"health_checkin"}},
      {"家里没米了，没面了，还有油也没了，鸡蛋还剩两个", {"help_supplies"}},
      {"路灯坏了，建议早点修", {"suggestion"}},
      {"楼道灯坏了，黑得看不见路，老人下楼摔了怎么办", {"help_environment"}},
      {"我住3号楼2单元501，家里没米了", {"help_supplies"}},
      {"孩子发烧了，今天的班上不了，帮我请个假", {"shift_checkin"}},
      {"巡查完毕，发现井盖松动，已放警示牌，另外劝返外来车辆三辆", {"patrol_report"}},
      {"听说3号楼有人发烧被拉走了，是真的吗", {"rumour_report"}},
      {"睡不着，天天哭，不想吃饭，想找人聊聊", {"help_mental"}},
      {"从北京回来要隔离吗，隔离几天，还有核酸要做几次", {"policy_question"}},
      {"你好，麻烦问一下，核酸几点开始，谢谢", {"policy_question"}},
      {"你好，家里没菜了，谢谢", {"help_supplies"}},
      {"登记一下，姓名李明，3-1-501，两口人，还有一个孩子在外地", {"registration"}},
      {"36,5正常", {"health_checkin"}},
      {"建议核酸分时段，另外希望多放几个垃圾桶", {"suggestion"}},
      {"在吗，在吗，有人吗", {"greeting_other"}},
  };
  for (const auto& [message, wishes] : told)
    EXPECT_THAT(parts(message), testing::ElementsAre(wishes.front() + ":" + message)) << message;
}

TEST(Wishes, TheMessageIsCoveredWhateverItIs) {
  std::string many;
  for (int i = 0; i < 500; ++i) many += "家里没米了，另外楼道灯坏了。";
  for (const std::string& message :
       {std::string(), std::string("。，另外"), std::string("\xFF\xFE，\xC0"), many}) {
    auto wishes = loaded().understand(message).wishes;
    ASSERT_FALSE(wishes.empty());
    EXPECT_EQ(wishes.front().begin, 0U);
    EXPECT_EQ(wishes.back().end, message.size());
    for (std::size_t at = 1; at < wishes.size(); ++at) EXPECT_LE(wishes[at - 1].end, wishes[at].begin);
  }
}

TEST(Wishes, AnUnknownIntentInTheListNamesTheKey) {
  auto folder = std::filesystem::temp_directory_path() / "linli_wishes_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "wishes.toml")
      << "further = [\"另外\"]\nnot_further = []\napart = [\"help_supplies help_us\"]\n"
         "sure_further = 0.5\nsure_apart = 0.8\n";
  auto wishes = Wishes::load(folder, loaded().reader());
  ASSERT_FALSE(wishes);
  EXPECT_THAT(wishes.error().text,
              testing::AllOf(testing::HasSubstr("apart"), testing::HasSubstr("help_us")));
  std::filesystem::remove_all(folder);
}

}  // namespace

}  // namespace linli::understanding
