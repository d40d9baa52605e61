// Whole files: those that people edit, read into memory, and those that are made for them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "bot/base/result.hpp"

namespace linli {

/// Errc::not_found, or Errc::bad_input if it is a folder or cannot be read; Errc::too_large over `max_bytes`.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes = 64 << 20);
/// Instead of what was there. Errc::storage if it cannot be written; what was there may be gone then.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace linli
