#include "bot/app/coverage_report.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/json.hpp"
#include "bot/community/policy.hpp"
#include "bot/store/coverage_ledger.hpp"

namespace linli::app {

namespace {

using community::Area;
using community::AreaKind;
using community::Coverage;
using community::CoverageRules;
using community::Gap;
using community::Purpose;

struct Report {
  std::vector<Area> areas;  // places and what stands above them, parents first
  Coverage coverage;
};

/// Places and everything above: a building only if it stands outside any place.
bool is_listed(const Area& area, const community::Counts& counts) {
  bool counts_as_place = counts[static_cast<std::size_t>(Purpose::organised)].all > 0;
  return area.kind < AreaKind::building || (area.kind == AreaKind::building && counts_as_place);
}

Result<Report> make_report(store::Database& db, const Settings& settings, const CoverageRun& run,
                           const Zone& zone, Time now) {
  auto rules = CoverageRules::read(settings.coverage);
  if (!rules) return rules.error();
  auto levels = community::LevelRules::read(settings.levels);
  if (!levels) return levels.error();
  rules->levels = *levels;
  auto policies = community::Policies::read(settings.policies);
  if (!policies) return policies.error();
  store::AreaLedger areas(db);
  store::AppointmentLedger appointments(db, areas);
  store::CoverageLedger ledger(db, areas, appointments);
  std::optional<Area> top;
  if (!run.area.empty()) {
    top = areas.find_by_code(run.area);
    if (!top) {
      return Error{Errc::not_found,
                   fmt::format("there is no area with the code '{}'; use a code of areas.csv", run.area)};
    }
  }
  auto facts = ledger.facts(*rules, zone, now, top ? top->id : AreaId{});
  Report report;
  report.coverage =
      community::evaluate(facts, *rules, community::kinds_of(policies->of(community::TaskKind::gap)));
  auto outside = [&](const Area& area) { return top && !area.path.starts_with(top->path); };
  std::unordered_map<AreaId, bool> inside;
  for (const Area& area : facts.areas) {
    inside[area.id] = !outside(area);
    if (!outside(area) && is_listed(area, report.coverage.counts[area.id])) report.areas.push_back(area);
  }
  std::erase_if(report.coverage.gaps, [&](const Gap& gap) { return !inside[gap.area]; });
  std::ranges::sort(report.areas, {}, [](const Area& area) { return community::ids_of_path(area.path); });
  return report;
}

std::string counts_text(const community::Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < community::purposes; ++i) {
    if (counts[i].all == 0) continue;
    auto purpose = static_cast<Purpose>(i);
    text += fmt::format("  {} {}/{} {}", community::title(purpose), counts[i].covered, counts[i].all,
                        community::unit(purpose));
  }
  return text;
}

void print_text(const Report& report, store::AreaLedger& areas) {
  std::size_t least = report.areas.empty() ? 0 : community::ids_of_path(report.areas.front().path).size();
  for (const Area& area : report.areas) {
    auto counts = report.coverage.counts.find(area.id);
    std::size_t indent = 2 * (community::ids_of_path(area.path).size() - least);
    fmt::print("{:{}}{} ({}){}{}\n", "", indent, area.name, area.code, area.unmanaged ? " 无人管理" : "",
               counts_text(counts->second));
  }
  fmt::print("\n{} gaps\n", report.coverage.gaps.size());
  for (const Gap& gap : report.coverage.gaps) {
    auto code = areas.find(gap.area);
    fmt::print("{} ({})  {}  {}  {} 户  {}；由{}来补\n", areas.building_text(gap.area),
               code ? code->code : "", community::title(gap.purpose), community::name(gap.kind),
               gap.households, gap.why, areas.building_text(gap.filled_by));
  }
}

void print_json(const Report& report, store::AreaLedger& areas) {
  JsonWriter json;
  json.object().key("areas").array();
  for (const Area& area : report.areas) {
    json.object().key("code").value(area.code).key("kind").value(community::name(area.kind));
    json.key("name").value(area.name).key("unmanaged").value(area.unmanaged);
    const auto& counts = report.coverage.counts.at(area.id);
    for (std::size_t i = 0; i < community::purposes; ++i) {
      json.key(community::name(static_cast<Purpose>(i))).object();
      json.key("covered").value(counts[i].covered).key("all").value(counts[i].all).end();
    }
    json.end();
  }
  json.end().key("gaps").array();
  for (const Gap& gap : report.coverage.gaps) {
    auto area = areas.find(gap.area), level = areas.find(gap.filled_by);
    json.object().key("area").value(area ? area->code : "").key("name").value(areas.building_text(gap.area));
    json.key("purpose").value(community::name(gap.purpose)).key("kind").value(community::name(gap.kind));
    json.key("households").value(gap.households).key("role").value(community::name(gap.role));
    json.key("why").value(gap.why).key("filled_by").value(level ? level->code : "").end();
  }
  json.end().end();
  fmt::print("{}\n", json.text());
}

Result<void> run_report(const Settings& settings, const CoverageRun& run) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  Time now = SystemClock().now();
  if (!run.at.empty()) {
    auto at = parse_time(*zone, run.at);
    if (!at) return at.error();
    now = *at;
  }
  auto db = store::Database::open({.path = settings.database, .read_only = true});
  if (!db) return db.error();
  (*db)->execute("begin");  // one state of the database for all questions
  auto report = make_report(**db, settings, run, *zone, now);
  if (!report) return report.error();
  store::AreaLedger areas(**db);
  if (run.json) {
    print_json(*report, areas);
  } else {
    print_text(*report, areas);
  }
  (*db)->commit();
  return {};
}

}  // namespace

int coverage_command(const Settings& settings, const CoverageRun& run) {
  auto done = run_report(settings, run);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().text);
  return done.error().code == Errc::bad_config ? 2 : 1;
}

}  // namespace linli::app
