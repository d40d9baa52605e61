#include "bot/app/check_config.hpp"

#include <fmt/format.h>

#include "bot/app/house.hpp"
#include "bot/understanding/matcher.hpp"
#include "bot/understanding/understanding.hpp"

namespace linli::app {

namespace {

Result<void> check(const Settings& settings) {
  SettableClock clock(Time{});
  SeededRandom random(1);
  Metrics metrics;
  // The intake area stands in the database, which is not looked at here.
  Settings without_database = settings;
  without_database.intake_area.clear();
  auto house = House::build(without_database, {}, Secret(std::string(32, 'k')), clock, random, metrics);
  if (!house) return house.error();
  auto understanding = understanding::Understanding::load(settings.words, settings.understanding);
  if (!understanding) return understanding.error();
  auto teller = understanding::Storyteller::load(settings.words, (*understanding)->reader());
  if (!teller) return teller.error();
  auto thresholds =
      understanding::read_thresholds((settings.understanding / "claim_thresholds.toml").string());
  if (!thresholds) return thresholds.error();
  for (const auto& [name, account] : settings.accounts) {
    auto checked = platform::check_settings(account.platform);
    if (!checked) return checked.error();
  }
  return {};
}

}  // namespace

int check_config(const Settings& settings) {
  auto checked = check(settings);
  if (!checked) {
    fmt::print(stderr, "{}\n", checked.error().text);
    return 2;
  }
  auto reading = pictures::look_for(settings.pictures);  // optional: what is missing is said, not refused
  if (reading)
    fmt::print("pictures are read by {} ({})\n", settings.pictures.command, settings.pictures.language);
  else
    fmt::print("{}\n", reading.error().text);
  fmt::print("the configuration is good\n");
  return 0;
}

}  // namespace linli::app
