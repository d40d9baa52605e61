// The tables, as numbered migrations. Each runs in a transaction of its own together with the note that it ran:
// a crash in between leaves the older schema whole.
#pragma once

#include "bot/base/result.hpp"
#include "bot/store/database.hpp"

namespace linli::store {

/// Applies what is missing. Errc::storage if the file was written by a newer linli.
Result<void> migrate(Database& db);

}  // namespace linli::store
