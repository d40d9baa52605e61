#include "bot/app/replay.hpp"

#include <fmt/format.h>

#include "bot/app/stage.hpp"

namespace linli::app {

namespace {

/// The number of differences.
int play(const Settings& settings, const Trained& trained, const ReplayOptions& options,
         const std::filesystem::path& file, ReplayCoverage& coverage) {
  auto lines = read_transcript(file);
  if (!lines) {
    fmt::print("{}\n", lines.error().text);
    return 1;
  }
  Stage stage(settings, trained, coverage);
  int differences = 0;
  for (const Line& line : *lines) {
    auto difference = stage.perform(line);
    if (!difference) {
      fmt::print("{}:{}: {}\n", file.string(), line.number, difference.error().text);
      return differences + 1;
    }
    if (difference->empty()) continue;
    fmt::print("{}:{}: {}\n", file.string(), line.number, *difference);
    ++differences;
  }
  for (const auto& unread : stage.unread()) {
    fmt::print("{}: nobody asserted {}\n", file.string(), unread);
    if (options.strict) ++differences;
  }
  return differences;
}

/// What is missing is judged against a house as it is built from the settings.
int print_missing(const Settings& settings, const ReplayCoverage& coverage) {
  SettableClock clock(Time{});
  SeededRandom random(1);
  Metrics metrics;
  auto house = House::build(settings, {}, Secret(std::string(32, 'k')), clock, random, metrics);
  if (!house) {
    fmt::print("{}\n", house.error().text);
    return 1;
  }
  auto missing = coverage.missing((*house)->router(), (*house)->texts());
  for (const auto& one : missing) fmt::print("not reached: {}\n", one);
  fmt::print("coverage: {} texts and steps not reached\n", missing.size());
  return missing.empty() ? 0 : 1;
}

}  // namespace

int replay(const Settings& settings, const ReplayOptions& options) {
  auto trained = train(settings);
  if (!trained) {
    fmt::print(stderr, "{}\n", trained.error().text);
    return 2;
  }
  ReplayCoverage coverage;
  int failed = 0;
  for (const auto& file : options.files) {
    if (play(settings, *trained, options, file, coverage) > 0) ++failed;
  }
  fmt::print("{} transcripts, {} failed\n", options.files.size(), failed);
  int missing = options.coverage ? print_missing(settings, coverage) : 0;
  return failed > 0 || missing > 0 ? 1 : 0;
}

}  // namespace linli::app
