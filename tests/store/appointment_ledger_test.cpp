#include "bot/store/appointment_ledger.hpp"

#include <gmock/gmock.h>

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

  PersonLedger people{*db, cipher};
  AreaLedger areas{*db};
  AppointmentLedger appointments{*db, areas};
  AreaId district = area("d", AreaKind::district, {});
  AreaId street = area("s", AreaKind::street, district);
  AreaId community = area("c", AreaKind::community, street);
  AreaId compound = area("hp", AreaKind::compound, community);
  AreaId building = area("b", AreaKind::building, compound);
  PersonId a = person("a"), b = person("b"), c = person("c");
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

}  // namespace
}  // namespace linli::store
