#include "bot/app/import.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "bot/store/appointment_ledger.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

const fs::path sample = fs::path(LINLI_SOURCE_DIR) / "config/sample";
const fs::path data = fs::path(LINLI_SOURCE_DIR) / "tests/app/data";

class ImportTest : public ::testing::Test {
 protected:
  ImportTest() {
    std::string pattern = (fs::temp_directory_path() / "linli-import-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder = pattern;
  }
  ~ImportTest() override { fs::remove_all(folder); }

  void write(const char* name, const std::string& text) { std::ofstream(folder / name) << text; }
  Result<ImportSummary> import(const fs::path& from, bool dry_run = false) {
    return import_folder(
        *db, cipher, from.string(),
        {.now = time("2026-03-02 08:00"), .zone = zone, .dry_run = dry_run, .account = "main"});
  }
  std::string refusal(const fs::path& from) {
    auto imported = import(from);
    EXPECT_FALSE(imported);
    return imported ? "" : imported.error().text;
  }
  Time time(const char* text) { return parse_time(zone, text).value(); }
  std::int64_t count(const char* table) {
    return std::get<0>(
        *store::Statement(*db, std::string("select count(*) from ") + table).one<std::int64_t>());
  }

  Zone zone = Zone::find("Asia/Shanghai").value();
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db = store::Database::open({}).value();
  fs::path folder;
};

TEST_F(ImportTest, TheSampleCommunityIsTakenWhole) {
  auto imported = import(sample);
  ASSERT_TRUE(imported) << imported.error().text;
  EXPECT_EQ(imported->areas, count("area"));
  EXPECT_EQ(imported->people, count("person"));
  EXPECT_EQ(imported->members, count("member"));
  EXPECT_EQ(imported->appointments, count("appointment"));
  EXPECT_EQ(imported->posts, count("post"));
  EXPECT_EQ(imported->claims, count("claim"));
  EXPECT_GT(imported->areas, 300);
  EXPECT_FALSE(db->in_transaction());

  store::AreaLedger areas(*db);
  store::PersonLedger people(*db, cipher);
  store::AppointmentLedger appointments(*db, areas);
  auto resident = people.admit("main", people.contact_of(*people.find_by_code("resident-a"))->openid,
                               time("2026-03-02 08:00"));
  EXPECT_EQ(resident.person.name, "居民甲");
  EXPECT_EQ(areas.building_text(resident.person.home), "和平苑 3号楼");
  auto leaders = appointments.holders({community::Role::grid_leader, {}}, resident.person.home,
                                      time("2026-03-02 08:00"));
  ASSERT_EQ(leaders.size(), 1u);
  EXPECT_EQ(people.find(leaders[0].person)->name, "网格长");
}

TEST_F(ImportTest, ShiftsOfEveryDayAreThereForTwoWeeks) {
  ASSERT_TRUE(import(sample));
  store::ShiftLedger shifts(*db, cipher);
  store::PersonLedger people(*db, cipher);
  auto on = [&](const char* who, const char* from, const char* until) {
    auto all = shifts.starting(time(from), time(until));
    return std::ranges::count_if(all, [&](const store::Duty& duty) {
      return duty.shift.person == *people.find_by_code(who) && duty.post.code == "hp-north";
    });
  };
  EXPECT_EQ(on("vol-a", "2026-03-03 06:00", "2026-03-03 06:01"), 1);
  EXPECT_EQ(on("vol-b", "2026-03-03 04:00", "2026-03-03 04:01"), 1);
  EXPECT_EQ(on("vol-a", "2026-03-01 00:00", "2026-03-15 00:00"), 14);
}

TEST_F(ImportTest, WhatIsThereAlreadyIsRefusedAndNothingChanges) {
  ASSERT_TRUE(import(sample));
  auto areas = count("area"), members = count("member");
  std::string text = refusal(sample);
  EXPECT_NE(text.find("areas.csv:2:1: code: is in the database already"), std::string::npos)
      << text.substr(0, 300);
  EXPECT_NE(text.find("people.csv:2:1: code: is in the database already"), std::string::npos);
  EXPECT_EQ(count("area"), areas);
  EXPECT_EQ(count("member"), members);
}

TEST_F(ImportTest, MorePeopleJoinWhatIsThere) {
  ASSERT_TRUE(import(sample));
  write(
      "people.csv",
      "code,name,phone,openid,household\nnew-1,新居民,19911112222,oNew000000000000000000000001,hp-3-1-302\n");
  write("appointments.csv",
        "person,role,area,from,until,substitute\nnew-1,volunteer,hp,2026-03-01,2026-03-31,resident-a\n");
  auto imported = import(folder);
  ASSERT_TRUE(imported) << imported.error().text;
  EXPECT_EQ(imported->text(), "0 areas, 1 people, 0 members, 1 appointments, 0 posts, 0 shifts, 0 claims");
  store::AreaLedger areas(*db);
  store::AppointmentLedger appointments(*db, areas);
  PersonId person = *store::PersonLedger(*db, cipher).find_by_code("new-1");
  EXPECT_TRUE(appointments.holds(person, community::Role::volunteer, time("2026-03-31 23:59")));
  EXPECT_FALSE(appointments.holds(person, community::Role::volunteer, time("2026-04-01 00:00")));
}

TEST_F(ImportTest, ADryRunTakesNothing) {
  auto imported = import(sample, true);
  ASSERT_TRUE(imported) << imported.error().text;
  EXPECT_GT(imported->areas, 300);
  EXPECT_EQ(count("area"), 0);
  EXPECT_FALSE(db->in_transaction());
}

TEST_F(ImportTest, PersonalDataIsSealed) {
  ASSERT_TRUE(import(sample));
  store::Statement sealed(
      *db,
      "select group_concat(name_sealed || phone_sealed) || (select group_concat(name_sealed || "
      "conditions_sealed) from member) from person");
  std::string all = std::get<0>(*sealed.one<std::string>());
  EXPECT_GT(all.size(), 1000u);
  for (const char* plain : {"居民甲", "19900000001", "高血压"})
    EXPECT_EQ(all.find(plain), std::string::npos) << plain;
}

TEST_F(ImportTest, AFolderWithoutFilesIsNamed) {
  std::string text = refusal(folder / "nowhere");
  EXPECT_NE(text.find("nowhere: holds none of areas.csv"), std::string::npos) << text;
}

TEST_F(ImportTest, AMissingColumnIsOneFault) {
  write("areas.csv", "code,kind,name\nd,district,安和区\n");
  EXPECT_NE(refusal(folder).find("column 'parent' is missing"), std::string::npos);
  EXPECT_EQ(count("area"), 0);
}

/// data/bad holds beside its CSV files `expected.txt`: every fault, as it must be named.
TEST_F(ImportTest, EveryFaultIsNamedAndNothingIsTaken) {
  std::string text = refusal(data / "bad");
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    auto name = line.find("/bad/");
    lines.push_back(name == std::string::npos ? line : line.substr(name + 5));
  }
  std::vector<std::string> expected;
  std::ifstream file(data / "bad/expected.txt");
  for (std::string line; std::getline(file, line);) expected.push_back(line);
  EXPECT_EQ(lines, expected) << text;
  for (const char* table :
       {"area", "person", "member", "appointment", "post", "shift", "claim", "rota"}) {
    EXPECT_EQ(count(table), 0) << table;
  }
  EXPECT_FALSE(db->in_transaction());
}

TEST_F(ImportTest, NoCellIsRepeatedInAFault) {
  write("areas.csv", "code,kind,name,parent\nd,district,安和区,\n");
  write("people.csv", "code,name,phone,openid,household\np1,王秀英,1380013800x,,d\n,张秘密,,,\n");
  std::string text = refusal(folder);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
  for (const char* cell : {"王秀英", "1380013800x", "张秘密"})
    EXPECT_EQ(text.find(cell), std::string::npos) << text;
}

TEST_F(ImportTest, AGoodRowBesideABadOneIsNotTaken) {
  write("areas.csv", "code,kind,name,parent\nd,district,安和区,\ns,street,青槐街道,nowhere\n");
  EXPECT_EQ(refusal(folder),
            (folder / "areas.csv").string() +
                ":3:4: parent: no area has this code, neither in areas.csv nor in the database\n"
                "nothing was imported; correct this and import the folder again");
  EXPECT_EQ(count("area"), 0);
}

TEST_F(ImportTest, ParentsMayStandBelowTheirChildren) {
  write("areas.csv",
        "code,kind,name,parent\nc,community,和平社区,s\ns,street,青槐街道,d\nd,district,安和区,\n");
  auto imported = import(folder);
  ASSERT_TRUE(imported) << imported.error().text;
  store::AreaLedger areas(*db);
  EXPECT_EQ(areas.chain(areas.find_by_code("c")->id).size(), 3u);
}

}  // namespace
}  // namespace linli::app
