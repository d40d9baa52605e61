#include "bot/store/level_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/appointment_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LevelLedgerTest : public StoreTest {
 protected:
  AreaId area(const char* code, AreaKind kind, AreaId parent) {
    return areas.add(code, kind, code, parent, false, {}, {});
  }
  AreaLedger areas{*db};
  LevelLedger levels{*db, areas};
  PersonLedger people{*db, cipher};
  AppointmentLedger appointments{*db, areas};
  AreaId district = area("d", AreaKind::district, {});
  AreaId street = area("s", AreaKind::street, district);
  AreaId community = area("c", AreaKind::community, street);
  AreaId house = area("h", AreaKind::household, community);
};

TEST_F(LevelLedgerTest, AChangeHoldsForAllBelowAndIsKept) {
  areas.set_level(community, "alert");
  EXPECT_FALSE(levels.last(house));
  auto first = levels.change(street, "emergency", {}, at(10));
  EXPECT_EQ(first.before, "normal");
  EXPECT_EQ(areas.level(house), "emergency");  // what was set below is void
  EXPECT_EQ(levels.last(house)->id, first.id);
  auto second = levels.change(community, "normal", {}, at(20));
  EXPECT_EQ(second.before, "emergency");
  EXPECT_EQ(areas.level(house), "normal");
  EXPECT_EQ(areas.level(street), "emergency");
  EXPECT_EQ(levels.last(house)->at, at(20));
  EXPECT_EQ(levels.last(street)->id, first.id);
  EXPECT_FALSE(levels.last(district));
  EXPECT_EQ(number("select count(*) from level_change"), 2);
}

TEST_F(LevelLedgerTest, WhoHearsOfIt) {
  PersonId a = people.create("a", "a", "", at(1)), b = people.create("b", "b", "", at(1));
  PersonId far = people.create("far", "far", "", at(1));
  appointments.add(a, community::Role::volunteer, community, at(0), {}, {});
  appointments.add(b, community::Role::volunteer, community, at(0), at(50), {});
  appointments.add(far, community::Role::volunteer, district, at(0), {}, {});
  people.set_home(b, house);
  people.add_contact(b, "main", "ob");
  EXPECT_THAT(levels.staff(street, at(10), {}, 9), ElementsAre(a, b));
  EXPECT_THAT(levels.staff(street, at(10), a, 9), ElementsAre(b));
  EXPECT_THAT(levels.staff(street, at(60), {}, 9), ElementsAre(a));
  EXPECT_THAT(levels.residents(street, {}, 9), ElementsAre(b));
  EXPECT_THAT(levels.residents(street, b, 9), IsEmpty());
}

}  // namespace
}  // namespace linli::store
