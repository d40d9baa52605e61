#include "bot/store/coverage_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/ledgers.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using enum community::AreaKind;

class CoverageLedgerTest : public StoreTest {
 protected:
  CoverageLedgerTest() {
    rules.levels = *community::LevelRules::read(LINLI_SOURCE_DIR "/config/levels.toml");
  }
  AreaId area(const char* code, AreaKind kind, AreaId parent) {
    return l.areas.add(code, kind, code, parent, false, {}, {});
  }
  PersonId person(const char* code) { return l.people.create(code, code, "", at(1)); }
  community::HolderFacts of(PersonId id) { return l.coverage.facts(rules, zone, at(1000)).people.at(id); }

  Ledgers l{*db, cipher};
  CoverageRules rules = *CoverageRules::read(LINLI_SOURCE_DIR "/config/coverage.toml");
  Zone zone = *Zone::find("Asia/Shanghai");
  AreaId d = area("d", district, {});
  AreaId s = area("s", street, d);
  AreaId c1 = area("c1", AreaKind::community, s), c2 = area("c2", AreaKind::community, s);
  AreaId hp = area("hp", compound, c1);
  AreaId one = area("hp-1", building, hp);
};

TEST_F(CoverageLedgerTest, households_are_counted_where_they_stand) {
  area("hp-1-101", household, one);
  area("hp-1-102", household, one);
  area("c2-yard-1", household, area("c2-yard", courtyard, c2));
  auto facts = l.coverage.facts(rules, zone, at(1000));
  EXPECT_EQ(facts.areas.size(), 7u);
  EXPECT_EQ(facts.households.at(one), 2);
  EXPECT_EQ(facts.households.size(), 2u);
  // For one building: its community, and what stands above.
  facts = l.coverage.facts(rules, zone, at(1000), one);
  EXPECT_EQ(facts.areas.size(), 5u);
  EXPECT_EQ(facts.households.size(), 1u);
  EXPECT_EQ(l.coverage.facts(rules, zone, at(1000), s).areas.size(), 7u);
}

TEST_F(CoverageLedgerTest, whoever_stands_in_is_who_counts) {
  PersonId gone = person("gone"), stands_in = person("stands-in");
  l.appointments.add(gone, Role::grid_leader, hp, at(1), at(500), stands_in);
  auto facts = l.coverage.facts(rules, zone, at(1000));
  ASSERT_EQ(facts.holders.size(), 1u);
  EXPECT_EQ(facts.holders[0].person, stands_in);
  EXPECT_EQ(facts.holders[0].area, hp);
}

TEST_F(CoverageLedgerTest, reached_on_the_platform_and_active_by_what_was_done) {
  PersonId leader = person("leader");
  l.appointments.add(leader, Role::grid_leader, hp, at(1), {}, {});
  EXPECT_FALSE(of(leader).reachable);
  EXPECT_FALSE(of(leader).last_act);
  l.people.add_contact(leader, "demo", "o1");
  EXPECT_TRUE(of(leader).reachable);
  EXPECT_FALSE(of(leader).last_act);
  db->execute("update contact set last_message_at = 700");
  EXPECT_EQ(of(leader).last_act, at(700));
  Task task;
  task.opened_at = at(1);
  l.tasks.open(task);
  l.tasks.record({task.id, at(800), 1, leader, "accepted", {}, ""});
  EXPECT_EQ(of(leader).last_act, at(800));
  Post post{{}, "p", hp, "北门", {}, 100, "", ""};
  l.shifts.add_post(post);
  auto shift = l.shifts.find(l.shifts.add(post.id, leader, at(800), at(900)))->shift;
  shift.in_at = at(810);
  l.shifts.save(shift);
  EXPECT_EQ(of(leader).last_act, at(810));
  AreaId home = area("hp-1-101", household, one);
  l.checkins.enter({.household = home,
                    .day = "1970-01-01",
                    .person = leader,
                    .at = at(820),
                    .state = {},
                    .via = "proxy",
                    .entered_by = leader});
  EXPECT_EQ(of(leader).last_act, at(820));
  db->execute("update contact set followed = 0");
  EXPECT_FALSE(of(leader).reachable);
}

TEST_F(CoverageLedgerTest, hours_of_posts_that_nobody_stands_where_posts_are_stood) {
  Post gate{{}, "gate", hp, "北门", {}, 100, "", ""}, closed{{}, "shut", hp, "旧门", {}, 100, "", ""};
  l.shifts.add_post(gate);
  l.shifts.add_post(closed);
  l.shifts.add_hours(gate.id, {community::every_day, 0, 1440});
  l.shifts.add_hours(closed.id, {community::every_day, 0, 1440});
  l.shifts.close_post(closed.id, at(1));
  EXPECT_TRUE(l.coverage.facts(rules, zone, at(0)).posts.empty());  // in normal times posts are not stood
  l.areas.set_level(hp, "alert");
  auto posts = l.coverage.facts(rules, zone, at(0)).posts;
  ASSERT_EQ(posts.size(), 1u);
  EXPECT_EQ(posts[0].area, hp);
  EXPECT_EQ(posts[0].bare, "1月1日 08:00到08:00");  // at(0) is 08:00 in Shanghai
  PersonId early = person("early"), late = person("late");
  l.shifts.add(gate.id, early, at(-3600), at(10 * 3600));
  auto second = l.shifts.add(gate.id, late, at(11 * 3600), at(24 * 3600));
  EXPECT_EQ(l.coverage.facts(rules, zone, at(0)).posts[0].bare, "1月1日 18:00到19:00");
  auto shift = l.shifts.find(second)->shift;
  shift.state = ShiftState::declined;
  l.shifts.save(shift);
  EXPECT_EQ(l.coverage.facts(rules, zone, at(0)).posts[0].bare, "1月1日 18:00到08:00");
  l.shifts.add(gate.id, early, at(10 * 3600), at(25 * 3600));
  EXPECT_EQ(l.coverage.facts(rules, zone, at(0)).posts[0].bare, "");
}

TEST_F(CoverageLedgerTest, a_connection_that_only_reads_is_enough) {
  TemporaryFolder folder;
  DatabaseOptions options{.path = folder.file("linli.db")};
  auto writing = open_database(options);
  AreaLedger(*writing).add("d", district, "d", {}, false, {}, {});
  options.read_only = true;
  auto reading = open_database(options);
  AreaLedger areas(*reading);
  AppointmentLedger appointments(*reading, areas);
  CoverageLedger coverage(*reading, areas, appointments);
  EXPECT_EQ(coverage.facts(rules, zone, at(1000)).areas.size(), 1u);
  EXPECT_THROW(areas.add("e", district, "e", {}, false, {}, {}), StorageError);
  AreaLedger(*writing).add("e", district, "e", {}, false, {}, {});  // and nobody stood in the way
  EXPECT_EQ(coverage.facts(rules, zone, at(1000)).areas.size(), 2u);
  EXPECT_FALSE(Database::open({.path = folder.file("none.db"), .read_only = true}));
}

}  // namespace
}  // namespace linli::store
