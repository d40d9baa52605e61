// A generated district on the sample's pattern: streets, communities, compounds, buildings, units,
// households, and the people in them, written as the CSV files that `linli import` reads.
#pragma once

#include <filesystem>

#include "bot/app/simulation_chance.hpp"
#include "bot/base/result.hpp"

namespace linli::app::simulation {

/// Residents with a phone number about `residents`, staff and volunteers among them. `claims` is the file of
/// known stories that is taken over. Errc::storage if the folder cannot be written.
Result<void> write_world(const std::filesystem::path& folder, const std::filesystem::path& claims,
                         int residents, Chance& chance);

}  // namespace linli::app::simulation
