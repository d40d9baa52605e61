#include "bot/community/campaign.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "bot/base/text.hpp"
#include "bot/community/campaign_rules.hpp"

namespace linli::community {
namespace {

using enum CampaignState;

TEST(Campaign, StatesByTheirWords) {
  EXPECT_EQ(campaign_state_in_words("完成"), done);
  EXPECT_EQ(campaign_state_in_words("已发"), done);
  EXPECT_EQ(campaign_state_in_words("没完成"), not_yet);
  EXPECT_EQ(campaign_state_in_words("还没去"), not_yet);
  EXPECT_EQ(campaign_state_in_words("拒访"), refused);
  EXPECT_EQ(campaign_state_in_words("不接种"), refused);
  EXPECT_EQ(campaign_state_in_words("空户"), empty);
  EXPECT_EQ(campaign_state_in_words("联系不上"), unreachable);
  EXPECT_EQ(campaign_state_in_words("没联系上"), unreachable);
  EXPECT_EQ(campaign_state_in_words("没人接"), unreachable);
  EXPECT_EQ(campaign_state_in_words("搬走了"), moved);
  EXPECT_EQ(campaign_state_in_words("都好"), done);
  EXPECT_FALSE(campaign_state_in_words("回头再说"));
  EXPECT_FALSE(campaign_state_in_words("不舒服"));
}

TEST(Campaign, StatesKeepTheirNames) {
  for (std::size_t i = 0; i < campaign_states; ++i) {
    auto state = static_cast<CampaignState>(i);
    EXPECT_EQ(campaign_state(name(state)), state);
  }
  EXPECT_FALSE(campaign_state("done "));
}

TEST(Campaign, TotalsInWords) {
  CampaignTotals totals{10, {3, 4, 1, 2, 0, 0, 0}, 1};
  EXPECT_EQ(totals_text(totals, "完成"), "10 户：完成 4，拒访 1，联系不上 2，还没到 3");
  EXPECT_EQ(totals.owed(), 5);
  EXPECT_EQ((totals + totals).of(done), 8);
  EXPECT_EQ((totals + totals).found_ever, 2);
}

TEST(Campaign, NamesAlike) {
  EXPECT_EQ(alike("张三", "张 三"), Alike::same);
  EXPECT_EQ(alike("王晓燕", "王小燕"), Alike::similar);
  EXPECT_FALSE(alike("张三", "张四"));
  EXPECT_FALSE(alike("王晓燕", "王小红"));
  EXPECT_FALSE(alike("", "张三"));
  EXPECT_FALSE(alike("王晓燕", "王晓"));
}

FoundHousehold read(std::string_view written) {
  return read_found_household(normalise(written));
}

TEST(Campaign, ANewlyFoundHousehold) {
  auto flat = read("3号楼 2单元 701 张三 13800000000");
  EXPECT_EQ(flat.place, "3号楼 2单元");
  EXPECT_EQ(flat.room, "701");
  EXPECT_EQ(flat.name, "张三");
  EXPECT_EQ(flat.phone, "13800000000");
  auto nameless = read("3号楼701");
  EXPECT_EQ(nameless.place, "3号楼");
  EXPECT_EQ(nameless.room, "701");
  EXPECT_EQ(nameless.name, "");
  auto bungalow = read("柳沟村河边组6号院 李四");
  EXPECT_EQ(bungalow.place, "柳沟村河边组");
  EXPECT_EQ(bungalow.room, "6号院");
  EXPECT_EQ(bungalow.name, "李四");
}

TEST(Campaign, UntilWhen) {
  auto zone = *Zone::find("Asia/Shanghai");
  Time now = *parse_time(zone, "2026-03-02 08:00");
  auto until = [&](std::string_view words) {
    auto at = campaign_deadline(normalise(words), zone, now);
    return at ? zone.iso_day(zone.day(*at)) + " " + zone.clock_text(*at) : std::string();
  };
  EXPECT_EQ(until("到3月5日"), "2026-03-05 18:00");
  EXPECT_EQ(until("到1月5日"), "2027-01-05 18:00");
  EXPECT_EQ(until("3天内"), "2026-03-05 18:00");
  EXPECT_EQ(until("到2月30日"), "");
  EXPECT_EQ(until("到13月1日"), "");
  EXPECT_EQ(until("尽快"), "");
}

class CampaignRulesTest : public ::testing::Test {
 protected:
  Result<CampaignRules> with(const std::string& kind) {
    auto folder = std::filesystem::path(::testing::TempDir()) / "linli-campaigns";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "campaigns");
    std::ofstream(folder / "campaign.toml") << "roll_up_at = \"18:00\"\n";
    std::ofstream(folder / "campaigns/one.toml") << kind;
    return CampaignRules::read(folder / "campaign.toml");
  }
};

TEST_F(CampaignRulesTest, TheShippedOnesAreRead) {
  auto rules = CampaignRules::read(std::filesystem::path(LINLI_SOURCE_DIR) / "config/campaign.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  for (const char* id : {"screening", "leaflets", "visits", "vaccination"}) EXPECT_TRUE(rules->of(id)) << id;
  EXPECT_EQ(rules->named("排查 3号楼 501完成")->id, "screening");
  EXPECT_EQ(rules->named("逐户发放")->id, "leaflets");
  EXPECT_FALSE(rules->named("你好"));
  EXPECT_EQ(rules->audience_named("独居")->id, "alone");
}

TEST_F(CampaignRulesTest, MistakesNameFileAndKey) {
  auto says = [&](const std::string& kind, const char* what) {
    auto rules = with(kind);
    ASSERT_FALSE(rules);
    EXPECT_NE(rules.error().text.find(what), std::string::npos) << rules.error().text;
  };
  const std::string head = "name = \"查\"\nwords = [\"查\"]\n";
  says("words = [\"查\"]\n", "name");
  says(head + "levels = [\"panic\"]\n", "levels");
  says(head + "ask_residents = true\n", "ask_residents");
  says(head + "surplus = 1\n", "surplus");
  says(head + "[[question]]\nid = \"q\"\nask = \"?\"\nkind = \"choice\"\nchoices = [\"a\"]\nvalid = \"1d\"\n",
       "choices");
  says(head + "[[question]]\nid = \"q\"\nask = \"?\"\nkind = \"number\"\n", "valid");
  says(head +
           "[[question]]\nid = \"q\"\nask = \"?\"\nkind = \"words\"\nvalid = \"1d\"\nreport_when = [\"x\"]\n",
       "report_when");
}

TEST_F(CampaignRulesTest, AnswersAreReadStrictly) {
  CampaignQuestion number;
  number.id = "people";
  number.kind = CampaignQuestion::Kind::number;
  number.unit = "口人";
  number.least = 1;
  number.most = 20;
  EXPECT_EQ(read_campaign_answer(number, "3"), "3");
  EXPECT_EQ(read_campaign_answer(number, "三口人"), "3");
  EXPECT_FALSE(read_campaign_answer(number, "0"));
  EXPECT_FALSE(read_campaign_answer(number, "3或4"));
  EXPECT_FALSE(read_campaign_answer(number, "不知道"));
  CampaignQuestion choice;
  choice.id = "returned";
  choice.choices = {"没有外地回来的", "有外地回来的"};
  EXPECT_EQ(read_campaign_answer(choice, "2"), "有外地回来的");
  EXPECT_EQ(read_campaign_answer(choice, "没有外地回来的"), "没有外地回来的");
  EXPECT_FALSE(read_campaign_answer(choice, "3"));
  CampaignKind kind;
  kind.questions = {number, choice};
  auto line = answers_in_line(kind, "完成 3口人 没有外地回来的");
  EXPECT_EQ(line.at("people"), "3");
  EXPECT_EQ(line.at("returned"), "没有外地回来的");
  EXPECT_TRUE(answers_in_line(kind, "完成").empty());
}

}  // namespace
}  // namespace linli::community
