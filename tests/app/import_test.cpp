#include "bot/app/import.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <sstream>

#include "bot/store/appointment_ledger.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/household_register.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
    return import_folder(*db, cipher, from.string(),
                         {.now = time("2026-03-02 08:00"),
                          .zone = zone,
                          .dry_run = dry_run,
                          .account = "main",
                          .area_rules = fs::path(LINLI_SOURCE_DIR) / "config/areas.toml"});
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
  EXPECT_EQ(imported->organisations, count("organisation"));
  EXPECT_EQ(imported->appointments, count("appointment"));
  EXPECT_EQ(imported->posts, count("post"));
  EXPECT_EQ(imported->claims, count("claim"));
  EXPECT_EQ(imported->pairings, count("pairing"));
  EXPECT_GT(imported->pairings, 0);
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

TEST_F(ImportTest, PatrolPointsAreAddedChangedAndClosed) {
  write("areas.csv",
        "code,kind,name,parent,unmanaged,lat,lon\nd,district,区,,0,37.87,112.48\ns,street,街,d,0,,\n"
        "c,community,社区,s,0,,\nhp,compound,和平苑,c,0,,\n");
  const std::string header = "code,name,area,lat,lon,radius_m,every,code_word,closed\n";
  write("patrol_points.csv",
        header + "p1,北门,hp,37.87,112.48,50,4h,3051,\np2,垃圾房,hp,37.87,112.48,50,1d,,\n");
  auto imported = import(folder);
  ASSERT_TRUE(imported) << imported.error().text;
  EXPECT_EQ(imported->patrol_points, 2);
  EXPECT_THAT(imported->text(), HasSubstr("2 patrol points"));
  auto again = import(folder);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->patrol_points, 0);
  EXPECT_EQ(again->changed, 0);
  write("patrol_points.csv",
        header + "p1,北门,hp,37.87,112.48,80,2h,,\np2,垃圾房,hp,37.87,112.48,50,1d,,1\n");
  auto preview = import(folder, true);
  ASSERT_TRUE(preview);
  EXPECT_THAT(preview->changes,
              ElementsAre("changed patrol point p1: radius_m, every", "changed patrol point p2: closed"));
  EXPECT_EQ(
      std::get<0>(*store::Statement(*db, "select radius_m from patrol_point where code = 'p1'").one<int>()),
      50);
  ASSERT_TRUE(import(folder));
  EXPECT_EQ(
      std::get<0>(*store::Statement(*db, "select every_s from patrol_point where code = 'p1'").one<int>()),
      7200);
  EXPECT_EQ(
      std::get<0>(
          *store::Statement(*db, "select code_word from patrol_point where code = 'p1'").one<std::string>()),
      "3051");  // an empty cell changes nothing
  EXPECT_EQ(
      std::get<0>(*store::Statement(*db, "select closed from patrol_point where code = 'p2'").one<int>()), 1);
}

TEST_F(ImportTest, APatrolPointThatIsWrongKeepsEverythingOut) {
  write("areas.csv",
        "code,kind,name,parent,unmanaged,lat,lon\nd,district,区,,0,37.87,112.48\ns,street,街,d,0,,\n"
        "c,community,社区,s,0,,\nhp,compound,和平苑,c,0,,\n");
  write("patrol_points.csv",
        "code,name,area,lat,lon,radius_m,every,code_word\np1,北门,hp,37.87,112.48,50,4,3051\n"
        "p2,北门,hp,97,112.48,5,4h,30\np1,东门,d,37.87,112.48,50,4h,\np4,西门,nowhere,37.87,112.48,50,4h,\n"
        "p5,南门,hp,37.87,112.48,50,4h,\np6,南门,hp,37.87,112.48,50,4h,\n");
  std::string said = refusal(folder);
  for (const char* part :
       {"patrol_points.csv:2:7: every", "patrol_points.csv:3:4: lat", "patrol_points.csv:3:6: radius_m",
        "patrol_points.csv:3:8: code_word", "patrol_points.csv:4:1: code", "patrol_points.csv:4:3: area",
        "patrol_points.csv:5:3: area", "patrol_points.csv:7:2: name"})
    EXPECT_THAT(said, HasSubstr(part));
  EXPECT_EQ(count("patrol_point"), 0);
  EXPECT_EQ(count("area"), 0);
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

TEST_F(ImportTest, PairingsBeginAndEnd) {
  ASSERT_TRUE(import(sample));
  write("pairings.csv", "organisation,area,ended\npolice-qh,hysq,1\nclinic-hp,hp,\n");
  auto preview = import(folder, true);
  ASSERT_TRUE(preview) << preview.error().text;
  EXPECT_THAT(preview->changes,
              ElementsAre("ended pairing police-qh hysq: until", "new pairing clinic-hp hp"));
  EXPECT_EQ(count("pairing where until_at is null"), 2) << "a dry run takes nothing";
  ASSERT_TRUE(import(folder));
  EXPECT_EQ(count("pairing where until_at is null"), 2);
  EXPECT_EQ(count("pairing where until_at is not null"), 1);
  write("pairings.csv", "organisation,area,ended\nclinic-hp,hp-3,\n");
  EXPECT_NE(refusal(folder).find("area: is a building; organisations are paired with a compound"),
            std::string::npos);
}

TEST_F(ImportTest, TheSameFolderAgainChangesNothing) {
  ASSERT_TRUE(import(sample));
  std::map<std::string, std::int64_t> before;
  for (const char* table : {"area", "person", "contact", "member", "organisation", "appointment", "post",
                            "shift", "rota", "claim", "pairing"}) {
    before[table] = count(table);
  }
  auto again = import(sample);
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_THAT(again->changes, IsEmpty());
  EXPECT_EQ(again->text().substr(0, again->text().find(';')),
            "0 areas, 0 people, 0 members, 0 organisations, 0 appointments, 0 posts, 0 shifts, 0 claims");
  EXPECT_EQ(again->changed + again->ended, 0);
  EXPECT_GT(again->unchanged, 1400);
  for (const auto& [table, rows] : before) EXPECT_EQ(count(table.c_str()), rows) << table;
}

TEST_F(ImportTest, AHouseholdMergedInTheFieldStaysMerged) {
  write("areas.csv",
        "code,kind,name,parent\nd,district,安和区,\ns,street,一街,d\nc,community,和平社区,s\n"
        "hp,compound,和平苑,c\nb,building,1号楼,hp\n"
        "b-101,household,101,b\nb-102,household,102,b\n");
  write("people.csv", "code,name,household\nzhang,张三,b-102\n");
  write("members.csv", "household,name\nb-102,张三\n");
  auto first = import(folder);
  ASSERT_TRUE(first) << first.error().text;
  store::AreaLedger areas(*db);
  store::PersonLedger people(*db, cipher);
  store::MemberLedger members(*db, cipher);
  store::HouseholdRegister households(*db, cipher, areas, people, members);
  AreaId kept = areas.find_by_code("b-101")->id, gone = areas.find_by_code("b-102")->id;
  PersonId zhang = *people.find_by_code("zhang");
  households.merge(kept, gone, zhang, time("2026-03-02 09:00"));
  auto again = import(folder);
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_THAT(again->changes, IsEmpty());
  EXPECT_FALSE(areas.find(gone)->parent);
  EXPECT_EQ(people.find(zhang)->home, kept);
  EXPECT_EQ(members.of_household(kept).size(), 1u);
  EXPECT_EQ(std::get<0>(*store::Statement(*db, "select households from register_count where area = :b")
                             .one<std::int64_t>(areas.find_by_code("b")->id)),
            1);
}

TEST_F(ImportTest, AnAreaIsRenamedMovedAndMarkedAndAllBelowItGoesAlong) {
  write("areas.csv",
        "code,kind,name,parent,unmanaged,lat,lon\nd,district,安和区,,,,\ns1,street,一街,d,,,\n"
        "s2,street,二街,d,,,\nc,community,和平社区,s1,,,\nhp,compound,和平苑,c,,37.1,112.1\n"
        "b,building,1号楼,hp,,,\n");
  ASSERT_TRUE(import(folder));
  write("areas.csv",
        "code,kind,name,parent,unmanaged,lat,lon\nc,community,和平里社区,s2,,,\n"
        "hp,compound,和平苑,c,1,37.2,112.1\nb,building,1号楼,hp,,,\n");
  auto preview = import(folder, true);
  ASSERT_TRUE(preview) << preview.error().text;
  EXPECT_THAT(preview->changes,
              ElementsAre("changed area c: name, parent", "changed area hp: unmanaged, lat, lon"));
  store::AreaLedger areas(*db);
  EXPECT_EQ(areas.find_by_code("c")->name, "和平社区");
  auto done = import(folder);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->changes, preview->changes);
  EXPECT_THAT(done->text(), HasSubstr("2 changed, 0 ended, 1 as they were"));
  EXPECT_EQ(areas.find_by_code("c")->name, "和平里社区");
  EXPECT_TRUE(areas.find_by_code("hp")->unmanaged);
  auto building = *areas.find_by_code("b");
  EXPECT_EQ(areas.above(building.id, community::AreaKind::street)->code, "s2");
  EXPECT_TRUE(building.path.starts_with(areas.find_by_code("s2")->path)) << building.path;
  EXPECT_EQ(areas.below(areas.find_by_code("s2")->id, community::AreaKind::building).size(), 1u);
  EXPECT_THAT(areas.below(areas.find_by_code("s1")->id, community::AreaKind::building), IsEmpty());
}

TEST_F(ImportTest, AMoveThatBreaksTheRulesIsRefused) {
  write("areas.csv",
        "code,kind,name,parent\nd,district,安和区,\ns,street,一街,d\nc,community,和平社区,s\n"
        "y,courtyard,粮站院,c\nb,building,1号楼,y\n");
  ASSERT_TRUE(import(folder));
  write("areas.csv", "code,kind,name,parent\ny,courtyard,粮站院,b\n");
  EXPECT_THAT(refusal(folder), HasSubstr("areas.csv:2:4: parent: a courtyard cannot stand below a building"));
  write("areas.csv", "code,kind,name,parent\ns,compound,一街,c\nb,building,1号楼,d\n");
  std::string text = refusal(folder);
  EXPECT_THAT(text, HasSubstr("areas.csv:2:2: kind: is a street in the database"));
  EXPECT_THAT(text, HasSubstr("areas.csv:3:4: parent: a building cannot stand below a district"));
  write("areas.csv", "code,kind,name,parent\nd,district,安和区,b\n");
  EXPECT_THAT(refusal(folder), HasSubstr("areas.csv:2:4: parent: a district stands below nothing"));
}

TEST_F(ImportTest, APersonIsChangedAndAnEmptyCellChangesNothing) {
  ASSERT_TRUE(import(sample));
  write(
      "people.csv",
      "code,name,phone,openid,household\nresident-a,居民甲,,,\nresident-b,居民乙,19911113333,,hp-3-1-301\n");
  auto done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
  EXPECT_THAT(done->changes, ElementsAre("changed person resident-b: phone, household"));
  EXPECT_EQ(done->unchanged, 1);
  store::PersonLedger people(*db, cipher);
  EXPECT_EQ(people.phone(*people.find_by_code("resident-a")), "19900000001");
  EXPECT_EQ(people.phone(*people.find_by_code("resident-b")), "19911113333");
  write("people.csv", "code,name,openid\nresident-a,居民甲,oSandbox00000000000000000002\n");
  EXPECT_THAT(refusal(folder), HasSubstr("people.csv:2:3: openid: belongs to somebody else"));
}

TEST_F(ImportTest, AnAppointmentEndsByItsLastDayAndASuccessorIsNew) {
  ASSERT_TRUE(import(sample));
  write("appointments.csv",
        "person,role,area,from,until,substitute,organisation,badge\n"
        "grid-hp,grid_leader,hp,2026-01-01,2026-03-10,,,\nvol-a,grid_leader,hp,2026-03-11,,vol-b,,HP08\n"
        "grid-hl,grid_leader,hl,2026-01-01,,vol-a,,\n");
  auto done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
  EXPECT_THAT(done->changes, ElementsAre("ended appointment grid-hp grid_leader hp: until",
                                         "new appointment vol-a grid_leader hp",
                                         "changed appointment grid-hl grid_leader hl: substitute"));
  store::AreaLedger areas(*db);
  store::AppointmentLedger appointments(*db, areas);
  store::PersonLedger people(*db, cipher);
  auto leader = [&](const char* when) {
    return appointments
        .holders({community::Role::grid_leader, {}}, areas.find_by_code("hp-3")->id, time(when))
        .front()
        .person;
  };
  EXPECT_EQ(leader("2026-03-10 23:59"), *people.find_by_code("grid-hp"));
  EXPECT_EQ(leader("2026-03-11 00:00"), *people.find_by_code("vol-a"));
  EXPECT_EQ(count("due where key like 'appointment:%'"), 1);  // what is in hand is handed over then
}

TEST_F(ImportTest, ABadgeOfSomebodyAppointedBeforeIsNamed) {
  ASSERT_TRUE(import(sample));
  write("appointments.csv",
        "person,role,area,from,until,substitute,organisation,badge\nvol-a,patroller,hp,2026-03-01,,,,HP07\n");
  EXPECT_THAT(refusal(folder), HasSubstr("appointments.csv:2:8: badge: is on the badge of somebody else"));
  // Handed from one to the other in the same file, in whatever order of the rows.
  write("appointments.csv",
        "person,role,area,from,until,substitute,organisation,badge\nvol-a,patroller,hp,2026-03-01,,,,HP07\n"
        "grid-hp,grid_leader,hp,2026-01-01,,,,HP99\n");
  auto done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
}

TEST_F(ImportTest, HoursOfAPostThatIsThereAreChanged) {
  ASSERT_TRUE(import(sample));
  store::ShiftLedger shifts(*db, cipher);
  auto posts = shifts.posts();
  auto post = std::ranges::find_if(posts, [](const store::Post& one) { return one.code == "hp-north"; });
  ASSERT_NE(post, posts.end());
  auto line = [&](const char* hours) {
    store::AreaLedger areas(*db);
    return fmt::format("code,area,name,lat,lon,radius_m,hours\n{},{},{},{},{},{},{}\n", post->code,
                       areas.find(post->area)->code, post->name, post->place.lat, post->place.lon,
                       post->radius_m, hours);
  };
  write("posts.csv", line("Mon-Fri 07:00-19:00"));
  auto done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
  EXPECT_THAT(done->changes, ElementsAre("changed post hp-north: hours"));
  ASSERT_EQ(shifts.hours(post->id).size(), 1U);
  EXPECT_EQ(shifts.hours(post->id).front().start_minute, 7 * 60);
  done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
  EXPECT_EQ(done->unchanged, 1);
  write("posts.csv", line(""));  // says nothing about them
  ASSERT_TRUE(import(folder));
  EXPECT_EQ(shifts.hours(post->id).size(), 1U);
}

TEST_F(ImportTest, Utf8WithAMarkAndGbkAreReadAndSaidSo) {
  write("areas.csv",
        "\xEF\xBB\xBF"
        "code,kind,name,parent\nd,district,安和区,\n");
  std::string gbk = "code,name\np1,\xCD\xF5\xD0\xE3\xD3\xA2\n";  // 王秀英
  write("people.csv", gbk);
  auto done = import(folder);
  ASSERT_TRUE(done) << done.error().text;
  EXPECT_THAT(done->encodings,
              ElementsAre("areas.csv: read as UTF-8 with BOM", "people.csv: read as GB18030"));
  store::PersonLedger people(*db, cipher);
  EXPECT_EQ(people.find(*people.find_by_code("p1"))->name, "王秀英");
}

TEST_F(ImportTest, AFileInNoKnownEncodingIsNamedWithLineAndColumn) {
  write("people.csv", "code,name\np1,\xFF\xFF\n");
  EXPECT_THAT(refusal(folder), HasSubstr("people.csv:2:2: not readable as UTF-8 or GBK"));
  write("people.csv", std::string("\xFF\xFE"
                                  "c\0o\0",
                                  6));
  EXPECT_THAT(refusal(folder), HasSubstr("people.csv:1:1: the file is UTF-16"));
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
  EXPECT_EQ(imported->text(),
            "0 areas, 1 people, 0 members, 0 organisations, 1 appointments, 0 posts, 0 shifts, 0 claims");
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
       {"area", "person", "member", "organisation", "appointment", "post", "shift", "claim", "rota"}) {
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
