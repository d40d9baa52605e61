// The command line: which part of linli runs, and with what. Exit 0 success, 1 failure, 2 bad usage or
// configuration.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <optional>

#include "bot/app/bulletin.hpp"
#include "bot/app/check_config.hpp"
#include "bot/app/classify.hpp"
#include "bot/app/coverage_report.hpp"
#include "bot/app/demo.hpp"
#include "bot/app/export.hpp"
#include "bot/app/import.hpp"
#include "bot/app/invite.hpp"
#include "bot/app/match.hpp"
#include "bot/app/replay.hpp"
#include "bot/app/rota_check.hpp"
#include "bot/app/simulate.hpp"
#include "bot/app/usage.hpp"

namespace {

using namespace linli;

/// Secrets are needed only by what talks to the platform; a missing one is found when that starts.
std::optional<app::Settings> settings_or_complain(const std::string& file) {
  auto settings = app::read_settings(file, app::from_environment);
  if (settings) return std::move(*settings);
  fmt::print(stderr, "{}\n", settings.error().text);
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App cli{"linli (邻里): a messaging bot back-end for a city district"};
  cli.require_subcommand(1);
  cli.failure_message(app::usage_error);
  std::string config = "config/linli.toml";
  cli.add_option("--config", config, "settings file")->capture_default_str();

  app::ServeOptions serve_options;
  auto* serve = cli.add_subcommand("serve", "receive messages from the platform and answer them");
  serve->add_flag("!--control-synchronous-normal", serve_options.synchronous_full,
                  "crash tests only: commits are not synced");
  serve->add_flag("!--control-no-unique-key", serve_options.unique_keys,
                  "crash tests only: the inbox has no unique key");

  app::SandboxRun sandbox_run;
  auto* sandbox =
      cli.add_subcommand("sandbox", "the demo: bot, imitation of the platform, phone page, sample community");
  sandbox->add_option("--port", sandbox_run.bot_port, "the bot's port; 0: a free one")->capture_default_str();
  sandbox->add_option("--phone-port", sandbox_run.phone_port, "the phone page's port; 0: a free one")
      ->capture_default_str();
  sandbox->add_option("--data", sandbox_run.data, "folder of the demo's database, emptied at start")
      ->capture_default_str();
  sandbox->add_option("--sample", sandbox_run.sample, "community folder")->capture_default_str();
  sandbox
      ->add_option("--days-behind", sandbox_run.days_behind,
                   "days that the sample's people have lived before")
      ->check(CLI::Range(0, 30))
      ->capture_default_str();
  sandbox->add_option("--at", sandbox_run.at,
                      "local time to begin with, \"2026-03-02 08:00\"; without it: now");

  app::ReplayOptions replay_options;
  auto* replay = cli.add_subcommand("replay", "play transcripts and print what differs");
  replay->add_flag("--strict", replay_options.strict, "messages that nobody asserted are a difference");
  replay->add_flag("--coverage", replay_options.coverage,
                   "afterwards list texts and dialog steps that were not reached");
  replay->add_flag("--topics", replay_options.topics, "for each line of FILE, which topic takes it")->group("");
  replay->add_option("FILE", replay_options.files, "transcripts")->required()->check(CLI::ExistingFile);

  app::ImportRun import_run;
  auto* import =
      cli.add_subcommand("import", "take a folder of CSV files into the database: all rows or none");
  import->add_option("FOLDER", import_run.folder, "areas.csv, people.csv ...")->required();
  import->add_flag("--dry-run", import_run.dry_run, "only check, and say what would be added");

  app::InviteOptions invite_options;
  auto* invite =
      cli.add_subcommand("invite", "print a single-use code that binds a phone to a person or a household");
  auto* who = invite->add_option_group("for")->require_option(1);
  who->add_option("--person", invite_options.person, "code in people.csv");
  who->add_option("--household", invite_options.household, "code in areas.csv");

  app::CoverageRun coverage_run;
  auto* coverage =
      cli.add_subcommand("coverage", "who looks after which area, and every gap with its reason");
  coverage->add_option("--area", coverage_run.area, "code in areas.csv; without it: everywhere");
  coverage->add_flag("--json", coverage_run.json, "one JSON object instead of lines");
  coverage->add_option("--at", coverage_run.at,
                       "local time to judge by, \"2026-03-02 08:00\"; without it: now");

  app::simulation::Options simulation;
  auto* simulate =
      cli.add_subcommand("simulate", "live through days with simulated people, and check the rules");
  simulate->add_option("--days", simulation.days, "days")->check(CLI::Range(1, 366))->capture_default_str();
  simulate->add_option("--residents", simulation.residents, "about so many people with a phone")
      ->check(CLI::Range(20, 1000000))
      ->capture_default_str();
  simulate->add_option("--seed", simulation.seed, "the same seed, the same days")->capture_default_str();
  simulate->add_option("--data", simulation.data,
                       "folder that keeps the database; without it nothing is kept");
  simulate->add_option("--break", simulation.breaker, "tests only: break a rule")
      ->check(CLI::IsMember(app::simulation::Bot::breakers()))
      ->group("");

  app::ExportRun export_run;
  auto* facts = cli.add_subcommand("export", "write the facts as CSV and JSON lines");
  facts->add_option("FOLDER", export_run.folder, "where to; made if missing")->required();
  facts->add_option("--tables", export_run.tables, "only these")
      ->delimiter(',')
      ->check(CLI::IsMember(app::exportable()));
  facts->add_flag("--with-personal-data", export_run.personal_data,
                  "names and words too; needs the key file");
  facts->add_option("--form", export_run.form,
                    "a department's form of a campaign, of config/campaigns/forms");
  facts->add_option("--campaign", export_run.campaign, "with --form: its number instead of the newest");
  facts->add_option("--data", export_run.data,
                    "a folder that simulate or the demo made, instead of the settings'");

  app::RotaCheckRun rota_run;
  auto* rota = cli.add_subcommand("rota", "rotas")->require_subcommand(1);
  auto* rota_check =
      rota->add_subcommand("check", "prove that every post is covered and every absence climbs");
  rota_check->add_option("--from", rota_run.from, "first day, 2026-03-02; without it: tomorrow");
  rota_check->add_option("--days", rota_run.days, "so many days")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();

  app::BulletinRun bulletin_run;
  auto* bulletin =
      cli.add_subcommand("bulletin", "a week's bulletin: page, XLSX, CSV and JSON, or on the terminal");
  bulletin->add_option("--week", bulletin_run.week, "2026-W10; without it: the last that is over");
  bulletin->add_option("--area", bulletin_run.area, "code in areas.csv; without it: everywhere");
  bulletin->add_option("--out", bulletin_run.out, "folder for the files; made if missing");
  bulletin->add_option("--from-export", bulletin_run.from_export, "count what `linli export` wrote there");
  bulletin->add_option("--data", bulletin_run.data,
                       "a folder that simulate or the demo made, instead of the settings'");
  bulletin->add_flag("--recount", bulletin_run.recount, "count anew, even if it was issued");
  auto* classify = cli.add_subcommand("classify", "what each line of standard input wants, as JSON lines");

  app::MatchRun match_run;
  auto* match =
      cli.add_subcommand("match", "which known story each line of standard input is, as JSON lines");
  match->add_option("--claims", match_run.claims, "the known stories, JSON lines")->required();
  match->add_option("--calibrate", match_run.calibrate,
                    "queries with what is expected, JSON lines: writes claim_thresholds.toml");
  match->add_option("--max-wrong", match_run.max_wrong, "share of the answers that may be wrong")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  match->add_option("--max-false", match_run.max_false, "share of unknown stories that may be offered one")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();

  auto* check = cli.add_subcommand("check-config", "read all configuration and texts, and say what is wrong");

  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : 2;
  }
  auto settings = settings_or_complain(config);
  if (!settings) return 2;
  if (serve->parsed()) return app::serve(*settings, serve_options);
  if (sandbox->parsed()) return app::run_sandbox(std::move(*settings), sandbox_run);
  if (replay->parsed()) return app::replay(*settings, replay_options);
  if (import->parsed()) return app::import_command(*settings, import_run);
  if (coverage->parsed()) return app::coverage_command(*settings, coverage_run);
  if (invite->parsed()) return app::invite(*settings, invite_options);
  if (simulate->parsed()) return app::simulate(*settings, simulation);
  if (facts->parsed()) return app::export_command(std::move(*settings), export_run);
  if (bulletin->parsed()) return app::bulletin_command(std::move(*settings), bulletin_run);
  if (rota_check->parsed()) return app::rota_check(*settings, rota_run);
  if (classify->parsed()) return app::classify(*settings);
  if (match->parsed()) return app::match(*settings, match_run);
  return check->parsed() ? app::check_config(*settings) : 2;
}
