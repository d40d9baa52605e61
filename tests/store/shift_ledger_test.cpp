#include "bot/store/shift_ledger.hpp"

#include "bot/store/area_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

class ShiftLedgerTest : public StoreTest {
 protected:
  ShiftLedgerTest() {
    db->execute(
        "insert into area (id, code, kind, name, path) values (1, 'ah', 'district', '安和区', '/1/')");
    db->execute(
        "insert into area (id, code, kind, name, parent, path) values (2, 'hp', 'compound', '和平苑', 1, "
        "'/1/2/')");
    db->execute(
        "insert into area (id, code, kind, name, parent, path) values (3, 'hp-3', 'building', '3号楼', 2, "
        "'/1/2/3/')");
    db->execute(
        "insert into area (id, code, kind, name, parent, path) values (4, 'xl', 'compound', '新里', 1, "
        "'/1/4/')");
    north = {{}, "hp-north", AreaId{2}, "北门", {37.87, 112.48}, 150, "4827", "测温"};
    shifts.add_post(north);
  }

  Time time(std::string_view text) { return parse_time(zone, text).value(); }
  PersonId person(std::string_view code) { return people.create(code, "", "", at(1)); }
  ShiftId shift(PersonId who, std::string_view from, std::string_view until) {
    return shifts.add(north.id, who, time(from), time(until));
  }
  void set(ShiftId id, ShiftState state) {
    auto duty = shifts.find(id);
    duty->shift.state = state;
    shifts.save(duty->shift);
  }

  Zone zone = Zone::find("Asia/Shanghai").value();
  PersonLedger people{*db, cipher};
  ShiftLedger shifts{*db, cipher};
  DueLedger dues{*db};
  Post north;
  PersonId amy = person("amy"), bob = person("bob"), cat = person("cat");
};

}  // namespace

TEST_F(ShiftLedgerTest, KeepsPosts) {
  auto found = shifts.find_post_by_code("hp-north");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, north.id);
  EXPECT_EQ(found->name, "北门");
  EXPECT_EQ(found->code_word, "4827");
  EXPECT_EQ(found->place.lon, 112.48);
  EXPECT_EQ(found->radius_m, 150);
  EXPECT_EQ(shifts.find_post(north.id)->what, "测温");
  EXPECT_FALSE(shifts.find_post_by_code("nowhere"));
  Post again = north;
  EXPECT_THROW(shifts.add_post(again), UniqueViolation);
}

TEST_F(ShiftLedgerTest, KeepsTheHoursOfAPostAndWhoStandsInThem) {
  auto wanted = community::parse_hours("Mon-Fri 07:00-19:00;Sat,Sun 08:00-18:00").value();
  for (const auto& one : wanted) shifts.add_hours(north.id, one);
  EXPECT_EQ(shifts.hours(north.id), wanted);
  EXPECT_TRUE(shifts.hours(PostId{99}).empty());
  EXPECT_EQ(shifts.posts().size(), 1U);
  shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  set(shift(bob, "2026-03-03 08:00", "2026-03-03 10:00"), ShiftState::declined);
  auto standing = shifts.standing(north.id, time("2026-03-03 07:30"), time("2026-03-03 12:00"));
  ASSERT_EQ(standing.size(), 1U);
  auto open = community::uncovered(
      community::needed(wanted, zone, time("2026-03-03 07:00"), time("2026-03-03 12:00")), standing);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].from, time("2026-03-03 08:00"));
}

TEST_F(ShiftLedgerTest, KeepsWhatHappenedToAShift) {
  ShiftId id = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  EXPECT_TRUE(id);
  EXPECT_FALSE(shift(amy, "2026-03-03 06:00", "2026-03-03 08:00"));
  auto duty = shifts.find(id);
  EXPECT_EQ(duty->shift.state, ShiftState::planned);
  EXPECT_EQ(duty->post.name, "北门");
  duty->shift.state = ShiftState::on_post;
  duty->shift.in_at = time("2026-03-03 05:55");
  duty->shift.in_by = "location";
  duty->shift.late_minutes = 20;
  duty->shift.note = "钥匙在抽屉";
  shifts.save(duty->shift);
  auto read = shifts.find(id)->shift;
  EXPECT_EQ(read.state, ShiftState::on_post);
  EXPECT_EQ(read.in_at, time("2026-03-03 05:55"));
  EXPECT_FALSE(read.out_at);
  EXPECT_EQ(read.late_minutes, 20);
  EXPECT_EQ(read.note, "钥匙在抽屉");
  EXPECT_EQ(text("select note_sealed from shift").find("钥匙"), std::string::npos);
}

TEST_F(ShiftLedgerTest, IsDueFromHalfAnHourBefore) {
  ShiftId id = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  EXPECT_FALSE(shifts.due_for_checkin(amy, time("2026-03-03 05:29")));
  EXPECT_TRUE(shifts.due_for_checkin(amy, time("2026-03-03 05:30")));
  EXPECT_FALSE(shifts.due_for_checkin(bob, time("2026-03-03 05:30")));
  EXPECT_FALSE(shifts.due_for_checkin(amy, time("2026-03-03 08:00")));
  set(id, ShiftState::on_post);
  EXPECT_FALSE(shifts.due_for_checkin(amy, time("2026-03-03 06:00")));
}

TEST_F(ShiftLedgerTest, UpcomingOnesInOrder) {
  ShiftId late = shift(amy, "2026-03-04 06:00", "2026-03-04 08:00");
  ShiftId soon = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  ShiftId gone = shift(amy, "2026-03-03 10:00", "2026-03-03 12:00");
  set(gone, ShiftState::declined);
  auto found = shifts.upcoming(amy, time("2026-03-03 07:00"), 5);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].shift.id, soon);
  EXPECT_EQ(found[1].shift.id, late);
  EXPECT_EQ(shifts.upcoming(amy, time("2026-03-03 07:00"), 1).size(), 1U);
  EXPECT_EQ(shifts.declined(amy, time("2026-03-03 07:00"))->shift.id, gone);
  EXPECT_FALSE(shifts.declined(amy, time("2026-03-03 13:00")));
}

TEST_F(ShiftLedgerTest, WhoIsRelievedAndWhoComesNext) {
  ShiftId first = shift(bob, "2026-03-03 04:00", "2026-03-03 06:00");
  ShiftId second = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  ShiftId beside = shift(cat, "2026-03-03 06:00", "2026-03-03 08:00");
  EXPECT_EQ(shifts.before(*shifts.find(second))->shift.id, first);
  EXPECT_EQ(shifts.after(*shifts.find(first))->shift.id, second);
  set(second, ShiftState::declined);
  EXPECT_EQ(shifts.after(*shifts.find(first))->shift.id, beside);
  set(first, ShiftState::left);
  EXPECT_FALSE(shifts.before(*shifts.find(beside)));
  EXPECT_FALSE(shifts.after(*shifts.find(second)));
}

TEST_F(ShiftLedgerTest, WhoForgotToLeaveHasLeftSomeHoursLater) {
  ShiftId id = shift(bob, "2026-03-03 04:00", "2026-03-03 06:00");
  set(id, ShiftState::on_post);
  EXPECT_TRUE(shifts.on_post(bob, time("2026-03-03 09:59")));
  EXPECT_FALSE(shifts.on_post(bob, time("2026-03-03 10:00")));
}

TEST_F(ShiftLedgerTest, WhoIsAtTheGateNow) {
  ShiftId first = shift(bob, "2026-03-03 04:00", "2026-03-03 06:00");
  ShiftId second = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  EXPECT_FALSE(shifts.on_post_now(AreaId{2}, time("2026-03-03 03:59")));
  EXPECT_EQ(shifts.on_post_now(AreaId{2}, time("2026-03-03 05:00")), bob);
  EXPECT_EQ(shifts.on_post_now(AreaId{3}, time("2026-03-03 05:00")), bob);  // a building of the compound
  EXPECT_FALSE(shifts.on_post_now(AreaId{4}, time("2026-03-03 05:00")));    // another compound
  set(first, ShiftState::on_post);
  EXPECT_EQ(shifts.on_post_now(AreaId{2}, time("2026-03-03 06:10")), bob);  // nobody has come yet
  EXPECT_EQ(shifts.on_post_now(AreaId{2}, time("2026-03-03 06:40")), amy);
  set(second, ShiftState::on_post);
  EXPECT_EQ(shifts.on_post_now(AreaId{2}, time("2026-03-03 06:10")), amy);
  set(second, ShiftState::declined);
  set(first, ShiftState::left);
  EXPECT_FALSE(shifts.on_post_now(AreaId{2}, time("2026-03-03 06:10")));
}

TEST_F(ShiftLedgerTest, EveryDayRowsBecomeShifts) {
  shifts.add_daily(north.id, amy, 6 * 60, 8 * 60);
  shifts.add_daily(north.id, bob, 22 * 60, 24 * 60);
  shifts.add_daily(north.id, cat, 23 * 60, 60);
  shifts.plan_daily(zone, time("2026-03-02 23:40"), time("2026-03-04 00:00"));
  EXPECT_EQ(shifts.on_post_now(AreaId{2}, time("2026-03-03 00:30")), cat);
  EXPECT_EQ(shifts.upcoming(bob, time("2026-03-02 23:40"), 5).size(), 2U);  // the one that runs, and the next
  EXPECT_EQ(shifts.upcoming(amy, time("2026-03-02 23:40"), 5).size(), 1U);
  auto before = number("select count(*) from shift");
  shifts.plan_daily(zone, time("2026-03-02 23:40"), time("2026-03-04 00:00"));
  EXPECT_EQ(number("select count(*) from shift"), before);
}

TEST_F(ShiftLedgerTest, DueRowsAreMadeOnce) {
  ShiftId id = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  Time import_at = time("2026-03-02 12:00");
  schedule_shifts(shifts, dues, zone, import_at, import_at + shift_horizon);
  EXPECT_EQ(number("select count(*) from due where topic = 'shift_checkin'"), 4);
  auto moment = [&](const std::string& what) {
    return number("select at from due where key = 'shift:" + std::to_string(id.value) + ":" + what + "'");
  };
  EXPECT_EQ(moment("evening"), time("2026-03-02 19:00").time_since_epoch().count());
  EXPECT_EQ(moment("soon"), time("2026-03-03 05:30").time_since_epoch().count());
  EXPECT_EQ(moment("missing"), time("2026-03-03 06:15").time_since_epoch().count());
  schedule_shifts(shifts, dues, zone, import_at, import_at + shift_horizon);
  EXPECT_EQ(number("select count(*) from due"), 4);
}

TEST_F(ShiftLedgerTest, WhatHasHappenedIsNotMadeAgain) {
  ShiftId id = shift(amy, "2026-03-03 06:00", "2026-03-03 08:00");
  Time evening = time("2026-03-02 19:00");
  schedule_shifts(shifts, dues, zone, evening - Seconds{1}, evening + shift_horizon);
  for (const auto& due : dues.due(evening, 10)) EXPECT_TRUE(dues.take(due));
  schedule_shifts(shifts, dues, zone, evening, evening + shift_horizon);
  EXPECT_EQ(number("select count(*) from due where key = 'shift:" + std::to_string(id.value) + ":evening'"),
            0);
  EXPECT_EQ(number("select count(*) from due where key = 'shift:schedule'"), 1);
}

}  // namespace linli::store
