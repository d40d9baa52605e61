// The tables, as numbered migrations. Each runs in a transaction of its own together with the note that it
// ran: a crash in between leaves the older schema whole.
#pragma once

#include <cstdint>

#include "bot/base/result.hpp"
#include "bot/store/database.hpp"

namespace linli::store {

/// Applies what is missing. Errc::storage if the file was written by a newer linli.
Result<void> migrate(Database& db);

/// The version that migrate() leaves.
std::int64_t newest_schema();

/// A positive control of the crash tests: the inbox takes the same key twice. What is in it stays.
void drop_unique_inbox_key(Database& db);

}  // namespace linli::store
