// `linli rota check`: the proof over everything that is published. Prints what was proved, or the smallest
// counterexample.
#pragma once

#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct RotaCheckRun {
  std::string from;  // "2026-03-02"; empty: tomorrow
  int days = 7;
};

/// 0 proved, 1 a counterexample or a failure, 2 a wrong day.
int rota_check(const Settings& settings, const RotaCheckRun& run);

}  // namespace linli::app
