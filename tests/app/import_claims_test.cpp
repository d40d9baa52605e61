// The list of stories: taken from CSV or JSON lines, changed by another import, written back as it was.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "bot/app/export_claims.hpp"
#include "bot/app/import.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/due_ledger.hpp"

namespace linli::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ImportClaimsTest : public ::testing::Test {
 protected:
  ImportClaimsTest() {
    std::string pattern = (fs::temp_directory_path() / "linli-claims-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder = pattern;
    areas.add("ah", community::AreaKind::district, "安和区", {}, false, {}, {});
  }
  ~ImportClaimsTest() override { fs::remove_all(folder); }

  void write(const char* name, const std::string& text) { std::ofstream(folder / name) << text; }
  std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }
  Result<ImportSummary> import(const char* now = "2026-03-02 08:00", bool dry_run = false) {
    return import_folder(*db, cipher, folder.string(),
                         {.now = time(now),
                          .zone = zone,
                          .dry_run = dry_run,
                          .account = "main",
                          .area_rules = fs::path(LINLI_SOURCE_DIR) / "config/areas.toml",
                          .beside_house = true});
  }
  std::string refusal() {
    auto imported = import();
    EXPECT_FALSE(imported);
    EXPECT_THAT(claims.all(), IsEmpty());  // nothing half
    return imported ? "" : imported.error().text;
  }
  store::Claim claim(const char* code) { return claims.find_by_code(code).value(); }
  Time time(const char* text) { return parse_time(zone, text).value(); }

  Zone zone = Zone::find("Asia/Shanghai").value();
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db = store::Database::open({}).value();
  store::AreaLedger areas{*db};
  store::ClaimLedger claims{*db, cipher};
  fs::path folder;
};

constexpr const char* two_lines =
    R"({"id":"C1","canonical_text":"小区水箱投了药，自来水不能喝","verdict":"false","clarification":"没有投药。","source":"供水站","date":"2026-03-01","valid_until":"2026-03-31","area":"ah","variants":["自来水|投毒了","https://example.com/news/7?from=timeline"]}
{"id":"C2","canonical_text":"透析病人可以派车接送","verdict":"true","clarification":"提前一天说。"}
)";

TEST_F(ImportClaimsTest, JsonLinesAreTakenWhole) {
  write("claims.jsonl", std::string("\xEF\xBB\xBF") + two_lines);
  auto imported = import();
  ASSERT_TRUE(imported) << imported.error().text;
  EXPECT_EQ(imported->claims, 2);
  store::Claim first = claim("C1");
  EXPECT_EQ(first.verdict, store::Verdict::not_true);
  EXPECT_EQ(first.decided_at, time("2026-03-01 00:00"));
  EXPECT_EQ(first.valid_until, time("2026-04-01 00:00"));
  EXPECT_EQ(areas.find(first.area)->code, "ah");
  EXPECT_THAT(claims.wordings(first.id),
              ElementsAre("小区水箱投了药，自来水不能喝", "自来水|投毒了", "example.com/news/7"));
  EXPECT_EQ(claims.match_url("example.com/news/7")->id, first.id);
  EXPECT_EQ(claim("C2").decided_at, time("2026-03-02 08:00"));
}

TEST_F(ImportClaimsTest, AreWrittenBackAndTakenAgainUnchanged) {
  write("claims.jsonl", two_lines);
  ASSERT_TRUE(import());
  fs::path first = folder / "first", second = folder / "second";
  fs::create_directories(first);
  fs::create_directories(second);
  EXPECT_EQ(export_claims(*db, cipher, zone, first).value(), 2u);
  for (const char* form : {"claims.jsonl", "claims.csv"}) {
    auto other = store::Database::open({}).value();
    store::AreaLedger(*other).add("ah", community::AreaKind::district, "安和区", {}, false, {}, {});
    fs::path one = folder / form;
    fs::remove(folder / "claims.jsonl");
    fs::copy(first / form, one);
    ImportOptions options{.now = time("2026-03-03 08:00"),
                          .zone = zone,
                          .account = "main",
                          .area_rules = fs::path(LINLI_SOURCE_DIR) / "config/areas.toml"};
    auto imported = import_folder(*other, cipher, folder.string(), options);
    ASSERT_TRUE(imported) << imported.error().text;
    EXPECT_EQ(export_claims(*other, cipher, zone, second).value(), 2u);
    if (std::string_view(form) == "claims.jsonl") {
      EXPECT_EQ(read(second / form), read(first / form));
    }
    auto again = import_folder(*other, cipher, folder.string(), options);
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(again->unchanged, 2);
    EXPECT_THAT(again->changes, IsEmpty());
    fs::remove(one);
  }
  EXPECT_THAT(read(first / "claims.csv"),
              HasSubstr("C1,小区水箱投了药，自来水不能喝,false,没有投药。,供水站,2026-03-01,2026-03-31,ah,"
                        "自来水/投毒了|https://example.com/news/7"));
}

TEST_F(ImportClaimsTest, BadLinesAreNamedAndNothingIsTaken) {
  write(
      "claims.jsonl",
      std::string(two_lines) + "{\"id\":\"C3\",\n[]\n" +
          R"({"id":"C1","canonical_text":"别的","verdict":"maybe","clarification":"x","area":"nowhere","date":"2026-02-30"}
{"id":"C4","canonical_text":7,"verdict":"true","clarification":"x","variants":"y","colour":"red"}
{"id":"C5","canonical_text":"透析病人可以派车接送！","verdict":"true","clarification":"x","date":"2026-03-09"}
)");
  std::string text = refusal();
  EXPECT_THAT(text, HasSubstr("claims.jsonl:3: "));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:4: expected an object"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:5: id: this id stands in the file twice"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:5: verdict: must be false, true, misleading or unproven"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:5: area: no area has this code"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:5: date: is no day of the calendar"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:6: canonical_text: must be a text"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:6: variants: must be a list of texts"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:6: colour: is not known"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:7: canonical_text: is a wording of another claim already"));
  EXPECT_THAT(text, HasSubstr("claims.jsonl:7: date: lies in the future"));
  EXPECT_THAT(text, HasSubstr("nothing was imported"));
  EXPECT_THAT(text, Not(HasSubstr("透析")));  // no cell
}

TEST_F(ImportClaimsTest, AnotherImportChangesWhatItSaysAndAnOldOneChangesNoVerdict) {
  write(
      "claims.csv",
      "id,canonical_text,verdict,clarification,date\nC1,小区水箱投了药不能喝,false,没有投药。,2026-03-01\n");
  ASSERT_TRUE(import());
  store::DueLedger dues(*db);
  EXPECT_EQ(dues.of_topic("rumour_report").size(), 1u);
  write("claims.csv",
        "id,canonical_text,verdict,clarification,source,variants\nC1,小区水箱投了药不能喝,false,水质合格。,"
        "供水站,水箱里有农药\n");
  auto changed = import("2026-03-03 08:00", true);
  ASSERT_TRUE(changed) << changed.error().text;
  EXPECT_THAT(changed->changes, ElementsAre("changed claim C1: clarification, source, variants"));
  EXPECT_EQ(claim("C1").clarification, "没有投药。");  // a dry run
  ASSERT_TRUE(import("2026-03-03 08:00"));
  EXPECT_EQ(claim("C1").clarification, "水质合格。");
  EXPECT_EQ(claim("C1").decided_at, time("2026-03-01 00:00"));

  store::Claim decided = claim("C1");  // in the chat
  decided.verdict = store::Verdict::misleading;
  decided.decided_at = time("2026-03-04 10:00");
  claims.save(decided);
  auto old = import("2026-03-05 08:00");
  ASSERT_FALSE(old);
  EXPECT_THAT(old.error().text,
              HasSubstr("claims.csv:2:3: verdict: differs from what was decided on 2026-03-04"));
  EXPECT_EQ(claim("C1").verdict, store::Verdict::misleading);
  write("claims.csv",
        "id,canonical_text,verdict,clarification,date\nC1,小区水箱投了药不能喝,true,有人投药。,2026-03-05\n");
  auto newer = import("2026-03-05 08:00");
  ASSERT_TRUE(newer) << newer.error().text;
  EXPECT_THAT(newer->changes, ElementsAre("changed claim C1: verdict, clarification"));
  EXPECT_EQ(claim("C1").verdict, store::Verdict::is_true);
}

TEST_F(ImportClaimsTest, WhatWasTakenBackStaysSo) {
  write(
      "claims.csv",
      "id,canonical_text,verdict,clarification,date\nC1,小区水箱投了药不能喝,false,没有投药。,2026-03-01\n");
  ASSERT_TRUE(import());
  store::Claim withdrawn = claim("C1");
  withdrawn.withdrawn_at = time("2026-03-02 09:00");
  claims.save(withdrawn);
  ASSERT_TRUE(import("2026-03-04 08:00"));
  EXPECT_FALSE(claim("C1").answered(time("2026-03-04 08:00")));
  EXPECT_EQ(export_claims(*db, cipher, zone, folder).value(), 0u);
  write(
      "claims.csv",
      "id,canonical_text,verdict,clarification,date\nC1,小区水箱投了药不能喝,false,没有投药。,2026-03-03\n");
  fs::remove(folder / "claims.jsonl");
  ASSERT_TRUE(import("2026-03-04 08:00"));
  EXPECT_TRUE(claim("C1").answered(time("2026-03-04 08:00")));
}

}  // namespace
}  // namespace linli::app
