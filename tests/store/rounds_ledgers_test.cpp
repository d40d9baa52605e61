#include <gmock/gmock.h>

#include "bot/store/guidance_ledger.hpp"
#include "bot/store/inspection_ledger.hpp"
#include "bot/store/patrol_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RoundsTest : public StoreTest {
 protected:
  RoundsTest() {
    db->execute("insert into area (id, code, kind, name, path) values (1, 'c', 'community', '社区', '/1/')");
    db->execute(
        "insert into area (id, code, kind, name, parent, path) values (2, 'hp', 'compound', '和平苑', 1, "
        "'/1/2/'), "
        "(20, 'hl', 'compound', '和平里', 1, '/1/20/')");
  }
  PatrolPoint point(std::string code, AreaId area, Seconds every = Seconds{100}, Time made = at(1000)) {
    PatrolPoint made_point{.code = code, .name = code, .area = area, .radius_m = 50, .every = every};
    made_point.created_at = made;
    patrol.add(made_point);
    return made_point;
  }
  std::vector<std::string> codes(const std::vector<PatrolPoint>& points) {
    std::vector<std::string> all;
    for (const auto& one : points) all.push_back(one.code);
    return all;
  }

  PersonLedger people{*db, cipher};
  PatrolLedger patrol{*db};
  InspectionLedger inspections{*db, cipher};
  GuidanceLedger guidance{*db};
  PersonId amy = people.create("amy", "", "", at(1)), bob = people.create("bob", "", "", at(1));
};

}  // namespace

TEST_F(RoundsTest, LongestNotVisitedFirstAndNeverVisitedBeforeAll) {
  auto a = point("a", AreaId{2}), b = point("b", AreaId{2}), c = point("c", AreaId{20});
  patrol.visit(a, amy, at(1050), "word");
  patrol.visit(b, amy, at(1040), "code");
  EXPECT_THAT(codes(patrol.below("/1/")), ElementsAre("c", "b", "a"));
  EXPECT_THAT(codes(patrol.below("/1/2/")), ElementsAre("b", "a"));
  EXPECT_EQ(patrol.last_of(amy, at(1045))->code, "a");
  EXPECT_FALSE(patrol.last_of(amy, at(1051)));
  EXPECT_FALSE(patrol.last_of(bob, at(0)));
}

TEST_F(RoundsTest, APointFallsDueAfterItsIntervalAndAVisitMovesIt) {
  auto a = point("a", AreaId{2}), b = point("b", AreaId{2}, Seconds{200});
  EXPECT_THAT(patrol.overdue(at(1099)), IsEmpty());
  EXPECT_THAT(codes(patrol.overdue(at(1100))), ElementsAre("a"));
  patrol.visit(a, amy, at(1150), "location");
  EXPECT_THAT(codes(patrol.overdue(at(1249))), ElementsAre("b"));
  EXPECT_THAT(codes(patrol.overdue(at(1250))), ElementsAre("b", "a"));
  auto changed = *patrol.find_by_code("a");
  changed.every = Seconds{500};
  patrol.change(changed);
  EXPECT_EQ(patrol.find(a.id)->due_at, at(1650));
  changed.closed = true;
  patrol.change(changed);
  EXPECT_THAT(codes(patrol.overdue(at(9999))), ElementsAre("b"));
  EXPECT_THAT(codes(patrol.below("/1/")), ElementsAre("b"));
}

TEST_F(RoundsTest, VisitsAreCountedByPlaceTimeAndEvidence) {
  auto a = point("a", AreaId{2}), b = point("b", AreaId{2}), c = point("c", AreaId{20});
  patrol.visit(a, amy, at(2000), "location");
  patrol.visit(a, bob, at(2500), "code");
  patrol.visit(b, amy, at(3000), "word");  // the first moment that is not in the span
  patrol.visit(c, amy, at(2200), "word");
  auto both = patrol.visits(AreaId{1}, at(2000), at(3000));
  EXPECT_EQ(both.points, 3);
  EXPECT_EQ(both.visited, 2);
  EXPECT_EQ(both.visits, 3);
  EXPECT_EQ(both.by_location, 1);
  EXPECT_EQ(both.by_code, 1);
  EXPECT_EQ(both.by_word, 1);
  auto hp = patrol.visits(AreaId{2}, at(2000), at(3000)), hl = patrol.visits(AreaId{20}, at(2000), at(3000));
  EXPECT_EQ(hp.visits + hl.visits, both.visits);
  EXPECT_EQ(hp.visited + hl.visited, both.visited);
  EXPECT_EQ(patrol.visits(AreaId{99}, at(0), at(9999)).visits, 0);
}

TEST_F(RoundsTest, AnInspectionIsUnderWayUntilItEnds) {
  Inspection one{.site = AreaId{2}, .inspector = amy, .begun_at = at(10)};
  inspections.begin(one);
  EXPECT_EQ(inspections.under_way(amy, AreaId{2})->id, one.id);
  EXPECT_FALSE(inspections.under_way(bob, AreaId{2}));
  EXPECT_FALSE(inspections.under_way(amy, AreaId{20}));
  EXPECT_THAT(inspections.last(AreaId{2}, 3), IsEmpty());
  inspections.answer(one.id, {"duty.on_post", true, {}, {}});
  inspections.answer(one.id, {"duty.on_post", false, "岗上没有人", {}});
  inspections.answer(one.id, {"cleaning.rubbish", true, {}, {}});
  auto items = inspections.items(one.id);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_FALSE(items[1].good);
  EXPECT_EQ(items[1].words, "岗上没有人");
  EXPECT_EQ(text("select words_sealed from inspection_item where good = 0").find("岗上"), std::string::npos);
  inspections.end(one.id, at(20));
  EXPECT_FALSE(inspections.under_way(amy, AreaId{2}));
  ASSERT_EQ(inspections.last(AreaId{2}, 3).size(), 1u);
  auto totals = inspections.totals(AreaId{1}, at(20), at(21));
  EXPECT_EQ(totals.inspections, 1);
  EXPECT_EQ(totals.good, 1);
  EXPECT_EQ(totals.bad, 1);
  EXPECT_EQ(inspections.totals(AreaId{1}, at(10), at(20)).inspections, 0);
  EXPECT_EQ(inspections.totals(AreaId{20}, at(20), at(21)).inspections, 0);
}

TEST_F(RoundsTest, AnInspectionInWhichNothingWasLookedAtGoes) {
  Inspection one{.site = AreaId{2}, .inspector = amy, .begun_at = at(10)};
  inspections.begin(one);
  inspections.drop(one.id);
  EXPECT_FALSE(inspections.find(one.id));
}

TEST_F(RoundsTest, WhichVersionSomebodyReadLast) {
  EXPECT_FALSE(guidance.last(amy, "mask"));
  guidance.note(amy, {"mask", 1, at(10)});
  guidance.note(amy, {"mask", 2, at(20)});
  guidance.note(amy, {"disinfection", 1, at(15)});
  EXPECT_EQ(guidance.last(amy, "mask")->version, 2);
  EXPECT_EQ(guidance.of_person(amy).size(), 2u);
  EXPECT_EQ(number("select times from guidance_read where card = 'mask'"), 2);
  people.forget(amy, at(30));
  EXPECT_THAT(guidance.of_person(amy), IsEmpty());
}

}  // namespace linli::store
