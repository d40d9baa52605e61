#include "bot/app/simulate.hpp"

#include <chrono>
#include <fmt/format.h>
#include <unistd.h>

#include "bot/base/log.hpp"

namespace linli::app {

int simulate(const Settings& settings, simulation::Options options) {
  log::set_level(log::Level::error);
  bool keep = !options.data.empty();
  if (!keep)
    options.data = std::filesystem::temp_directory_path() / fmt::format("linli-simulate-{}", ::getpid());
  auto began = std::chrono::steady_clock::now();
  int code = 1;
  {
    simulation::Simulation simulation(settings, options);
    auto lived = simulation.run();
    if (lived) {
      fmt::print("{}", simulation.report());
      code = simulation.good() ? 0 : 1;
    } else {
      fmt::print(stderr, "{}\n", lived.error().text);
    }
  }
  auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  fmt::print(stderr, "took {:.1f} s\n", took);
  std::error_code ignored;
  if (!keep) std::filesystem::remove_all(options.data, ignored);
  return code;
}

}  // namespace linli::app
