// Totals are exact at every level whatever happens to households and to the register: each act is followed by
// a recount from the raw rows.
#include "bot/store/campaign_ledger.hpp"

#include <random>

#include "bot/store/area_ledger.hpp"
#include "bot/store/household_answers.hpp"
#include "bot/store/household_register.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/path_range.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using enum CampaignState;

class CampaignLedgerTest : public StoreTest {
 protected:
  AreaId area(const char* code, AreaKind kind, AreaId parent) {
    return areas.add(code, kind, code, parent, false, {}, {});
  }
  Campaign opened(AreaId where, std::string audience = {}) {
    Campaign campaign{.kind = "screening",
                      .area = where,
                      .audience = std::move(audience),
                      .opened_at = at(1000),
                      .deadline = at(9000),
                      .opened_by = officer};
    campaigns.open(campaign);
    return campaign;
  }
  void set(const Campaign& campaign, AreaId household, CampaignState state, const char* via = "staff") {
    campaigns.set(campaign.id, {household, state, at(2000), {}, officer, via, "note"});
  }
  /// By counting every row of an area; `closed` campaigns are not compared with today's tree.
  CampaignTotals counted(const Campaign& campaign, AreaId where) {
    CampaignTotals totals;
    std::string path = areas.find(where)->path;
    for (const auto& household : areas.below({}, AreaKind::household)) {
      if (!household.path.starts_with(path) || !campaigns.includes(campaign, household.id)) continue;
      ++totals.base;
      auto entry = campaigns.of(campaign.id, household.id);
      ++totals.by_state[static_cast<std::size_t>(entry ? entry->state : not_yet)];
    }
    totals.found_ever = campaigns.totals(campaign, where).found_ever;
    return totals;
  }
  void exact(const Campaign& campaign) {
    for (AreaId where : {district, one, two, a, b, c}) {
      auto kept = campaigns.totals(campaign, where);
      EXPECT_EQ(kept, counted(campaign, where)) << where.value;
      std::int64_t sum = 0;
      for (auto in_state : kept.by_state) sum += in_state;
      EXPECT_EQ(sum, kept.base);
    }
    auto children = campaigns.totals(campaign, one) + campaigns.totals(campaign, two);
    EXPECT_EQ(campaigns.totals(campaign, district), children);
  }

  AreaLedger areas{*db};
  PersonLedger people{*db, cipher};
  MemberLedger members{*db, cipher};
  CampaignLedger campaigns{*db, cipher};
  HouseholdAnswers answers{*db, cipher};
  HouseholdRegister households{*db, cipher, areas, people, members};
  AreaId district = area("d", AreaKind::district, {});
  AreaId one = area("c1", AreaKind::community, district), two = area("c2", AreaKind::community, district);
  AreaId a = area("a", AreaKind::building, one), b = area("b", AreaKind::building, one),
         c = area("c", AreaKind::building, two);
  AreaId a1 = area("a1", AreaKind::household, a), a2 = area("a2", AreaKind::household, a),
         b1 = area("b1", AreaKind::household, b), c1 = area("c1-1", AreaKind::household, c);
  PersonId officer = people.create("officer", "值班", "", at(1));
};

TEST_F(CampaignLedgerTest, NotYetIsWhatTheBaseLeaves) {
  auto campaign = opened(district);
  EXPECT_EQ(campaign.opening_base, 4);
  EXPECT_EQ(campaigns.totals(campaign, district).of(not_yet), 4);
  EXPECT_EQ(number("select count(*) from campaign_household"), 0);
  EXPECT_EQ(number("select count(*) from campaign_count"), 0);
  set(campaign, a1, done);
  set(campaign, a2, refused);
  set(campaign, c1, empty);
  EXPECT_EQ(campaigns.totals(campaign, one).of(not_yet), 1);
  EXPECT_EQ(campaigns.totals(campaign, one).owed(), 1);
  exact(campaign);
  set(campaign, a1, not_yet);  // an objection
  EXPECT_EQ(campaigns.totals(campaign, a).of(not_yet), 1);
  exact(campaign);
}

TEST_F(CampaignLedgerTest, EveryChangeIsKeptWithWhoSaidAndWhoTypedIt) {
  auto campaign = opened(district);
  PersonId resident = people.create("r", "住户", "", at(1));
  set(campaign, a1, unreachable);
  campaigns.set(campaign.id, {a1, done, at(3000), resident, resident, "self", ""});
  auto history = campaigns.history(campaign.id, a1);
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].state, unreachable);
  EXPECT_EQ(history[0].typed_by, officer);
  EXPECT_EQ(history[0].note, "note");
  EXPECT_FALSE(history[0].said_by);
  EXPECT_EQ(history[1].said_by, resident);
  EXPECT_EQ(campaigns.of(campaign.id, a1)->via, "self");
  EXPECT_EQ(text("select note_sealed from campaign_event limit 1").find("note"), std::string::npos);
}

TEST_F(CampaignLedgerTest, TheBaseFollowsTheRegister) {
  auto campaign = opened(district);
  set(campaign, a1, done);
  AreaId late = area("a3", AreaKind::household, a);  // imported meanwhile
  EXPECT_EQ(campaigns.totals(campaign, one).base, 4);
  exact(campaign);
  campaigns.found(campaign, {late, found, at(2000), {}, officer, "found", ""});
  EXPECT_EQ(campaigns.totals(campaign, district).found_ever, 1);
  exact(campaign);
  set(campaign, late, done);
  EXPECT_EQ(campaigns.totals(campaign, district).found_ever, 1);
  EXPECT_EQ(campaigns.totals(campaign, district).of(found), 0);
  auto moved_building = *areas.find(a);  // a building is assigned to the other community
  moved_building.parent = two;
  areas.change(moved_building);
  EXPECT_EQ(campaigns.totals(campaign, one).base, 1);
  EXPECT_EQ(campaigns.totals(campaign, two).of(done), 2);
  EXPECT_EQ(campaigns.totals(campaign, two).found_ever, 1);
  exact(campaign);
}

TEST_F(CampaignLedgerTest, MergingTakesAHouseholdOffTheRegisterAndIsUndone) {
  auto campaign = opened(district);
  set(campaign, a2, done);
  PersonId resident = people.create("r", "张三", "13800000000", at(1));
  people.set_home(resident, a2);
  std::int64_t member = members.add({.household = a2, .person = resident, .name = "张三"});
  auto before = campaigns.totals(campaign, district);
  auto merge = households.merge(a1, a2, officer, at(2000));
  EXPECT_EQ(campaigns.totals(campaign, district).base, 3);
  EXPECT_EQ(campaigns.totals(campaign, district).of(done), 0);
  EXPECT_EQ(people.find(resident)->home, a1);
  EXPECT_EQ(members.find(member)->household, a1);
  EXPECT_EQ(areas.below(a, AreaKind::household).size(), 1u);
  EXPECT_FALSE(campaigns.includes(campaign, a2));
  exact(campaign);
  households.undo(*households.find_merge(merge.id), officer, at(3000));
  EXPECT_EQ(campaigns.totals(campaign, district), before);
  EXPECT_EQ(people.find(resident)->home, a2);
  EXPECT_EQ(members.find(member)->household, a2);
  EXPECT_TRUE(households.find_merge(merge.id)->undone_at.has_value());
  exact(campaign);
}

TEST_F(CampaignLedgerTest, WhatChangedAfterAMergeIsLeftAsItIsByItsUndoing) {
  PersonId resident = people.create("r", "张三", "", at(1));
  people.set_home(resident, a2);
  auto merge = households.merge(a1, a2, officer, at(2000));
  people.set_home(resident, b1);  // moved for good
  households.undo(merge, officer, at(3000));
  EXPECT_EQ(people.find(resident)->home, b1);
}

TEST_F(CampaignLedgerTest, ClosedItStaysAsItWas) {
  auto campaign = opened(district);
  set(campaign, a1, done);
  campaigns.close(campaign.id, officer, at(4000));
  auto closed = *campaigns.find(campaign.id);
  auto then = campaigns.totals(closed, district);
  EXPECT_EQ(then.base, 4);
  area("a9", AreaKind::household, a);
  households.merge(a2, a1, officer, at(5000));
  EXPECT_EQ(campaigns.totals(closed, district), then);
  EXPECT_EQ(campaigns.totals(closed, one).base, 3);
  EXPECT_TRUE(campaigns.running().empty());
}

TEST_F(CampaignLedgerTest, AKindOfHouseholdsHasABaseOfItsOwn) {
  members.add({.household = a1, .name = "独居老人", .lives_alone = true});
  members.add({.household = c1, .name = "年轻人", .birth_year = 1999});
  auto campaign = opened(district, "alone");
  EXPECT_EQ(campaigns.totals(campaign, district).base, 0);
  for (const auto& row : campaigns.next_of_kind(campaign, "lives_alone", 0, 100)) {
    if (row.fresh) campaigns.include(campaign, row.household);
  }
  EXPECT_EQ(campaigns.totals(campaign, district).base, 1);
  EXPECT_TRUE(campaigns.includes(campaign, a1));
  EXPECT_FALSE(campaigns.includes(campaign, a2));
  set(campaign, a1, done);
  exact(campaign);
  households.merge(a2, a1, officer, at(2000));
  EXPECT_EQ(campaigns.totals(campaign, district).base, 0);
  exact(campaign);
}

TEST_F(CampaignLedgerTest, OfAnAreaAboveItIsItsOwnTotalAndElsewhereNought) {
  auto campaign = opened(one);
  set(campaign, a1, done);
  EXPECT_EQ(campaigns.totals(campaign, district), campaigns.totals(campaign, one));
  EXPECT_EQ(campaigns.totals(campaign, two), CampaignTotals{});
  EXPECT_EQ(campaigns.totals(campaign, a1).of(done), 1);
  EXPECT_FALSE(campaigns.includes(campaign, c1));
}

TEST_F(CampaignLedgerTest, IsFoundByPlaceAndByTime) {
  auto campaign = opened(one);
  EXPECT_EQ(campaigns.running_at(a1, "screening")->id, campaign.id);
  EXPECT_FALSE(campaigns.running_at(a1, "leaflets"));
  EXPECT_FALSE(campaigns.running_at(c, "screening"));
  EXPECT_EQ(campaigns.around(district).size(), 1u);
  EXPECT_EQ(campaigns.around(a).size(), 1u);
  EXPECT_TRUE(campaigns.around(two).empty());
  EXPECT_EQ(campaigns.campaigns_between(at(0), at(1001)).size(), 1u);
  EXPECT_TRUE(campaigns.campaigns_between(at(0), at(1000)).empty());
  campaigns.close(campaign.id, officer, at(5000));
  EXPECT_EQ(campaigns.campaigns_between(at(5000), at(6000)).size(), 1u);
  EXPECT_TRUE(campaigns.campaigns_between(at(5001), at(6000)).empty());
}

TEST_F(CampaignLedgerTest, ADayIsRolledUpOnceAndFrozenWhenConfirmed) {
  auto campaign = opened(district);
  auto day = campaigns.roll_up(campaign, one, "2026-03-02", at(2000));
  ASSERT_TRUE(day);
  EXPECT_EQ(day->totals.base, 3);
  EXPECT_FALSE(campaigns.roll_up(campaign, one, "2026-03-02", at(2001)));
  set(campaign, a1, done);
  EXPECT_EQ(campaigns.recount_day(day->id, at(2500))->totals.of(done), 1);
  campaigns.confirm_day(day->id, officer, at(3000));
  set(campaign, a2, done);
  EXPECT_EQ(campaigns.recount_day(day->id, at(3500))->totals.of(done), 1);
  EXPECT_EQ(campaigns.days(campaign.id, "2026-03-02").front().confirmed_by, officer);
}

TEST_F(CampaignLedgerTest, WhoIsLeftAndWhoIsAskedNext) {
  auto campaign = opened(one);
  set(campaign, a1, done);
  set(campaign, a2, unreachable);
  auto left = campaigns.left(campaign, areas.find(one)->path, 10);
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0].household, a2);
  EXPECT_EQ(left[1].household, b1);
  campaigns.asked(campaign.id, b1, officer, at(2000));
  auto next = campaigns.next(campaign, 10);
  ASSERT_EQ(next.size(), 3u);
  for (const auto& row : next) EXPECT_FALSE(row.fresh);
  campaign.cursor = next[1].path;
  EXPECT_EQ(campaigns.next(campaign, 10).size(), 1u);
}

TEST_F(CampaignLedgerTest, LookAlikesByPhoneAnywhereAndByNameNearby) {
  members.add({.household = a1, .name = "张三"});
  members.add({.household = a2, .name = "王晓燕"});
  members.add({.household = c1, .name = "张三"});
  PersonId elsewhere = people.create("x", "李四", "13800000000", at(1));
  people.set_home(elsewhere, c1);
  auto path = areas.find(a)->path;
  auto same = households.look_alikes(path, "张三", "");
  ASSERT_EQ(same.size(), 1u);
  EXPECT_EQ(same[0].household, a1);
  EXPECT_EQ(same[0].by, LookAlike::By::same_name);
  auto similar = households.look_alikes(path, "王小燕", "");
  ASSERT_EQ(similar.size(), 1u);
  EXPECT_EQ(similar[0].by, LookAlike::By::similar_name);
  auto phone = households.look_alikes(path, "张三", "13800000000");
  ASSERT_EQ(phone.size(), 2u);
  EXPECT_EQ(phone[0].by, LookAlike::By::phone);
  EXPECT_TRUE(households.look_alikes(path, "赵六", "").empty());
}

TEST_F(CampaignLedgerTest, AnswersHoldAsLongAsTheyAreValid) {
  answers.add({a1, "people", "3", at(1000), officer, officer, 0});
  answers.add({a1, "people", "4", at(2000), {}, officer, 0});
  EXPECT_EQ(answers.newest(a1, "people", at(1500))->value, "4");
  EXPECT_FALSE(answers.newest(a1, "people", at(2001)));
  EXPECT_FALSE(answers.newest(a2, "people", at(0)));
  answers.add({a2, "fever", "有人不舒服", at(2000), officer, officer, 0});
  EXPECT_EQ(text("select value_sealed from household_answer order by id desc limit 1").find("不舒服"),
            std::string::npos);
  answers.erase_said_by(officer);
  EXPECT_FALSE(answers.newest(a2, "fever", at(0)));
  EXPECT_EQ(answers.newest(a1, "people", at(0))->value, "4");
}

/// Anything in any order, counted anew after each step.
TEST_F(CampaignLedgerTest, AThousandActsAndEveryTotalIsExact) {
  auto whole = opened(district);
  auto part = opened(one);
  std::mt19937 dice(7);
  auto pick = [&](const auto& from) { return from[dice() % from.size()]; };
  std::vector<AreaId> buildings{a, b, c}, doors{a1, a2, b1, c1}, communities{one, two};
  std::vector<HouseholdMerge> merges;
  for (int step = 0; step < 400; ++step) {
    AreaId door = pick(doors);
    switch (dice() % 8) {
      case 0:
        doors.push_back(area(("n" + std::to_string(step)).c_str(), AreaKind::household, pick(buildings)));
        if (campaigns.includes(whole, doors.back()) && dice() % 2)
          campaigns.found(whole, {doors.back(), found, at(step), {}, officer, "found", ""});
        break;
      case 1: {
        auto building = *areas.find(pick(buildings));
        building.parent = pick(communities);
        areas.change(building);
        break;
      }
      case 2: {
        AreaId other = pick(doors);
        if (other != door && areas.find(door)->parent && areas.find(other)->parent)
          merges.push_back(households.merge(other, door, officer, at(step)));
        break;
      }
      case 3:
        if (!merges.empty()) {
          households.undo(merges.back(), officer, at(step));
          merges.pop_back();
        }
        break;
      default:
        for (const auto& campaign : {whole, part}) {
          if (campaigns.includes(campaign, door)) set(campaign, door, static_cast<CampaignState>(dice() % 6));
        }
    }
    for (AreaId where : {district, one, two, a, b, c})
      ASSERT_EQ(campaigns.totals(whole, where), counted(whole, where)) << step;
    ASSERT_EQ(campaigns.totals(part, one), counted(part, one)) << step;
  }
  EXPECT_GT(doors.size(), 20u);
}

}  // namespace
}  // namespace linli::store
