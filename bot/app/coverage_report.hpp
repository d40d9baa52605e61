// `linli coverage`: who organises, checks and asks after whom, and every gap with its reason. Reads only, so
// it may run beside a server.
#pragma once

#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct CoverageRun {
  std::string area = {};  // code in areas.csv; empty: everywhere
  bool json = false;      // one object, for programs
  std::string at = {};    // local time to judge by, "2026-03-02 08:00"; empty: now
};

/// 0 whatever the gaps are; 1 if the database or the area is not there.
int coverage_command(const Settings& settings, const CoverageRun& run);

}  // namespace linli::app
