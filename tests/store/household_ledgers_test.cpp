// Consents, codes, members and check-ins: what residents tell, and what proves it.
#include "bot/store/area_ledger.hpp"
#include "bot/store/checkin_ledger.hpp"
#include "bot/store/code_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

class HouseholdLedgersTest : public StoreTest {
 protected:
  HouseholdLedgersTest() {
    AreaId district = areas.add("ah", AreaKind::district, "安和区", {}, false, {}, {});
    building = areas.add("b3", AreaKind::building, "3号楼", district, false, {}, {});
    flat = areas.add("b3-501", AreaKind::household, "501", building, false, {}, {});
    other_flat = areas.add("b3-502", AreaKind::household, "502", building, false, {}, {});
    elsewhere = areas.add("b4", AreaKind::building, "4号楼", district, false, {}, {});
    areas.add("b4-101", AreaKind::household, "101", elsewhere, false, {}, {});
    amy = people.create("", "甲", "", at(1));
    bob = people.create("", "乙", "", at(1));
  }

  void consent(PersonId who) {
    consents.grant(
        who, {std::string(ConsentLedger::health), std::string(ConsentLedger::health_version), {}, at(5), {}});
  }
  Checkin fine(std::string day = "2026-03-02") {
    return {
        .household = flat, .day = std::move(day), .person = amy, .at = at(10), .state = HouseholdState::fine};
  }
  std::vector<AreaId> unheard(AreaId area, std::string_view day) {
    std::vector<AreaId> found;
    for (auto& row : checkins.unheard_below(areas.find(area)->path, day)) found.push_back(row.household);
    return found;
  }

  AreaLedger areas{*db};
  PersonLedger people{*db, cipher};
  ConsentLedger consents{*db};
  CodeLedger codes{*db, cipher};
  MemberLedger members{*db, cipher};
  CheckinLedger checkins{*db, cipher};
  AreaId building, flat, other_flat, elsewhere;
  PersonId amy, bob;
};

TEST_F(HouseholdLedgersTest, WithoutConsentNothingIsStored) {
  EXPECT_FALSE(checkins.report(fine()));
  EXPECT_EQ(number("select count(*) from checkin"), 0);
  consent(bob);
  EXPECT_FALSE(checkins.report(fine())) << "somebody else's consent";
  consent(amy);
  EXPECT_TRUE(checkins.report(fine()));
  consents.withdraw(amy, ConsentLedger::health, {}, at(20));
  EXPECT_FALSE(checkins.report(fine("2026-03-03")));
}

TEST_F(HouseholdLedgersTest, AConsentEndsAndAnOlderVersionDoesNotCount) {
  consents.grant(amy, {"health", "0", {}, at(5), {}});
  EXPECT_FALSE(checkins.report(fine()));
  consents.grant(amy, {"health", "1", {}, at(5), at(9)});
  EXPECT_FALSE(checkins.report(fine())) << "expired at 9, it is 10";
  EXPECT_FALSE(consents.holds(amy, "health", "1", at(9)));
  EXPECT_TRUE(consents.holds(amy, "health", "1", at(8)));
}

TEST_F(HouseholdLedgersTest, ASecondCheckinOfTheDayCorrectsTheFirst) {
  consent(amy);
  auto first = checkins.report(fine());
  EXPECT_EQ(first->corrections, 0);
  Checkin sick = fine();
  sick.state = HouseholdState::symptom;
  sick.temperature = 378;
  sick.details = "母亲咳嗽";
  auto second = checkins.report(sick);
  EXPECT_EQ(second->corrections, 1);
  EXPECT_EQ(second->id, first->id);
  auto kept = checkins.find(first->id);
  EXPECT_EQ(kept->state, HouseholdState::symptom);
  EXPECT_EQ(kept->temperature, 378);
  EXPECT_EQ(kept->details, "母亲咳嗽");
  EXPECT_EQ(checkins.report(fine("2026-03-03"))->corrections, 0);
  EXPECT_EQ(text("select details_sealed from checkin where day = '2026-03-02'").find("咳"),
            std::string::npos);
}

TEST_F(HouseholdLedgersTest, WhatWasEnteredNeverReplacesAHouseholdsOwnWord) {
  consent(amy);
  Checkin proxy{.household = other_flat,
                .day = "2026-03-02",
                .person = bob,
                .at = at(10),
                .state = HouseholdState::unreachable,
                .via = "proxy",
                .entered_by = bob};
  auto entered = checkins.enter(proxy);
  ASSERT_TRUE(entered);
  proxy.state = HouseholdState::empty;
  EXPECT_EQ(checkins.enter(proxy), entered) << "the second call replaces the first";
  EXPECT_EQ(checkins.find(*entered)->state, HouseholdState::empty);

  ASSERT_TRUE(checkins.report(fine()));
  proxy.household = flat;
  EXPECT_FALSE(checkins.enter(proxy));
  EXPECT_EQ(number("select count(*) from checkin where state = 'fine'"), 1);
}

TEST_F(HouseholdLedgersTest, UnheardAreThoseWithoutAnEntryOrWithAnObjection) {
  consent(amy);
  EXPECT_EQ(unheard(building, "2026-03-02"), (std::vector{flat, other_flat}));
  checkins.report(fine());
  EXPECT_EQ(unheard(building, "2026-03-02"), std::vector{other_flat});
  Checkin proxy{.household = other_flat,
                .day = "2026-03-02",
                .person = bob,
                .at = at(10),
                .state = HouseholdState::empty,
                .via = "proxy",
                .entered_by = bob};
  auto entered = checkins.enter(proxy);
  EXPECT_TRUE(unheard(building, "2026-03-02").empty());
  EXPECT_EQ(unheard(building, "2026-03-03"), std::vector{flat}) << "an empty flat is not asked about again";
  checkins.object(*entered, at(11));
  EXPECT_EQ(unheard(building, "2026-03-02"), std::vector{other_flat});
  EXPECT_EQ(unheard(building, "2026-03-03"), (std::vector{flat, other_flat}));
  EXPECT_EQ(unheard(elsewhere, "2026-03-02").size(), 1u);
}

TEST_F(HouseholdLedgersTest, WithdrawingErasesWhatWasToldAndKeepsThatItWas) {
  consent(amy);
  Checkin sick = fine();
  sick.temperature = 380;
  sick.details = "头疼";
  auto id = checkins.report(sick)->id;
  checkins.erase_told_by(amy);
  EXPECT_EQ(checkins.find(id)->details, "");
  EXPECT_FALSE(checkins.find(id)->temperature);
  EXPECT_TRUE(unheard(flat, "2026-03-02").empty());
}

TEST_F(HouseholdLedgersTest, ABindingCodeWorksOnceAndForADay) {
  std::string code = codes.create_bind(bob, "volunteer", building, amy, at(100));
  ASSERT_EQ(code.size(), 8u);
  EXPECT_EQ(number("select count(*) from code where hash = '" + code + "'"), 0);
  auto found = codes.find(code, at(101));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person, bob);
  EXPECT_EQ(found->role, "volunteer");
  EXPECT_EQ(found->created_by, amy);
  EXPECT_TRUE(codes.use(*found, bob, at(102)));
  EXPECT_FALSE(codes.use(*found, bob, at(102)));
  EXPECT_FALSE(codes.find(code, at(103)));
  std::string late = codes.create_bind(bob, "", {}, {}, at(200));
  EXPECT_TRUE(codes.find(late, at(200) + CodeLedger::bind_lifetime - Seconds{1}));
  EXPECT_FALSE(codes.find(late, at(200) + CodeLedger::bind_lifetime));
}

TEST_F(HouseholdLedgersTest, ANewCodeEndsTheOneBefore) {
  std::string first = codes.create_bind(bob, "", {}, {}, at(100));
  std::string second = codes.create_bind(bob, "", {}, {}, at(100));
  EXPECT_NE(first, second);
  EXPECT_FALSE(codes.find(first, at(101)));
  EXPECT_TRUE(codes.find(second, at(101)));
}

TEST_F(HouseholdLedgersTest, AHouseholdsCodeServesTheWholeFamily) {
  std::string code = codes.create_household(flat, {}, at(100));
  auto found = codes.find(code, at(101));
  ASSERT_TRUE(found);
  EXPECT_TRUE(codes.use(*found, amy, at(101)));
  EXPECT_TRUE(codes.use(*codes.find(code, at(102)), bob, at(102)));
  codes.create_household(flat, {}, at(103));
  EXPECT_FALSE(codes.find(code, at(104)));
}

TEST_F(HouseholdLedgersTest, WrongTriesAreCountedForADay) {
  for (int i = 0; i < 3; ++i) codes.record_wrong_try(amy, at(1000 + i));
  EXPECT_EQ(codes.wrong_tries(amy, at(1010)), 3);
  EXPECT_EQ(codes.wrong_tries(bob, at(1010)), 0);
  EXPECT_EQ(codes.wrong_tries(amy, at(1001 + 24 * 3600)), 1);
}

TEST_F(HouseholdLedgersTest, AClaimAndThePeopleOnTheSamePhoneAreDecidedTogether) {
  Member claim{.household = flat, .person = amy, .name = "甲", .state = "claimed", .claimed_at = at(50)};
  claim.id = members.add(claim);
  members.add({.household = flat, .name = "甲的妈", .state = "claimed", .claimed_at = at(50)});
  members.add({.household = flat, .name = "别人", .state = "claimed", .claimed_at = at(51)});
  EXPECT_EQ(members.claimed_home(amy), flat);
  EXPECT_EQ(members.waiting_below(areas.find(building)->path).size(), 1u);
  EXPECT_TRUE(members.waiting_below(areas.find(elsewhere)->path).empty());
  members.decide_with_family(claim, "rejected", bob, at(60));
  auto rows = members.of_household(flat);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].state, "rejected");
  EXPECT_EQ(rows[1].state, "rejected");
  EXPECT_EQ(rows[1].name, "甲的妈");
  EXPECT_EQ(rows[2].state, "claimed");
  EXPECT_EQ(members.claimed_home(amy), AreaId{});
}

TEST_F(HouseholdLedgersTest, HelpForAHouseholdIsGivenAndTakenBackForThatHouseholdOnly) {
  consents.grant(bob, {std::string(ConsentLedger::help_household), "1", flat, at(10), at(1000)});
  consents.grant(bob, {std::string(ConsentLedger::help_household), "1", other_flat, at(10), at(1000)});
  EXPECT_EQ(consents.of(bob, at(20)).size(), 2u);
  EXPECT_EQ(consents.withdraw(bob, ConsentLedger::help_household, flat, at(30)), 1);
  auto left = consents.of(bob, at(31));
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].about, other_flat);
  EXPECT_TRUE(consents.of(bob, at(1000)).empty());
}

}  // namespace

}  // namespace linli::store
