#include "bot/store/appointment_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/absence_ledger.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using enum community::Role;
using community::AreaKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AppointmentLedgerTest : public StoreTest {
 protected:
  AreaId area(const char* code, AreaKind kind, AreaId parent) {
    return areas.add(code, kind, code, parent, false, {}, {});
  }
  PersonId person(const char* name) { return people.create(name, name, "", at(1)); }
  std::vector<std::string> who(const std::vector<Appointment>& found) {
    std::vector<std::string> names;
    for (const Appointment& one : found) names.push_back(people.find(one.person)->name);
    return names;
  }
  std::vector<std::string> holders(Role role, AreaId where, std::optional<AreaKind> scope = {},
                                   std::int64_t now = 100) {
    return who(appointments.holders({role, scope}, where, at(now)));
  }

  void away(PersonId who, std::int64_t from = 0, std::optional<Time> until = {}) {
    absences.add({.person = who, .from = at(from), .until = until, .why = "leave"}, who, at(from));
  }

  PersonLedger people{*db, cipher};
  AbsenceLedger absences{*db};
  AreaLedger areas{*db};
  AppointmentLedger appointments{*db, areas};
  AreaId district = area("d", AreaKind::district, {});
  AreaId street = area("s", AreaKind::street, district);
  AreaId community = area("c", AreaKind::community, street);
  AreaId compound = area("hp", AreaKind::compound, community);
  AreaId building = area("b", AreaKind::building, compound);
  PersonId a = person("a"), b = person("b"), c = person("c"), d = person("d");
};

TEST_F(AppointmentLedgerTest, TheNearestLevelThatSomebodyHolds) {
  EXPECT_THAT(holders(grid_leader, building), IsEmpty());
  appointments.add(c, grid_leader, community, at(0), {}, {});
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("c"));
  appointments.add(a, grid_leader, compound, at(0), {}, {});
  appointments.add(b, grid_leader, compound, at(0), {}, {});
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("a", "b"));
  EXPECT_THAT(holders(grid_leader, compound), ElementsAre("a", "b"));
  EXPECT_THAT(holders(grid_leader, community), ElementsAre("c"));
  EXPECT_THAT(holders(grid_leader, district), IsEmpty());
  EXPECT_THAT(holders(volunteer, building), IsEmpty());
}

TEST_F(AppointmentLedgerTest, ScopeAsksForOneKindOfArea) {
  appointments.add(a, on_call, community, at(0), {}, {});
  appointments.add(b, on_call, street, at(0), {}, {});
  EXPECT_THAT(holders(on_call, building), ElementsAre("a"));
  EXPECT_THAT(holders(on_call, building, AreaKind::street), ElementsAre("b"));
  EXPECT_THAT(holders(on_call, building, AreaKind::district), IsEmpty());
}

TEST_F(AppointmentLedgerTest, FromTheFirstSecondToTheLast) {
  AppointmentId id = appointments.add(a, grid_leader, compound, at(10), at(20), {});
  EXPECT_THAT(holders(grid_leader, building, {}, 9), IsEmpty());
  EXPECT_THAT(holders(grid_leader, building, {}, 10), ElementsAre("a"));
  EXPECT_THAT(holders(grid_leader, building, {}, 19), ElementsAre("a"));
  EXPECT_THAT(holders(grid_leader, building, {}, 20), IsEmpty());
  appointments.end(id, at(15));
  EXPECT_THAT(holders(grid_leader, building, {}, 15), IsEmpty());
}

TEST_F(AppointmentLedgerTest, TheSubstituteStandsInUntilSomebodyIsAppointed) {
  appointments.add(c, grid_leader, community, at(0), {}, {});
  appointments.add(a, grid_leader, compound, at(0), at(50), b);
  EXPECT_THAT(holders(grid_leader, building, {}, 49), ElementsAre("a"));
  EXPECT_FALSE(appointments.holds(b, grid_leader, at(49)));
  EXPECT_THAT(holders(grid_leader, building, {}, 50), ElementsAre("b"));
  EXPECT_TRUE(appointments.holds(b, grid_leader, at(50)));
  EXPECT_TRUE(appointments.responsible(b, grid_leader, building, at(50)));
  EXPECT_FALSE(appointments.holds(a, grid_leader, at(50)));
  appointments.add(c, grid_leader, compound, at(60), {}, {});
  EXPECT_THAT(holders(grid_leader, building, {}, 60), ElementsAre("c"));
  EXPECT_FALSE(appointments.holds(b, grid_leader, at(60)));
}

TEST_F(AppointmentLedgerTest, WhatAPersonHolds) {
  appointments.add(a, grid_leader, compound, at(0), {}, {});
  appointments.add(a, volunteer, community, at(0), at(50), {});
  auto held = appointments.of_person(a, at(10));
  ASSERT_EQ(held.size(), 2u);
  EXPECT_EQ(held[0].role, grid_leader);
  EXPECT_EQ(held[1].area, community);
  EXPECT_EQ(appointments.of_person(a, at(50)).size(), 1u);
  EXPECT_THAT(appointments.of_person(b, at(10)), IsEmpty());
  EXPECT_TRUE(appointments.holds(a, volunteer, at(10)));
  EXPECT_FALSE(appointments.holds(a, on_call, at(10)));
}

TEST_F(AppointmentLedgerTest, ResponsibleBelowItsAreaOnly) {
  appointments.add(a, grid_leader, compound, at(0), {}, {});
  EXPECT_TRUE(appointments.responsible(a, grid_leader, building, at(10)));
  EXPECT_TRUE(appointments.responsible(a, grid_leader, compound, at(10)));
  EXPECT_FALSE(appointments.responsible(a, grid_leader, community, at(10)));
  EXPECT_FALSE(appointments.responsible(a, grid_leader, area("hp2", AreaKind::compound, community), at(10)));
  EXPECT_FALSE(appointments.responsible(a, on_call, building, at(10)));
}

TEST_F(AppointmentLedgerTest, AllOfARole) {
  appointments.add(a, volunteer, compound, at(0), {}, {});
  appointments.add(b, volunteer, community, at(0), {}, {});
  appointments.add(c, volunteer, compound, at(0), at(5), {});
  EXPECT_THAT(who(appointments.all(volunteer, at(10))), ElementsAre("b", "a"));
}

TEST_F(AppointmentLedgerTest, WhoeverIsAwayIsStoodInForAndComesBack) {
  appointments.add(a, grid_leader, compound, at(0), {}, b);
  away(a, 10, at(20));
  EXPECT_THAT(holders(grid_leader, building, {}, 9), ElementsAre("a"));
  EXPECT_THAT(holders(grid_leader, building, {}, 10), ElementsAre("b"));
  EXPECT_TRUE(appointments.responsible(b, grid_leader, building, at(10)));
  EXPECT_THAT(holders(grid_leader, building, {}, 20), ElementsAre("a"));
  EXPECT_FALSE(appointments.holds(b, grid_leader, at(20)));
  EXPECT_TRUE(appointments.holds(a, grid_leader, at(10)));  // rights stay
  EXPECT_FALSE(appointments.serves(a, at(10)));
  EXPECT_TRUE(appointments.serves(b, at(10)));
  EXPECT_TRUE(appointments.serves(a, at(20)));
}

TEST_F(AppointmentLedgerTest, AnAbsentSubstitutesOwnSubstituteIsFound) {
  appointments.add(a, grid_leader, compound, at(0), {}, b);
  appointments.add(b, grid_leader, community, at(0), {}, c);
  appointments.add(b, volunteer, compound, at(0), {}, d);
  away(a);
  away(b);
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("c"));  // of the same role, not the volunteers' d
  EXPECT_TRUE(appointments.holds(c, grid_leader, at(100)));
  EXPECT_THAT(holders(grid_leader, community), ElementsAre("c"));
  EXPECT_EQ(appointments.of_person(c, at(100)).size(), 2u);
  EXPECT_THAT(appointments.of_person(d, at(100)).front().role, volunteer);
  away(c);
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("d"));  // the next in the chain, of whatever role
  EXPECT_THAT(who(appointments.all(grid_leader, at(100))), ElementsAre("d"));  // nobody named one for c
}

TEST_F(AppointmentLedgerTest, TheChainOfAnEndedAppointmentIsFollowedToo) {
  appointments.add(a, grid_leader, compound, at(0), at(50), b);
  appointments.add(b, grid_leader, community, at(0), {}, c);
  away(b);
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("c"));
}

TEST_F(AppointmentLedgerTest, CirclesEndAndTheNextAreaAboveAnswers) {
  appointments.add(c, grid_leader, community, at(0), {}, {});
  appointments.add(a, grid_leader, compound, at(0), {}, b);
  appointments.add(b, grid_leader, area("hp2", AreaKind::compound, community), at(0), {}, a);
  away(a);
  away(b);
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("c"));
  EXPECT_THAT(appointments.of_person(d, at(100)), IsEmpty());
  away(c);
  EXPECT_THAT(holders(grid_leader, building), IsEmpty());
}

TEST_F(AppointmentLedgerTest, OneOfTwoHoldersIsAway) {
  appointments.add(a, grid_leader, compound, at(0), {}, b);
  appointments.add(b, grid_leader, compound, at(0), {}, {});
  away(a);
  EXPECT_THAT(holders(grid_leader, building), ElementsAre("b"));  // stands in, and is one already
  EXPECT_EQ(appointments.of_person(b, at(100)).size(), 1u);
}

TEST_F(AppointmentLedgerTest, AnAbsenceEndsAndWhatWasToComeIsStruckOff) {
  away(a, 10);
  away(a, 500, at(600));
  absences.add({.person = a, .from = at(5), .why = "gone"}, {}, at(5));
  EXPECT_EQ(absences.next(a, at(100))->from, at(5));
  EXPECT_EQ(absences.end(a, at(100)), 2);
  EXPECT_TRUE(appointments.absent(a, at(100)));
  EXPECT_EQ(absences.end(a, at(100), AbsenceLedger::gone), 1);
  EXPECT_FALSE(appointments.absent(a, at(100)));
  EXPECT_FALSE(appointments.absent(a, at(550)));
  EXPECT_FALSE(absences.next(a, at(100)));
}

TEST_F(AppointmentLedgerTest, WhoAnswersForAnOrganisation) {
  OrganisationLedger organisations{*db, areas};
  auto shop = organisations.add("shop", "惠民超市", community::OrganisationKind::shop, community);
  AppointmentId id = appointments.add(a, joint_defender, community, at(0), {}, b, shop, "HS61");
  EXPECT_THAT(who(appointments.of_organisation(shop, at(10))), ElementsAre("a"));
  EXPECT_EQ(holders(joint_defender, building).size(), 1u);
  EXPECT_EQ(appointments.find(id)->badge, "HS61");
  EXPECT_EQ(appointments.find(id)->appointment.organisation, shop);
  away(a);
  EXPECT_THAT(who(appointments.of_organisation(shop, at(10))), ElementsAre("b"));
  EXPECT_TRUE(appointments.involved(b));
  EXPECT_FALSE(appointments.involved(c));
}

}  // namespace
}  // namespace linli::store
