// The week's facts out of the tables, and what is kept of a bulletin.
#include "bot/store/bulletin_ledger.hpp"

#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using community::Bulletin;

class BulletinLedgerTest : public StoreTest {
 protected:
  BulletinLedgerTest() {
    // district 1, street 2, community 3, building 4 with households 5 and 6
    run("insert into area (id, code, kind, name, parent, path, level) values "
        "(1, 'd', 'district', '区', null, '/1/', 'emergency'), (2, 's', 'street', '街', 1, '/1/2/', null), "
        "(3, 'c', 'community', '社', 2, '/1/2/3/', null), (4, 'b', 'building', '楼', 3, '/1/2/3/4/', null), "
        "(5, 'h1', 'household', '101', 4, '/1/2/3/4/5/', null), (6, 'h2', 'household', '102', 4, "
        "'/1/2/3/4/6/', null)");
    run("insert into person (id, created_at) values (1, 0), (2, 0)");
  }
  void run(const std::string& sql) { db->execute(sql); }
  std::string at(const char* text) { return std::to_string(time(text).time_since_epoch().count()); }
  Time time(const char* text) { return *parse_time(zone, text); }
  void task(int id, const char* kind, const char* opened, const char* closed = nullptr) {
    run("insert into task (id, number, kind, state, urgency, area, opened_at, closed_at, owner) values (" +
        std::to_string(id) + ", " + std::to_string(id) + ", '" + kind + "', 'open', 0, 4, " + at(opened) +
        ", " + (closed ? at(closed) : "null") + ", 1)");
    event(id, opened, "opened");
  }
  void event(int task, const char* when, const char* what) {
    run("insert into task_event (task, at, what) values (" + std::to_string(task) + ", " + at(when) + ", '" +
        what + "')");
  }
  Bulletin bulletin(const char* until = nullptr) {
    auto week = *community::parse_week(zone, "2026-W10");
    BulletinLedger ledger(*db);
    auto made =
        community::make_bulletin(ledger.facts(zone, levels, week, until ? time(until) : week.until), zone);
    EXPECT_EQ(community::wrong_sum(made), "");
    return made;
  }
  static std::int64_t value(const Bulletin& made, const char* figure, const char* area = "c") {
    return made.line(area)->values[*community::figure_index(figure)].value_or(-1);
  }

  Zone zone = *Zone::find("Asia/Shanghai");
  community::LevelRules levels =
      *community::LevelRules::read(std::string(LINLI_SOURCE_DIR) + "/config/levels.toml");
};

TEST_F(BulletinLedgerTest, CheckinsAreDueOnlyOnDaysWithTheLevelForIt) {
  run("insert into level_change (area, level, before, at) values (2, 'normal', 'emergency', " +
      at("2026-03-04 13:00") + "), (1, 'emergency', 'normal', " + at("2026-03-08 10:00") + ")");
  run("insert into checkin (household, day, person, at, state, via) values (5, '2026-03-02', 1, 0, 'fine', "
      "'self'), "
      "(6, '2026-03-02', 1, 0, 'symptom', 'proxy'), (5, '2026-03-03', 1, 0, 'moved', 'proxy'), "
      "(5, '2026-03-05', 1, 0, 'fine', 'self'), (6, '2026-03-03', 1, 0, 'unreachable', 'proxy'), "
      "(5, '2026-02-28', 1, 0, 'fine', 'self')");
  auto made = bulletin();
  EXPECT_EQ(value(made, "households"), 2);
  EXPECT_EQ(value(made, "checkin_due"), 2 * 4 - 1);  // Monday to Wednesday and Sunday; one home is empty
  EXPECT_EQ(value(made, "checkin_done"), 2);         // Thursday's was not due
  EXPECT_EQ(value(made, "checkin_proxy"), 1);
  EXPECT_EQ(value(made, "checkin_unwell"), 1);
  EXPECT_EQ(value(made, "checkin_unreached"), 1);
  EXPECT_EQ(value(made, "checkin_due", "d"), 7);
}

TEST_F(BulletinLedgerTest, AnObjectedEntryIsNotHeard) {
  run("insert into checkin (household, day, person, at, state, via, objected_at) values "
      "(5, '2026-03-02', 1, 0, 'fine', 'proxy', 9)");
  EXPECT_EQ(value(bulletin(), "checkin_done"), 0);
}

TEST_F(BulletinLedgerTest, OnlyTheDaysThatHaveHadTheirNoonAreDue) {
  EXPECT_EQ(value(bulletin("2026-03-03 11:59"), "checkin_due"), 2);
  EXPECT_EQ(value(bulletin("2026-03-03 12:01"), "checkin_due"), 4);
}

TEST_F(BulletinLedgerTest, ATaskCountsOnceAndIsOpenAsItWasThen) {
  task(1, "help", "2026-03-02 10:00",
       "2026-03-20 10:00");  // closed, opened again after the week, closed again
  event(1, "2026-03-02 12:00", "done");
  event(1, "2026-03-02 13:00", "reopened");
  event(1, "2026-03-02 15:00", "done");
  event(1, "2026-03-02 16:00", "confirmed");
  event(1, "2026-03-12 10:00", "reopened");
  event(1, "2026-03-20 10:00", "confirmed");
  task(2, "help", "2026-03-08 23:00");
  event(2, "2026-03-08 23:30", "escalated");
  task(3, "gap", "2026-03-01 10:00", "2026-03-15 10:00");
  event(3, "2026-03-15 10:00", "closed");
  auto made = bulletin();
  EXPECT_EQ(value(made, "help_opened"), 2);
  EXPECT_EQ(value(made, "help_solved"), 1);
  EXPECT_EQ(value(made, "help_reopened"), 1);
  EXPECT_EQ(value(made, "help_confirmed"), 1);
  EXPECT_EQ(value(made, "help_median"), 5 * 3600);  // to the last time it was reported done
  EXPECT_EQ(value(made, "help_open"), 1);
  EXPECT_EQ(value(made, "gap_open"), 1);
  EXPECT_EQ(value(made, "overdue"), 1);
  EXPECT_EQ(value(made, "thanks_help"), 1);
}

TEST_F(BulletinLedgerTest, ShiftsCountByWhatBecameOfThem) {
  run("insert into post (id, code, area, name, lat, lon, radius_m) values (1, 'p', 4, '门', 0, 0, 1)");
  auto shift = [&](int person, const char* start, const char* rest) {
    run("insert into shift (post, person, starts_at, ends_at, state, in_at, missed_at, excuse_sealed) values "
        "(1, " +
        std::to_string(person) + ", " + at(start) + ", " + at(start) + " + 7200, " + rest + ")");
  };
  std::string start = at("2026-03-03 08:00");
  shift(1, "2026-03-03 08:00", ("'left', " + start + " + 60, null, ''").c_str());
  shift(2, "2026-03-03 08:00", ("'left', " + start + " + 900, null, ''").c_str());
  shift(1, "2026-03-04 08:00", "'planned', null, 9, ''");
  shift(2, "2026-03-04 08:00", "'declined', null, null, 'ill'");
  shift(1, "2026-03-05 08:00", "'cancelled', null, 9, ''");
  auto made = bulletin();
  EXPECT_EQ(value(made, "duty_due"), 3);
  EXPECT_EQ(value(made, "duty_stood"), 1);
  EXPECT_EQ(value(made, "duty_late"), 1);
  EXPECT_EQ(value(made, "duty_missing"), 1);
  EXPECT_EQ(value(made, "duty_excused"), 1);
  EXPECT_EQ(value(made, "thanks_duty"), 0);
}

TEST_F(BulletinLedgerTest, WhatWasIssuedStaysAndWhatWasTamperedWithIsNoticed) {
  BulletinLedger ledger(*db);
  EXPECT_TRUE(ledger.keep({"2026-W10", time("2026-03-04 10:00"), std::nullopt, "{\"draft\":1}", {}}));
  EXPECT_TRUE(
      ledger.keep({"2026-W10", time("2026-03-09 00:00"), time("2026-03-09 08:00"), "{\"issued\":1}", {}}));
  EXPECT_FALSE(
      ledger.keep({"2026-W10", time("2026-03-09 00:00"), time("2026-03-10 08:00"), "{\"other\":1}", {}}));
  auto kept = ledger.find("2026-W10");
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->body, "{\"issued\":1}");
  EXPECT_EQ(ledger.issued(5), std::vector<std::string>{"2026-W10"});
  run("update bulletin set body = '{}'");
  EXPECT_FALSE(ledger.find("2026-W10"));
}

TEST_F(BulletinLedgerTest, AnErratumIsWrittenOnceUntilTheFigureChangesAgain) {
  BulletinLedger ledger(*db);
  std::vector<community::Erratum> found = {{"2026-W10", "c", "duty_missing", 2, 1, "why"}};
  EXPECT_EQ(ledger.add_errata(found, time("2026-03-16 08:00")).size(), 1u);
  EXPECT_EQ(ledger.add_errata(found, time("2026-03-23 08:00")).size(), 0u);
  found.front().is = 0;
  EXPECT_EQ(ledger.add_errata(found, time("2026-03-23 08:00")).size(), 1u);
  auto errata = ledger.errata("2026-W10");
  ASSERT_EQ(errata.size(), 1u);
  EXPECT_EQ(errata.front().is, 0);
}

}  // namespace
}  // namespace linli::store
