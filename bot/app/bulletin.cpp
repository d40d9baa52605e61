#include "bot/app/bulletin.hpp"

#include <fmt/format.h>

#include "bot/app/bulletin_files.hpp"
#include "bot/app/bulletin_restore.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/store/bulletin_ledger.hpp"

namespace linli::app {

namespace {

using community::Week;

Result<Week> wanted_week(const BulletinRun& run, const Zone& zone) {
  if (!run.week.empty()) return community::parse_week(zone, run.week);
  return community::week_before(zone, community::week_of(zone, SystemClock().now()));
}

Result<BulletinPaper> make_paper(store::Database& db, const Settings& settings, const BulletinRun& run,
                                 const Zone& zone) {
  auto week = wanted_week(run, zone);
  if (!week) return week.error();
  auto levels = community::LevelRules::read(settings.levels);
  if (!levels) return levels.error();
  store::BulletinLedger ledger(db);
  BulletinPaper paper;
  paper.dated = week->until;
  auto kept = ledger.find(week->name);
  if (!kept) return kept.error();
  if (*kept && (*kept)->issued_at && !run.recount) {
    auto issued = community::read_bulletin((*kept)->body);
    if (!issued) return issued.error();
    paper.bulletin = *issued;
    paper.errata = ledger.errata(week->name);
  } else {
    Time until = run.from_export.empty() ? std::min(SystemClock().now(), week->until) : week->until;
    if (until <= week->from)
      return Error{Errc::bad_input, fmt::format("{} has not begun; name an earlier week", week->name)};
    paper.bulletin = community::make_bulletin(ledger.facts(zone, *levels, *week, until), zone);
  }
  if (run.area.empty()) return paper;
  paper.bulletin = community::part_of(paper.bulletin, run.area);
  if (paper.bulletin.lines.empty()) {
    return Error{
        Errc::not_found,
        fmt::format("the bulletin has no line for '{}'; use the code of a district, street, township, "
                    "community or village of areas.csv",
                    run.area)};
  }
  std::erase_if(paper.errata, [&](const auto& erratum) { return !paper.bulletin.line(erratum.area); });
  return paper;
}

Result<void> run_bulletin(const Settings& settings, const BulletinRun& run) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  bool exported = !run.from_export.empty();
  store::DatabaseOptions options{.path = exported ? ":memory:" : settings.database, .read_only = !exported};
  auto db = store::Database::open(options);
  if (!db) return db.error();
  if (exported) {
    auto restored = restore_export(**db, run.from_export, *zone);
    if (!restored) return restored;
  }
  (*db)->execute("begin");  // one state of the database for all questions
  auto paper = make_paper(**db, settings, run, *zone);
  (*db)->execute("rollback");
  if (!paper) return paper.error();
  if (auto wrong = community::wrong_sum(paper->bulletin); !wrong.empty())
    return Error{Errc::storage, "the bulletin does not add up: " + wrong};
  if (run.out.empty()) {
    const auto& top = paper->bulletin.lines.front();
    auto words = community::words_of(paper->bulletin, top.code);
    fmt::print("{}（{} 至 {}）{}\n{}\n", bulletin_title(paper->bulletin), paper->bulletin.from,
               paper->bulletin.until, words.lines, words.children);
    return {};
  }
  auto files = write_bulletin(*paper, run.out, run.area);
  if (!files) return files.error();
  for (const auto& file : *files) fmt::print("{}\n", file.string());
  return {};
}

}  // namespace

int bulletin_command(Settings settings, const BulletinRun& run) {
  if (!run.data.empty()) settings.database = (run.data / "linli.db").string();
  auto done = run_bulletin(settings, run);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().text);
  return done.error().code == Errc::bad_config ? 2 : 1;
}

}  // namespace linli::app
