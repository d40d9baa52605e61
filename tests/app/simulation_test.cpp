// Each invariant of the simulation holds in a small district, and turns red when the rule that it guards is
// broken.
#include "bot/app/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/base/log.hpp"

namespace linli::app::simulation {
namespace {

class SimulationTest : public ::testing::Test {
 protected:
  SimulationTest() {
    std::filesystem::current_path(LINLI_SOURCE_DIR);
    log::set_level(log::Level::error);
  }

  std::unique_ptr<Simulation> lived(const std::string& breaker = {}, std::uint64_t seed = 1) {
    auto settings = read_settings("config/linli.toml", [](const std::string&) { return std::string(); });
    Options options;
    options.days = 2;
    options.residents = 60;
    options.seed = seed;
    options.breaker = breaker;
    options.data =
        std::filesystem::path(::testing::TempDir()) / ("simulation-" + std::to_string(::getpid()) + breaker);
    auto simulation = std::make_unique<Simulation>(*settings, options);
    auto ran = simulation->run();
    EXPECT_TRUE(ran.has_value()) << (ran ? "" : ran.error().text);
    std::filesystem::remove_all(options.data);
    return simulation;
  }
};

TEST_F(SimulationTest, holds_what_it_promises_and_does_it_again_alike) {
  auto once = lived();
  EXPECT_TRUE(once->good()) << once->report();
  for (const auto& rule : Bot::breakers()) EXPECT_GT(once->watch().checked().at(rule), 0) << rule;
  EXPECT_EQ(once->report(), lived()->report());
  EXPECT_NE(once->report(), lived({}, 2)->report());
}

class BrokenRule : public SimulationTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(BrokenRule, is_noticed) {
  auto simulation = lived(GetParam());
  EXPECT_FALSE(simulation->good());
  EXPECT_TRUE(simulation->watch().violations().contains(GetParam())) << simulation->report();
}

INSTANTIATE_TEST_SUITE_P(Each, BrokenRule, ::testing::ValuesIn(Bot::breakers()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace linli::app::simulation
