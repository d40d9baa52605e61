// `linli match`: which known story each line of standard input is, as a line of JSON; with --calibrate, the
// thresholds that keep a measured error.
#pragma once

#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct MatchRun {
  std::string claims;  // JSON lines {"id","canonical_text","verdict","clarification"}
  std::string
      calibrate;  // JSON lines {"query","expected_id" or null,"also_ok":[...]}; empty: read standard input
  double max_wrong = 0.01;  // answers that are of another story
  double max_false = 0.05;  // messages without a known story that are answered or offered one
};

/// 0, 1 on failure, 2 for a wrong claims or queries file (its name, the line and what is wrong are said).
int match(const Settings& settings, const MatchRun& run);

}  // namespace linli::app
