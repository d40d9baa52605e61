// The house in the simulation: opened on its file, stopped, taken away in the middle, opened again. And the
// breakers: each breaks one rule on purpose, to show that the invariant that guards it notices.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/app/house.hpp"
#include "bot/app/trained.hpp"

namespace linli::app::simulation {

class Bot {
 public:
  /// `breaker`: empty, or one of breakers().
  Bot(Settings settings, store::DatabaseOptions database, const Clock& clock, Secret key, std::uint64_t seed,
      std::string breaker);

  static const std::vector<std::string>& breakers();

  Result<void> open(const House::Prepare& prepare = {});
  bool up() const { return house_ != nullptr; }
  House& house() { return *house_; }
  understanding::Listener& listener() { return *listener_; }
  /// Counts the openings: what was begun before the last one belongs to a process that is gone.
  int run() const { return run_; }
  /// The process ends, however it stood.
  void end() { house_.reset(); }

  bool breaks(std::string_view rule) const { return breaker_ == rule; }
  /// Does what a broken rule would have done, after each step.
  void break_rules();

 private:
  Settings settings_;
  store::DatabaseOptions database_;
  const Clock& clock_;
  Secret key_;
  SeededRandom random_;
  std::string breaker_;
  std::unique_ptr<Metrics> metrics_;
  std::optional<Trained> trained_;
  std::unique_ptr<House> house_;
  std::unique_ptr<understanding::Listener> listener_;
  int run_ = 0;
};

}  // namespace linli::app::simulation
