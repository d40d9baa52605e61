#include "bot/app/coverage_report.hpp"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>

#include "bot/app/sample.hpp"
#include "bot/base/json.hpp"
#include "bot/store/coverage_ledger.hpp"

namespace linli::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The sample community in a file, as it is at noon of 2026-03-02; the connection that writes stays open.
class CoverageReportTest : public ::testing::Test {
 protected:
  CoverageReportTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "linli-report-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    settings.time_zone = "Asia/Shanghai";
    settings.coverage = LINLI_SOURCE_DIR "/config/coverage.toml";
    settings.policies = LINLI_SOURCE_DIR "/config/policies.toml";
    settings.levels = LINLI_SOURCE_DIR "/config/levels.toml";
    settings.database = folder / "linli.db";
    auto opened = store::Database::open({.path = settings.database});
    if (!opened) throw std::runtime_error(opened.error().text);
    db = std::move(*opened);
    auto sample = read_sample(LINLI_SOURCE_DIR "/config/sample");
    auto filled = fill(*db, cipher, *sample, zone, *parse_time(zone, "2026-03-02 08:00"), "demo",
                       std::string(LINLI_SOURCE_DIR) + "/config/areas.toml");
    if (!filled) throw std::runtime_error(filled.error().text);
  }
  ~CoverageReportTest() override { std::filesystem::remove_all(folder); }

  std::string printed(const CoverageRun& run, int expected = 0) {
    ::testing::internal::CaptureStdout();
    EXPECT_EQ(coverage_command(settings, run), expected);
    return ::testing::internal::GetCapturedStdout();
  }

  std::filesystem::path folder;
  Settings settings;
  Zone zone = *Zone::find("Asia/Shanghai");
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db;
};

TEST_F(CoverageReportTest, counts_an_area_a_line_and_then_each_gap_with_its_reason) {
  std::string text = printed({.at = "2026-03-02 12:00"});
  EXPECT_THAT(text, HasSubstr("安和区 (ah)  小区管理有人组织 13/15 处  楼栋防护有人检点"));
  EXPECT_THAT(text, HasSubstr("      粮站家属院 (lz) 无人管理  小区管理有人组织 0/1 处"));
  EXPECT_THAT(text, HasSubstr("8 gaps\n粮站家属院 (lz)  小区管理有人组织  unmanaged  7 户  "
                              "无人管理，也没有自己的网格长；由和平社区来补"));
  text = printed({.area = "hp", .at = "2026-03-02 12:00"});
  EXPECT_THAT(text, HasSubstr("和平苑 (hp)  小区管理有人组织 1/1 处"));
  EXPECT_THAT(text, HasSubstr("\n1 gaps\n和平苑 (hp)  岗位时段有人值守  post_uncovered"));
  EXPECT_THAT(text, Not(HasSubstr("槐园社区")));
  // Nobody was heard from for a month.
  EXPECT_THAT(printed({.area = "hp", .at = "2026-04-02 12:00"}), HasSubstr("网格长已经 32 天没有动静"));
}

TEST_F(CoverageReportTest, as_json_for_programs) {
  auto json = parse_json(printed({.area = "hpsq", .json = true, .at = "2026-03-02 12:00"}));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("areas")->items().size(), 5u);
  const auto& gaps = json->find("gaps")->items();
  ASSERT_EQ(gaps.size(), 4u);
  EXPECT_EQ(gaps[0].text_at("area"), "lz");
  EXPECT_EQ(gaps[0].text_at("kind"), "unmanaged");
  EXPECT_EQ(gaps[0].integer_at("households"), 7);
  EXPECT_EQ(gaps[0].text_at("filled_by"), "hpsq");
}

TEST_F(CoverageReportTest, what_is_not_there_is_named) {
  ::testing::internal::CaptureStderr();
  printed({.area = "nowhere"}, 1);
  settings.database = folder / "none.db";
  printed({}, 1);
  std::string errors = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(errors, HasSubstr("no area with the code 'nowhere'"));
  EXPECT_THAT(errors, HasSubstr("none.db: is not there"));
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

}  // namespace
}  // namespace linli::app
