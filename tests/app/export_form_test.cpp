// A department's form is the register as it stands: a line a household, nothing personal unless it is
// allowed.
#include "bot/app/export_form.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "bot/app/key_file.hpp"
#include "bot/store/campaign_ledger.hpp"
#include "bot/store/household_answers.hpp"
#include "bot/store/person_ledger.hpp"

namespace linli::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ExportFormTest : public ::testing::Test {
 protected:
  ExportFormTest() {
    std::string pattern = (fs::temp_directory_path() / "linli-form-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder = pattern;
    fs::copy(fs::path(LINLI_SOURCE_DIR) / "config/campaigns", folder / "campaigns",
             fs::copy_options::recursive);
    fs::copy(fs::path(LINLI_SOURCE_DIR) / "config/campaign.toml", folder / "campaign.toml");
    settings.time_zone = "Asia/Shanghai";
    settings.database = folder / "linli.db";
    settings.key_file = folder / "linli.key";
    settings.campaign = folder / "campaign.toml";
    SystemRandom random;
    FieldCipher cipher(*read_or_make_key(settings.key_file, settings.database, random), random);
    auto db = store::Database::open({.path = settings.database}).value();
    store::AreaLedger areas(*db);
    auto area = [&](const char* code, community::AreaKind kind, const char* name, AreaId parent) {
      return areas.add(code, kind, name, parent, false, {}, {});
    };
    AreaId community = area("c", community::AreaKind::community, "和平社区", {});
    AreaId building = area("b", community::AreaKind::building, "3号楼", community);
    AreaId door = area("b-501", community::AreaKind::household, "501", building);
    area("b-502", community::AreaKind::household, "=502", building);
    store::PersonLedger people(*db, cipher);
    PersonId officer = people.create("o", "值班", "", Time{});
    store::CampaignLedger campaigns(*db, cipher);
    store::Campaign campaign{
        .kind = "screening", .area = community, .opened_at = Time{Seconds{1}}, .opened_by = officer};
    campaigns.open(campaign);
    campaigns.set(
        campaign.id,
        {door, community::CampaignState::done, Time{Seconds{1772409600}}, {}, officer, "staff", ""});
    store::HouseholdAnswers(*db, cipher)
        .add({door, "returned", "没有外地回来的", Time{Seconds{2}}, {}, officer, campaign.id});
  }
  ~ExportFormTest() override { fs::remove_all(folder); }

  Result<std::size_t> run(const std::string& form, bool personal) {
    ExportRun wanted;
    wanted.folder = folder / "out";
    wanted.form = form;
    wanted.personal_data = personal;
    return export_form(settings, wanted);
  }
  std::string written(const std::string& form) {
    std::ostringstream text;
    text << std::ifstream(folder / "out" / (form + ".csv"), std::ios::binary).rdbuf();
    return text.str();
  }

  fs::path folder;
  Settings settings;
};

TEST_F(ExportFormTest, ALineAHouseholdAndThoseNotYetReachedToo) {
  auto rows = run("street", false);
  ASSERT_TRUE(rows) << rows.error().text;
  EXPECT_EQ(*rows, 2u);
  EXPECT_EQ(written("street"),
            "\xEF\xBB\xBF社区,楼栋,状态,时间,来源\r\n"
            "和平社区,和平社区 3号楼,完成,2026-03-02 08:00,上门或电话\r\n"
            "和平社区,和平社区 3号楼,还没到,,\r\n");
}

TEST_F(ExportFormTest, AnswersAndDoorsOnlyWithPersonalData) {
  auto refused = run("health", false);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text, HasSubstr("--with-personal-data"));
  ASSERT_TRUE(run("health", true));
  EXPECT_THAT(written("health"), HasSubstr("没有外地回来的"));
  EXPECT_THAT(written("health"), HasSubstr("501,完成"));
}

TEST_F(ExportFormTest, ACellIsNeverAFormula) {
  std::ofstream(folder / "campaigns/forms/own.toml")
      << "title = \"t\"\ncampaign = \"screening\"\n[[column]]\ntitle = \"=1+1\"\nof = \"state\"\n";
  ASSERT_TRUE(run("own", false));
  EXPECT_THAT(written("own"), HasSubstr("'=1+1"));
}

TEST_F(ExportFormTest, WhatAFormAsksForMustBeThere) {
  std::ofstream(folder / "campaigns/forms/own.toml")
      << "title = \"t\"\ncampaign = \"screening\"\n[[column]]\ntitle = \"x\"\nof = \"shoe_size\"\n";
  auto refused = run("own", false);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text, HasSubstr("own.toml:5"));
  EXPECT_FALSE(run("nowhere", false));
  EXPECT_THAT(run("../street", false).error().text, HasSubstr("without its folder"));
  std::ofstream(folder / "campaigns/forms/leaf.toml")
      << "title = \"t\"\ncampaign = \"leaflets\"\n[[column]]\ntitle = \"x\"\nof = \"state\"\n";
  EXPECT_THAT(run("leaf", false).error().text, HasSubstr("there is no campaign of kind 'leaflets'"));
}

}  // namespace
}  // namespace linli::app
