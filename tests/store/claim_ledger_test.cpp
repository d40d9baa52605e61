#include "bot/store/claim_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

using community::read_story;

constexpr std::string_view water = "小区水箱投了药，今明两天的自来水不能喝";
constexpr std::string_view buses =
    "安和区防控指挥部决定从3月5日零点起全区公交停止运营，所有市民凭通行证出入小区，每户每两天可以派一人外出采"
    "购";

class ClaimLedgerTest : public StoreTest {
 protected:
  Claim add(std::string_view text, Verdict verdict = Verdict::none, AreaId scope = {}) {
    Claim claim;
    claim.text = text;
    claim.verdict = verdict;
    claim.created_at = at(100);
    claims.add(claim, scope);
    return claim;
  }
  PersonId person(std::string_view code) { return people.create(code, "", "", at(1)); }

  ClaimLedger claims{*db, cipher};
  PersonLedger people{*db, cipher};
};

}  // namespace

TEST_F(ClaimLedgerTest, KeepsAClaim) {
  Claim claim{.code = "C05",
              .text = std::string(water),
              .verdict = Verdict::not_true,
              .clarification = "没有投药。",
              .source = "供水站",
              .valid_until = at(500),
              .created_at = at(100),
              .decided_at = at(100)};
  claims.add(claim);
  auto found = claims.find_by_code("C05");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, claim.id);
  EXPECT_EQ(found->text, water);
  EXPECT_EQ(found->verdict, Verdict::not_true);
  EXPECT_EQ(found->clarification, "没有投药。");
  EXPECT_EQ(found->source, "供水站");
  EXPECT_TRUE(found->answered(at(499)));
  EXPECT_FALSE(found->answered(at(500)));
  EXPECT_FALSE(claims.find_by_code("C06"));
  Claim again{.code = "C05", .text = "别的"};
  EXPECT_THROW(claims.add(again), UniqueViolation);
}

TEST_F(ClaimLedgerTest, ReportedStoriesGetACodeOfTheirOwn) {
  EXPECT_EQ(add(water).code, "r1");
  EXPECT_EQ(add(buses).code, "r2");
}

TEST_F(ClaimLedgerTest, WordsAreSealed) {
  add(water);
  EXPECT_EQ(text("select text_sealed || text_sealed from claim").find("水箱"), std::string::npos);
  EXPECT_EQ(text("select text_sealed || hash from claim_variant").find("水箱"), std::string::npos);
}

TEST_F(ClaimLedgerTest, FindsTheSameAndTheNearlySameStory) {
  ClaimId id = add(buses).id;
  add(water);
  EXPECT_EQ(claims.match(read_story("听说" + std::string(buses) + "，真的吗"))->id, id);
  EXPECT_EQ(claims.match(read_story(std::string(buses) + "物资"))->id, id);
  std::string other(buses);
  other.replace(other.find("3月5日"), std::string("3月5日").size(), "3月6日");
  EXPECT_FALSE(claims.match(read_story(other)));
  EXPECT_FALSE(claims.match(read_story("")));
  EXPECT_FALSE(claims.same(read_story(std::string(buses) + "物资")));
}

TEST_F(ClaimLedgerTest, AStoryThatLeavesThePlaceOpenBelongsToItsPlace) {
  const std::string story = "3号楼有人发烧了";
  AreaId here{7}, there{8};
  ClaimId id = add(story, Verdict::none, here).id;
  EXPECT_EQ(claims.match(read_story(story), here)->id, id);
  EXPECT_FALSE(claims.match(read_story(story), there));
  EXPECT_FALSE(claims.match(read_story(story)));
  const std::string longer(buses);
  add(longer, Verdict::none, here);
  EXPECT_TRUE(claims.match(read_story(longer + "物资"), here));
  EXPECT_FALSE(claims.match(read_story(longer + "物资"), there));
}

TEST_F(ClaimLedgerTest, AWordingAndAPageBelongToOneClaim) {
  Claim first = add(water), second = add(buses);
  EXPECT_TRUE(claims.add_wording(first.id, "自来水投毒了不能喝"));
  EXPECT_FALSE(claims.add_wording(second.id, "自来水投毒了，不能喝！"));
  EXPECT_FALSE(claims.add_wording(second.id, "？？"));
  EXPECT_EQ(claims.same(read_story("自来水投毒了不能喝吗"))->id, first.id);
  EXPECT_TRUE(claims.add_url(second.id, "example.com/a"));
  EXPECT_FALSE(claims.add_url(first.id, "example.com/a"));
  EXPECT_FALSE(claims.add_url(first.id, ""));
  EXPECT_EQ(claims.match_url("example.com/a")->id, second.id);
  EXPECT_FALSE(claims.match_url(""));
}

TEST_F(ClaimLedgerTest, CountsAskersOnceAndKnowsWhatTheyHeard) {
  Claim claim = add(water);
  PersonId one = person("one"), two = person("two");
  EXPECT_TRUE(claims.report(claim.id, one, at(1)));
  EXPECT_FALSE(claims.report(claim.id, one, at(2)));
  EXPECT_TRUE(claims.report(claim.id, two, at(3)));
  EXPECT_EQ(claims.count(claim.id), 2);
  claims.set_told(claim.id, one, Verdict::not_true, at(4));
  auto askers = claims.askers(claim.id);
  ASSERT_EQ(askers.size(), 2U);
  EXPECT_EQ(askers[0].person, one);
  EXPECT_EQ(askers[0].told, Verdict::not_true);
  EXPECT_EQ(askers[1].told, Verdict::none);
}

TEST_F(ClaimLedgerTest, SavesTheDecision) {
  Claim claim = add(water);
  claim.verdict = Verdict::misleading;
  claim.clarification = "是例行清洗。";
  claim.source = "供水站";
  claim.decided_at = at(900);
  claims.save(claim);
  auto found = claims.find(claim.id);
  EXPECT_EQ(found->verdict, Verdict::misleading);
  EXPECT_EQ(found->clarification, "是例行清洗。");
  EXPECT_EQ(found->decided_at, at(900));
  EXPECT_FALSE(claims.find_by_task(TaskId{1}));
}

TEST_F(ClaimLedgerTest, ANearStoryIsFoundWithoutReadingEveryClaim) {
  db->begin();
  for (int i = 0; i < 300; ++i) {
    add("安和区防控指挥部通知第" + std::to_string(i) + "号：从3月" + std::to_string(1 + i % 28) +
        "日起全区公交停止运营，市民凭证出入小区");
  }
  db->commit();
  std::string plan;
  Statement explain(*db,
                    "explain query plan select variant from claim_piece where piece in (1, 2, 3) "
                    "and length between 10 and 20");
  explain.each<std::int64_t, std::int64_t, std::int64_t, std::string>(
      [&](std::int64_t, std::int64_t, std::int64_t, std::string line) { plan += line; });
  EXPECT_THAT(
      plan, ::testing::HasSubstr("SEARCH claim_piece USING PRIMARY KEY (piece=? AND length>? AND length<?)"));
}

TEST_F(ClaimLedgerTest, MergesWordingsAskersAndRetellings) {
  Claim kept = add(water), gone = add("自来水里有毒不能喝了");
  PersonId both = person("a"), one = person("b");
  claims.report(kept.id, both, at(10));
  claims.report(gone.id, both, at(11));
  claims.report(gone.id, one, at(12));
  claims.set_told(gone.id, both, Verdict::not_true, at(13));
  claims.set_told(gone.id, one, Verdict::not_true, at(13));
  claims.retold(gone.id, "听说水有毒", at(14));
  claims.merge(kept.id, gone.id);
  EXPECT_EQ(claims.same(read_story("自来水里有毒不能喝了"))->id, kept.id);
  EXPECT_EQ(claims.wordings(kept.id), (std::vector<std::string>{std::string(water), "自来水里有毒不能喝了"}));
  EXPECT_TRUE(claims.wordings(gone.id).empty());
  EXPECT_EQ(claims.count(kept.id), 2);
  EXPECT_EQ(claims.count(gone.id), 0);
  auto askers = claims.askers(kept.id);
  ASSERT_EQ(askers.size(), 2u);
  EXPECT_EQ(askers[0].told, Verdict::none);  // of the kept one; of the other they heard another story's
  EXPECT_EQ(askers[1].told, Verdict::not_true);
  EXPECT_EQ(claims.retellings(kept.id, 5).size(), 1u);
  EXPECT_EQ(claims.find_standing(gone.id)->id, kept.id);
  EXPECT_FALSE(claims.find(gone.id)->answered(at(20)));
  Claim third = add("全区停水");
  claims.merge(third.id, kept.id);  // the signpost of the first merge points on
  EXPECT_EQ(claims.find_standing(gone.id)->id, third.id);
}

TEST_F(ClaimLedgerTest, WhatWasTakenBackAnswersNobody) {
  Claim claim = add(water, Verdict::not_true);
  EXPECT_EQ(claims.newest_known(5).size(), 1u);
  claim.withdrawn_at = at(200);
  claims.save(claim);
  auto found = claims.find(claim.id);
  EXPECT_FALSE(found->answered(at(300)));
  EXPECT_FALSE(found->open());
  EXPECT_TRUE(claims.newest_known(5).empty());
  EXPECT_TRUE(claims.newest_open(5).empty());
}

TEST_F(ClaimLedgerTest, CountsRetellingsAndRecentAskers) {
  Claim claim = add(water);
  claims.retold(claim.id, "听说水有毒", at(1));
  claims.retold(claim.id, "水有毒，真的吗", at(2));
  claims.retold(claim.id, "水箱里有农药", at(3));
  claims.retold(claim.id, "？？", at(4));
  auto found = claims.retellings(claim.id, 5);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].text, "听说水有毒");
  EXPECT_EQ(found[0].times, 2);
  claims.drop_retelling(found[0].id);
  EXPECT_EQ(claims.retellings(claim.id, 5).size(), 1u);
  claims.report(claim.id, person("a"), at(10));
  claims.report(claim.id, person("b"), at(20));
  EXPECT_EQ(claims.count_since(claim.id, at(15)), 1);
}

TEST_F(ClaimLedgerTest, WordsOfPeopleLieSealed) {
  Claim claim = add("3号楼501王秀兰家有人发烧");
  claims.add_wording(claim.id, "王秀兰一家都发烧了");
  claims.retold(claim.id, "老王秀兰家发烧", at(1));
  for (const char* column : {"select group_concat(text_sealed) from claim",
                             "select group_concat(text_sealed || words_sealed || hash) from claim_variant",
                             "select group_concat(text_sealed || hash) from claim_telling"})
    EXPECT_EQ(text(column).find("王秀兰"), std::string::npos) << column;
}

}  // namespace linli::store
