// Whole files that people edit, read into memory.
#pragma once

#include <string>

#include "bot/base/result.hpp"

namespace linli {

/// Errc::not_found, or Errc::bad_input if it is a folder or cannot be read; Errc::too_large over `max_bytes`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes = 64 << 20);

}  // namespace linli
