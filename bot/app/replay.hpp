// `linli replay [--strict] [--coverage] FILE.chat...`: plays transcripts and prints what differs.
#pragma once

#include <filesystem>
#include <vector>

#include "bot/app/settings.hpp"

namespace linli::app {

struct ReplayOptions {
  bool strict = false;    // messages that nobody asserted are a difference
  bool coverage = false;  // afterwards, what no transcript reached; anything missing is a failure
  bool topics = false;    // of each line of the files: which topic takes it (tests/understanding/routing.py)
  std::vector<std::filesystem::path> files;
};

/// 0 if everything held, 1 otherwise.
int replay(const Settings& settings, const ReplayOptions& options);

}  // namespace linli::app
