// A database made of what `linli export` wrote, with as much in it as the bulletin counts: anybody can build
// the bulletin again from the exported facts and compare. Homes were not exported; each building gets as many
// nameless ones as it had, and check-ins are spread over them.
#pragma once

#include <filesystem>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/store/database.hpp"

namespace linli::app {

/// `db` is fresh. Errc::not_found or Errc::bad_input names the file and line.
Result<void> restore_export(store::Database& db, const std::filesystem::path& folder, const Zone& zone);

}  // namespace linli::app
