// The simulation: days in a district, lived through on a settable clock with the real house. Seeded people
// write and act, the platform imitates the real one, the house is restarted, taken away and outlived by its
// clock, and the invariants are watched. Used by `linli simulate`, by the tests that break each rule, and by
// the demo, which begins with such days behind it.
#pragma once

#include <filesystem>

#include "bot/app/sample.hpp"
#include "bot/app/simulation_traffic.hpp"

namespace linli::app::simulation {

struct Options {
  int days = 3;
  int residents = 400;
  std::uint64_t seed = 1;
  std::string breaker;  // tests only: a rule that is broken on purpose
  std::string start = "2026-03-02 00:00";
  std::filesystem::path data;  // a folder for the database, the world and the key
  std::filesystem::path claims = "config/sample/claims.csv";
  std::filesystem::path sample;  // a community folder to live in, instead of a generated district
  std::optional<Time> until;     // with it the days end then: what the demo has behind it
};

class Simulation {
 public:
  Simulation(const Settings& settings, Options options);

  Result<void> run();
  /// What happened and what was checked, the same bytes for the same options.
  std::string report() const;
  /// No invariant violated; and, in a long run, everything happened at least once.
  bool good() const;
  const Watch& watch() const { return *watch_; }

 private:
  Result<void> prepare();
  /// What fills the database, and when time begins.
  Result<House::Prepare> world();
  Result<void> cast();
  void strangers();
  void behind_the_demo();
  void leave_for_the_demo();
  void agree();
  void live_until(Time end);
  std::optional<Time> next() const;
  void plan_day(Day day);
  void plan_chance(Time midnight, int number);
  void away(Seconds from, Seconds until, std::string_view count);
  void end_house(Seconds away, std::string_view count);
  void count_what_is_kept();
  bool long_run() const { return options_.days >= 14 && options_.residents >= 400; }

  Settings settings_;
  Options options_;
  SettableClock clock_{Time{}};
  Counts counts_;
  Chance chance_;
  std::optional<Zone> zone_;
  std::unique_ptr<community::Policies> policies_;
  std::unique_ptr<Platform> platform_;
  std::unique_ptr<Bot> bot_;
  std::unique_ptr<Scene> scene_;
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<Residents> residents_;
  std::unique_ptr<Staff> staff_;
  std::unique_ptr<Volunteers> volunteers_;
  std::unique_ptr<Errands> errands_;
  std::unique_ptr<Voice> voice_;
  std::unique_ptr<Traffic> traffic_;
  std::optional<Sample> sample_;
  Time begins_{}, ends_{};
  Time stuck_at_{};
  int days_planned_ = 0;
};

}  // namespace linli::app::simulation
