// `linli simulate`: lives through days and says what happened and which rules held.
#pragma once

#include "bot/app/settings.hpp"
#include "bot/app/simulation.hpp"

namespace linli::app {

/// 0 if every invariant held and, in a long run, everything happened; 1 otherwise. Without a data folder the
/// database is thrown away.
int simulate(const Settings& settings, simulation::Options options);

}  // namespace linli::app
