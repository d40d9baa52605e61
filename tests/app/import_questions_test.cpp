// questions.csv: previewed, taken whole or not at all, and the same again when it was exported.
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

#include "bot/app/export.hpp"
#include "bot/app/import.hpp"
#include "bot/app/settings.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/question_ledger.hpp"

namespace linli::app {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const fs::path sample = fs::path(LINLI_SOURCE_DIR) / "config/sample";
constexpr const char* head = "id,wordings,answer,source,date,valid_until,area,level\n";

class ImportQuestionsTest : public ::testing::Test {
 protected:
  ImportQuestionsTest() {
    std::string pattern = (fs::temp_directory_path() / "linli-questions-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder = pattern;
    db = store::Database::open({.path = (folder / "linli.db").string()}).value();
    std::ofstream(folder / "areas.csv") << "code,kind,name,parent\nd,district,安和区,\ns,street,青槐街道,d\n";
  }
  ~ImportQuestionsTest() override {
    db.reset();
    fs::remove_all(folder);
  }
  void write(const std::string& rows) { std::ofstream(folder / "questions.csv") << head << rows; }
  Result<ImportSummary> import(const fs::path& from, bool dry_run = false) {
    return import_folder(*db, cipher, from.string(),
                         {.now = parse_time(zone, "2026-03-02 08:00").value(),
                          .zone = zone,
                          .dry_run = dry_run,
                          .account = "main",
                          .area_rules = fs::path(LINLI_SOURCE_DIR) / "config/areas.toml"});
  }
  std::vector<store::Due> waiting() {
    auto dues = store::DueLedger(*db).of_topic("policy_question");
    return dues;
  }

  Zone zone = Zone::find("Asia/Shanghai").value();
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  fs::path folder;
  std::unique_ptr<store::Database> db;
};

TEST_F(ImportQuestionsTest, TheSampleListIsTakenAndExportedAndTheSameAgain) {
  auto first = import(sample);
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_GE(first->questions, 40);
  EXPECT_THAT(waiting(), IsEmpty());  // nobody serves it yet, nobody was told anything
  Settings settings;
  settings.time_zone = "Asia/Shanghai";
  settings.database = (folder / "linli.db").string();
  ExportRun run;
  run.folder = folder / "out";
  run.tables = {"questions"};
  ASSERT_EQ(export_command(settings, run), 0);
  auto again = import(folder / "out");
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(again->questions, 0);
  EXPECT_EQ(again->changed, 0);
  EXPECT_EQ(again->unchanged, first->questions);
}

TEST_F(ImportQuestionsTest, APreviewTakesNothing) {
  write("Q1,能出小区吗|让出去吗,能,社区,2026-03-01,,,\n");
  auto preview = import(folder, true);
  ASSERT_TRUE(preview) << preview.error().text;
  EXPECT_THAT(preview->changes, Contains("new question Q1"));
  EXPECT_THAT(store::QuestionLedger(*db, cipher).list(), IsEmpty());
}

TEST_F(ImportQuestionsTest, AChangedAnswerIsToldByTheServer) {
  write("Q1,能出小区吗,能,社区,2026-03-01,,,\nQ2,几点开门,八点,社区,2026-03-01,,,\n");
  ASSERT_TRUE(import(folder));
  write(
      "Q1,能出小区吗,不能,社区,2026-03-02,2026-04-01,s,alert\nQ2,几点开门,八点,社区,2026-03-01,,,\nQ3,"
      "几点关门,九点,社区,2026-03-01,,,\n");
  auto changed = import(folder);
  ASSERT_TRUE(changed) << changed.error().text;
  EXPECT_THAT(changed->changes, Contains("changed question Q1: answer, date, valid_until, area, level"));
  EXPECT_EQ(changed->unchanged, 1 + 2);  // and two areas
  store::QuestionLedger questions(*db, cipher);
  auto first = questions.find_by_code("Q1");
  EXPECT_EQ(first->answer, "不能");
  EXPECT_EQ(questions.version(first->id), 2);
  EXPECT_THAT(waiting(), SizeIs(2));  // Q1 and the new Q3: the server looks at both
}

TEST_F(ImportQuestionsTest, EveryFaultNamesFileLineAndColumn) {
  write(
      "Q1,,能,社区,2026-03-01,,,\n"
      "Q1,能出小区吗,能,社区,2026-03-01,,,\n"
      "Q2,能进小区吗,,社区,,,nowhere,war\n"
      "Q3,几点开门,八点,社区,2026-03-01,2026-02-01,,\n"
      "Q4,几点关门,=1+1,,2026-13-01,,,\n"
      "Q5,门牌怎么办,a,b,2026-03-01,,,\nQ6,门牌怎么办？,a,b,2026-03-01,,,\nQ7,？,a,b,2026-03-01,,,\n");
  auto read = import(folder);
  ASSERT_FALSE(read);
  const std::string& text = read.error().text;
  for (const char* fault :
       {"questions.csv:2:2: wordings: must not be empty",
        "questions.csv:3:1: id: this code stands in the file twice",
        "questions.csv:4:3: answer: must not be empty", "questions.csv:4:5: date: must not be empty",
        "questions.csv:4:7: area: no area has this code",
        "questions.csv:4:8: level: must be normal, alert or emergency",
        "questions.csv:5:6: valid_until: is before the day",
        "questions.csv:6:3: answer: begins with =", "questions.csv:6:4: source: must not be empty",
        "questions.csv:6:5: date: is no day", "questions.csv:8:2: wordings: asks what Q5 answers already",
        "questions.csv:9:2: wordings: has a wording with nothing to compare"})
    EXPECT_THAT(text, HasSubstr(fault)) << text;
  EXPECT_THAT(store::QuestionLedger(*db, cipher).list(), IsEmpty());
  EXPECT_FALSE(db->in_transaction());
}

}  // namespace
}  // namespace linli::app
