// A week's bulletin over many check-ins: 100,000 households that report every day of a week, in a database on
// disk.
//
//   bench_bulletin [households] [days]        100000 7
//
// Prints what reading the facts and making the bulletin take; exits 1 if it is over 10 s.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "bot/store/bulletin_ledger.hpp"

namespace {

using namespace linli;
using store::Statement;

constexpr double most_seconds = 10;
constexpr int in_building = 50, in_community = 2000;

template <class T>
T or_end(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().text);
  std::exit(2);
}

void fill(store::Database& db, int households, int days, const Zone& zone, Day monday) {
  Statement area(
      db, "insert into area (code, kind, name, parent, path, level) values (:c, :k, :n, :p, :path, :l)");
  Statement checkin(db, "insert into checkin (household, day, person, at, state) values (:h, :d, 1, 0, :s)");
  std::int64_t last = 0;
  auto add = [&](const char* kind, std::int64_t parent, const std::string& above,
                 const char* level = nullptr) {
    std::optional<std::int64_t> up;
    std::optional<std::string> own;
    if (parent) up = parent;
    if (level) own = level;
    ++last;
    return std::pair{area.insert(fmt::format("a{}", last), kind, fmt::format("地{}", last), up,
                                 fmt::format("{}{}/", above, last), own),
                     fmt::format("{}{}/", above, last)};
  };
  auto district = add("district", 0, "/", "emergency");
  auto street = add("street", district.first, district.second);
  auto community = street, building = street;
  std::vector<std::string> names;
  for (int d = 0; d < days; ++d) names.push_back(zone.iso_day(zone.next_day(monday, d)));
  for (int h = 0; h < households; ++h) {
    if (h % (in_community * 20) == 0) street = add("street", district.first, district.second);
    if (h % in_community == 0) community = add("community", street.first, street.second);
    if (h % in_building == 0) building = add("building", community.first, community.second);
    auto home = add("household", building.first, building.second);
    for (const auto& name : names) checkin.run(home.first, name, h % 50 == 0 ? "symptom" : "fine");
  }
}

}  // namespace

int main(int argc, char** argv) {
  int households = argc > 1 ? std::atoi(argv[1]) : 100000, days = argc > 2 ? std::atoi(argv[2]) : 7;
  auto folder = std::filesystem::temp_directory_path() / fmt::format("linli-bulletin-{}", ::getpid());
  std::filesystem::create_directories(folder);
  auto zone = or_end(Zone::find("Asia/Shanghai"));
  auto levels = or_end(community::LevelRules::read("config/levels.toml"));
  auto week = or_end(community::parse_week(zone, "2026-W10"));
  double seconds = 0;
  {
    auto db = or_end(store::Database::open({.path = folder / "linli.db", .synchronous_full = false}));
    db->begin();
    fill(*db, households, days, zone, zone.day(week.from));
    db->commit();
    auto begins = std::chrono::steady_clock::now();
    store::BulletinLedger ledger(*db);
    auto bulletin = community::make_bulletin(ledger.facts(zone, levels, week, week.until), zone);
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begins).count();
    auto done = bulletin.lines.front().values[*community::figure_index("checkin_done")].value_or(0);
    if (done != std::int64_t{households} * days || !community::wrong_sum(bulletin).empty()) {
      fmt::print(stderr, "the bulletin counts {} check-ins of {}\n", done, std::int64_t{households} * days);
      return 2;
    }
    fmt::print("{} check-ins, {} lines: {:.2f} s\n", done, bulletin.lines.size(), seconds);
  }
  std::filesystem::remove_all(folder);
  return seconds > most_seconds ? 1 : 0;
}
