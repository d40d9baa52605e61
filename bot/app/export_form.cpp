#include "bot/app/export_form.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>

#include "bot/app/key_file.hpp"
#include "bot/community/campaign_rules.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/campaign_ledger.hpp"
#include "bot/store/household_answers.hpp"

namespace linli::app {

namespace {

using community::AreaKind;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view answer_prefix = "answer.";

struct FormColumn {
  std::string title, of;
};
struct Form {
  std::string campaign;
  std::vector<FormColumn> columns;
};

bool is_personal(std::string_view of) {
  return of == "address" || of == "household" || of == "note" || of.starts_with(answer_prefix);
}

Result<FormColumn> read_column(const TomlTable& table, const community::CampaignKind& kind,
                               bool personal_data) {
  FormColumn column;
  auto title = table.text("title");
  if (!title) return title.error();
  auto of = table.text("of");
  if (!of) return of.error();
  column = {*title, *of};
  std::vector<std::string> known = {"community", "building", "address", "household",
                                    "state",     "at",       "via",     "note"};
  for (const auto& question : kind.questions) known.push_back(std::string(answer_prefix) + question.id);
  if (std::ranges::find(known, column.of) == known.end())
    return table.wrong("of", fmt::format("'{}' is none of {}", column.of, fmt::join(known, ", ")));
  if (is_personal(column.of) && !personal_data)
    return table.wrong("of", fmt::format("'{}' is personal data; add --with-personal-data", column.of));
  return column;
}

Result<Form> read_form(const Settings& settings, const ExportRun& run) {
  auto rules = community::CampaignRules::read(settings.campaign);
  if (!rules) return rules.error();
  if (run.form.find_first_of("/\\.") != run.form.npos)
    return Error{Errc::bad_input, fmt::format("--form {}: give the name of a file of config/campaigns/forms, "
                                              "without its folder and without .toml",
                                              run.form)};
  auto path = settings.campaign.parent_path() / "campaigns" / "forms" / (run.form + ".toml");
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  auto title = file->text("title");  // for whoever reads the file
  if (!title) return title.error();
  auto campaign = file->text("campaign");
  if (!campaign) return campaign.error();
  const auto* kind = rules->of(*campaign);
  if (!kind) return file->wrong("campaign", fmt::format("'{}' is no kind of campaign", *campaign));
  Form form{*campaign, {}};
  auto columns = file->tables("column");
  if (!columns) return columns.error();
  for (const TomlTable& table : *columns) {
    auto column = read_column(table, *kind, run.personal_data);
    if (!column) return column.error();
    form.columns.push_back(std::move(*column));
  }
  if (form.columns.empty()) return file->wrong("column", "is missing: a form has at least one [[column]]");
  auto others = file->no_others();
  if (!others) return others.error();
  return form;
}

/// The one asked for by number, or the newest of the kind.
std::optional<store::Campaign> campaign_of(store::CampaignLedger& campaigns, const Form& form,
                                           const ExportRun& run) {
  if (run.campaign != 0) {
    auto found = campaigns.find(run.campaign);
    return found && found->kind == form.campaign ? found : std::nullopt;
  }
  std::optional<store::Campaign> newest;
  for (auto& one : campaigns.campaigns_between(Time{}, Time::max())) {
    if (one.kind == form.campaign) newest = std::move(one);
  }
  return newest;
}

std::string via_text(const std::string& via) {
  if (via == "self") return "住户自己";
  if (via == "staff" || via == "found") return "上门或电话";
  if (via == "filled") return "以前答过";
  return via == "objection" ? "住户说不对" : "并户";
}

}  // namespace

Result<std::size_t> export_form(const Settings& settings, const ExportRun& run) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  auto form = read_form(settings, run);
  if (!form) return form.error();
  auto db = store::Database::open({.path = settings.database, .read_only = true});
  if (!db) return db.error();
  SystemRandom random;
  auto key = read_or_make_key(settings.key_file, settings.database, random);
  if (!key) return key.error();
  FieldCipher cipher(*key, random);
  (*db)->execute("begin");  // as of one moment
  store::AreaLedger areas(**db);
  store::CampaignLedger campaigns(**db, cipher);
  store::HouseholdAnswers answers(**db, cipher);
  auto campaign = campaign_of(campaigns, *form, run);
  if (!campaign)
    return Error{Errc::not_found,
                 fmt::format("there is no campaign of kind '{}'{}; open one in chat first", form->campaign,
                             run.campaign ? fmt::format(" with number {}", run.campaign) : "")};
  std::string csv(byte_order_mark);
  for (std::size_t i = 0; i < form->columns.size(); ++i)
    csv += (i ? "," : "") + csv_cell(form->columns[i].title);
  csv += "\r\n";
  std::size_t count = 0;
  for (const auto& household : areas.below(campaign->area, AreaKind::household)) {
    if (!campaigns.includes(*campaign, household.id)) continue;
    auto entry = campaigns.of(campaign->id, household.id);
    auto cell = [&](const std::string& of) -> std::string {
      if (of == "community") {
        for (AreaKind kind : {AreaKind::community, AreaKind::village}) {
          if (auto above = areas.above(household.id, kind)) return above->name;
        }
        return {};
      }
      if (of == "building") return areas.building_text(household.parent);
      if (of == "address") return areas.address_text(household.id);
      if (of == "household") return household.code;
      if (of == "state")
        return std::string(community::title(entry ? entry->state : community::CampaignState::not_yet));
      if (of.starts_with(
              answer_prefix)) {  // of whoever is not done an old answer is not passed off as today's
        if (!entry || entry->state != community::CampaignState::done) return {};
        auto answer = answers.newest(household.id, of.substr(answer_prefix.size()), Time{});
        return answer ? answer->value : std::string();
      }
      if (!entry) return {};
      if (of == "at")
        return fmt::format("{} {}", zone->iso_day(zone->day(entry->at)), zone->clock_text(entry->at));
      return of == "via" ? via_text(entry->via) : entry->note;
    };
    for (std::size_t i = 0; i < form->columns.size(); ++i)
      csv += (i ? "," : "") + csv_cell(cell(form->columns[i].of));
    csv += "\r\n";
    ++count;
  }
  (*db)->execute("commit");
  std::error_code failed;
  std::filesystem::create_directories(run.folder, failed);
  auto path = run.folder / (run.form + ".csv");
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << csv;
  out.flush();
  if (!out)
    return Error{Errc::storage,
                 fmt::format("{}: cannot be written; name a folder that you may write to", path.string())};
  return count;
}

}  // namespace linli::app
