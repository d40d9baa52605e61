// What a publicist writes around a notice; what is a complaint about the bot; the activities' file.
#include "bot/community/notice_words.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "bot/community/activity_rules.hpp"
#include "bot/community/suggestion_words.hpp"

namespace linli::community {
namespace {

using Kind = AudienceRead::Kind;

CareRules care() {
  return CareRules::read(std::string(LINLI_SOURCE_DIR) + "/config/care.toml").value();
}

TEST(NoticeWords, AudiencesAreReadByRoleCareAndResidence) {
  auto rules = care();
  EXPECT_EQ(read_audience("和平苑居民", rules).kind, Kind::residents);
  EXPECT_EQ(read_audience("工作人员", rules).kind, Kind::staff);
  EXPECT_TRUE(read_audience("工作人员", rules).roles.empty());
  auto two = read_audience("网格长和楼院长", rules);
  EXPECT_EQ(two.kind, Kind::staff);
  ASSERT_EQ(two.roles.size(), 2u);
  EXPECT_EQ(two.roles[0], Role::grid_leader);
  EXPECT_EQ(two.roles[1], Role::building_leader);
  EXPECT_EQ(read_audience("志愿者", rules).roles, std::vector{Role::volunteer});
  EXPECT_EQ(read_audience("独居的老人", rules).kind, Kind::care);
  EXPECT_EQ(read_audience("和平苑", rules).kind, Kind::none);
}

TEST(NoticeWords, AReceiptIsAnOrderAtTheEdgeAndNotAWordInside) {
  std::string text = "要回执：周三停水";
  EXPECT_TRUE(takes_receipt(text));
  EXPECT_EQ(text, "周三停水");
  text = "周三停水 要回执";
  EXPECT_TRUE(takes_receipt(text));
  EXPECT_EQ(text, "周三停水");
  text = "银行说要回执的请找前台";
  EXPECT_FALSE(takes_receipt(text));
  EXPECT_EQ(text, "银行说要回执的请找前台");
  text = "要回执";
  EXPECT_TRUE(takes_receipt(text));
  EXPECT_EQ(text, "");
}

TEST(NoticeWords, ACardHasTwoLinesOfTwentyCharacters) {
  auto short_one = card_lines("周三停水");
  EXPECT_EQ(short_one.first, "周三停水");
  EXPECT_EQ(short_one.second, "");
  std::string twenty = "一二三四五六七八九十一二三四五六七八九十";
  EXPECT_EQ(card_lines(twenty).second, "");
  auto forty = card_lines(twenty + twenty);
  EXPECT_EQ(forty.first, twenty);
  EXPECT_EQ(forty.second, twenty);
  auto more = card_lines(twenty + twenty + "完");
  EXPECT_EQ(more.second, "一二三四五六七八九十一二三四五六七八九…");
  EXPECT_EQ(card_lines("上\n下").first, "上 下") << "a card has no line breaks of its own";
}

TEST(SuggestionWords, OnlyComplaintsAboutTheBotAreAboutTheBot) {
  EXPECT_TRUE(complains_about_bot("你们这消息太多了"));
  EXPECT_TRUE(complains_about_bot("机器人听不懂我说话"));
  EXPECT_FALSE(complains_about_bot("楼下太吵了"));
  EXPECT_FALSE(complains_about_bot("机器人"));
}

TEST(ActivityRules, TheFileNamesWhatCounts) {
  auto rules = ActivityRules::read(std::string(LINLI_SOURCE_DIR) + "/config/activities.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  ASSERT_EQ(rules->all().size(), 4u);
  EXPECT_EQ(rules->named("入列 主人翁")->id, "master");
  EXPECT_EQ(rules->named("入列 主人翁 急先锋"), nullptr) << "two are none";
  EXPECT_EQ(rules->named("入列"), nullptr);
  EXPECT_EQ(rules->of("front")->enlist, Activity::Enlist::staff);
  EXPECT_FALSE(rules->of("youth")->tickets);
}

TEST(ActivityRules, MistakesNameTheKey) {
  auto file = std::filesystem::temp_directory_path() / ("activities-" + std::to_string(::getpid()) + ".toml");
  auto refusal = [&](const char* text) {
    std::ofstream(file) << text;
    auto read = ActivityRules::read(file);
    return read ? std::string() : read.error().text;
  };
  EXPECT_NE(refusal("[a]\nname = \"甲\"\nwords = []\ncounts = [\"clicks\"]\n")
                .find("'clicks' is not one of shifts"),
            std::string::npos);
  EXPECT_NE(refusal("[a]\nname = \"甲\"\nwords = []\ncounts = []\nenlist = \"nobody\"\n").find("enlist"),
            std::string::npos);
  EXPECT_NE(refusal("[a]\nname = \"甲\"\nwords = []\ncounts = []\nextra = 1\n").find("extra"),
            std::string::npos);
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace linli::community
