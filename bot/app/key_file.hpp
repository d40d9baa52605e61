// The master key of the sealed fields, in a file beside the database and not in it.
#pragma once

#include <string>

#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

namespace linli::app {

/// Reads 32 bytes (base64) from the file. A missing file is made, readable by its owner only, durable before
/// this returns; but never beside a database that exists: its sealed fields would be unreadable for good.
Result<Secret> read_or_make_key(const std::string& key_file, const std::string& database, Random& random);

}  // namespace linli::app
