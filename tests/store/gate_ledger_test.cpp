#include "bot/store/gate_ledger.hpp"

#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

class GateLedgerTest : public StoreTest {
 protected:
  GateLedgerTest() {
    db->execute(
        "insert into area (id, code, kind, name, path) values (1, 'hp', 'compound', '和平苑', '/1/')");
    db->execute(
        "insert into area (id, code, kind, name, parent, path) values (2, 'hp-1', 'household', '101', 1, "
        "'/1/2/')");
  }
  GateRow write(std::string_view day, Time when, std::string_view words) {
    GateRow row{.site = AreaId{1},
                .day = std::string(day),
                .at = when,
                .entered_by = amy,
                .entry = community::read_gate_entry(words)};
    gate.add(row);
    return row;
  }

  PersonLedger people{*db, cipher};
  GateLedger gate{*db, cipher};
  ObservationLedger observations{*db, cipher};
  PersonId amy = people.create("amy", "", "", at(1));
  GateScope all{"/1/", {}};
};

}  // namespace

TEST_F(GateLedgerTest, NumbersBeginAnewEachDayAndAreNeverUsedTwice) {
  EXPECT_EQ(write("2026-03-02", at(10), "晋a12345 送货 3号楼").number, 1);
  auto second = write("2026-03-02", at(11), "访客 张三 找3号楼");
  EXPECT_EQ(second.number, 2);
  gate.drop(second);
  EXPECT_EQ(write("2026-03-02", at(12), "劝返 快递 没带口罩").number, 3);
  EXPECT_EQ(write("2026-03-03", at(90000), "晋a12345 送货 3号楼").number, 1);
  EXPECT_FALSE(gate.find(AreaId{1}, "2026-03-02", 2));
  auto counts = gate.counts(all, "2026-03-02");
  EXPECT_EQ(counts[community::GateKind::vehicle], 1);
  EXPECT_EQ(counts[community::GateKind::visitor], 0);
  EXPECT_EQ(gate.newest(all, "2026-03-02", 5).front().entry.reason, "没带口罩");
}

TEST_F(GateLedgerTest, PlatesAndNamesAreSealed) {
  write("2026-03-02", at(10), "晋a12345 送货 3号楼");
  Statement raw(*db, "select words_sealed from gate_entry");
  EXPECT_EQ(std::get<0>(*raw.one<std::string>()).find("12345"), std::string::npos);
  EXPECT_EQ(gate.find(AreaId{1}, "2026-03-02", 1)->entry.plate, "晋A12345");
}

TEST_F(GateLedgerTest, OldEntriesGo) {
  write("2026-03-02", at(10), "晋a12345 送货 3号楼");
  write("2026-03-03", at(90000), "晋a12345 送货 3号楼");
  EXPECT_TRUE(gate.sweep(at(20)));
  EXPECT_FALSE(gate.find(AreaId{1}, "2026-03-02", 1));
  EXPECT_TRUE(gate.find(AreaId{1}, "2026-03-03", 1));
  EXPECT_FALSE(gate.sweep(at(90001)));
}

TEST_F(GateLedgerTest, AnObservationRunsUntilItIsEnded) {
  Observation observation{
      .household = AreaId{2}, .from_day = "2026-03-02", .days = 14, .from_place = "太原", .started_by = amy};
  observations.start(observation);
  EXPECT_EQ(observations.of_household(AreaId{2})->from_place, "太原");
  EXPECT_EQ(observations.below("/1/").size(), 1u);
  observations.end(observation.id, at(5));
  EXPECT_FALSE(observations.of_household(AreaId{2}));
  EXPECT_FALSE(observations.find(observation.id));
}

}  // namespace linli::store
