#include "bot/store/rota_ledger.hpp"

#include "bot/store/person_ledger.hpp"
#include "bot/store/shift_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

using community::Advance;
using community::OverrideKind;
using community::Rota;

class RotaLedgerTest : public StoreTest {
 protected:
  RotaLedgerTest() {
    db->execute(
        "insert into area (id, code, kind, name, path) values (1, 'ah', 'district', '安和区', '/1/')");
    gate = {{}, "gate", AreaId{1}, "北门", {37.87, 112.48}, 150, "4827", "测温"};
    shifts.add_post(gate);
  }
  PersonId person(std::string_view code) { return people.create(code, "", "", at(1)); }
  Time time(std::string_view text) { return parse_time(zone, text).value(); }

  Zone zone = Zone::find("Asia/Shanghai").value();
  PersonLedger people{*db, cipher};
  ShiftLedger shifts{*db, cipher};
  Post gate;
  PersonId amy = person("amy"), bob = person("bob"), cat = person("cat");
};

}  // namespace

TEST_F(RotaLedgerTest, ADraftCountsOnlyWhenItIsPublished) {
  Rota rota{{}, gate.id, {2026, 3, 2}, Advance::day, {{{}, 480, 720, 1, 2}}, {amy, bob}, {}};
  RotaId id = shifts.rotas().add(rota, {});
  EXPECT_TRUE(shifts.rotas().has_draft(gate.id));
  EXPECT_TRUE(shifts.rotas().published().empty());
  EXPECT_TRUE(shifts.rotas().of_post(gate.id, false).empty());
  auto drafts = shifts.rotas().of_post(gate.id, true);
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].id, id);
  EXPECT_EQ(drafts[0].people, (std::vector{amy, bob}));
  EXPECT_EQ(drafts[0].slots[0].most, 2);
  shifts.rotas().publish(gate.id, time("2026-03-02 08:00"));
  EXPECT_FALSE(shifts.rotas().has_draft(gate.id));
  EXPECT_EQ(shifts.rotas().published().size(), 1U);
}

TEST_F(RotaLedgerTest, ChangesAreDraftsOfTheirOwn) {
  shifts.add_daily(gate.id, amy, 480, 720);
  auto rota = shifts.rotas().published().front();
  shifts.rotas().add_override(rota.id, {0, {2026, 3, 4}, OverrideKind::instead, bob, amy});
  EXPECT_TRUE(shifts.rotas().published().front().overrides.empty());
  auto drafts = shifts.rotas().only_drafts(gate.id);
  ASSERT_EQ(drafts.size(), 1U);
  ASSERT_EQ(drafts[0].overrides.size(), 1U);
  EXPECT_EQ(drafts[0].overrides[0].instead_of, amy);
  shifts.rotas().drop_changes(gate.id);
  EXPECT_FALSE(shifts.rotas().has_draft(gate.id));
  shifts.rotas().end(gate.id);
  EXPECT_TRUE(shifts.rotas().published().empty());
}

TEST_F(RotaLedgerTest, TheSamePersonAtTheSameStartGetsTheNewEnd) {
  shifts.add_daily(gate.id, amy, 480, 720);
  shifts.add_daily(gate.id, amy, 480, 600);
  auto rota = shifts.rotas().published().front();
  ASSERT_EQ(rota.slots.size(), 1U);
  EXPECT_EQ(rota.slots[0].end_minute, 600);
}

TEST_F(RotaLedgerTest, PlanningMakesShiftsAndOpeningsOnce) {
  Rota rota{{}, gate.id, {2026, 3, 2}, Advance::fixed, {{{}, 480, 720, 1, 2}}, {amy}, {}};
  shifts.rotas().add(rota, time("2026-03-01 00:00"));
  for (int i = 0; i < 2; ++i) shifts.plan_daily(zone, time("2026-03-02 00:00"), time("2026-03-04 00:00"));
  auto open = shifts.openings().between(time("2026-03-02 00:00"), time("2026-03-09 00:00"));
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].taken, 1);
  EXPECT_EQ(open[0].most, 2);
  // what was declined stays declined, and leaves its place to others
  auto duty = shifts.upcoming(amy, time("2026-03-02 07:00"), 1).front();
  duty.shift.state = ShiftState::declined;
  shifts.save(duty.shift);
  shifts.plan_daily(zone, time("2026-03-02 00:00"), time("2026-03-04 00:00"));
  EXPECT_EQ(shifts.openings().find(open[0].id)->taken, 0);
}

TEST_F(RotaLedgerTest, WaitingIsInTheOrderOfAskingAndEndsWithThePost) {
  auto opening = shifts.openings().put(gate.id, time("2026-03-03 08:00"), time("2026-03-03 12:00"), 1, 1);
  shifts.openings().wait(opening, bob, at(20));
  shifts.openings().wait(opening, cat, at(10));
  shifts.openings().wait(opening, cat, at(30));
  EXPECT_EQ(shifts.openings().waiting(opening), (std::vector{cat, bob}));
  shifts.openings().stop_waiting(opening, cat);
  EXPECT_EQ(shifts.openings().waiting(opening), (std::vector{bob}));
  shifts.close_post(gate.id, at(40));
  EXPECT_TRUE(shifts.openings().waiting(opening).empty());
  EXPECT_FALSE(shifts.openings().find(opening));
  EXPECT_TRUE(shifts.posts().empty());
  EXPECT_TRUE(shifts.find_post(gate.id));  // for its history
}

TEST_F(RotaLedgerTest, TheRecordCountsEachShiftOnce) {
  int hour = 0;
  auto shift = [&](ShiftState state, auto change) {
    Time start = time("2026-03-03 00:00") + std::chrono::hours(++hour);
    auto duty = shifts.find(shifts.add(gate.id, amy, start, start + std::chrono::hours(1)));
    duty->shift.state = state;
    change(duty->shift);
    shifts.save(duty->shift);
  };
  shift(ShiftState::left, [](Shift& s) { s.in_at = s.starts_at; });
  shift(ShiftState::left, [](Shift& s) { s.in_at = s.starts_at + Seconds{1200}; });
  shift(ShiftState::left, [](Shift& s) { s.missed_at = s.in_at = s.corrected_at = s.starts_at; });
  shift(ShiftState::confirmed, [](Shift& s) { s.missed_at = s.starts_at; });
  shift(ShiftState::declined, [](Shift& s) { s.excuse = "发烧"; });
  shift(ShiftState::declined, [](Shift&) {});
  shift(ShiftState::planned, [](Shift&) {});
  auto record = shifts.record(amy, time("2026-03-01 00:00"), time("2026-03-09 00:00"));
  EXPECT_EQ(record.stood, 2);
  EXPECT_EQ(record.late, 1);
  EXPECT_EQ(record.missing, 1);
  EXPECT_EQ(record.excused, 1);
  EXPECT_EQ(record.declined, 1);
  EXPECT_EQ(text("select group_concat(excuse_sealed) from shift").find("发烧"), std::string::npos);
}

TEST_F(RotaLedgerTest, WhoIsExchangedMayBePutBack) {
  Time start = time("2026-03-03 08:00"), end = time("2026-03-03 12:00");
  ShiftId id = shifts.add(gate.id, amy, start, end);
  EXPECT_FALSE(shifts.put(gate.id, amy, start, end, "cover"));
  auto duty = shifts.find(id);
  duty->shift.state = ShiftState::cancelled;
  shifts.save(duty->shift);
  EXPECT_FALSE(shifts.add(gate.id, amy, start, end));
  ShiftId cover = shifts.put(gate.id, bob, start, end, "cover", id);
  EXPECT_EQ(shifts.cover(id)->shift.id, cover);
  EXPECT_EQ(shifts.put(gate.id, amy, start, end, "rota"), id);
}

}  // namespace linli::store
