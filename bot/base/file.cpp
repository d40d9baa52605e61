#include "bot/base/file.hpp"

#include <fmt/format.h>
#include <fstream>
#include <system_error>

namespace linli {

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  std::error_code problem;
  auto status = std::filesystem::status(path, problem);
  if (!std::filesystem::exists(status)) {
    return Error{Errc::not_found, fmt::format("{}: there is no such file", path)};
  }
  if (std::filesystem::is_directory(status)) {
    return Error{Errc::bad_input, fmt::format("{}: is a folder, not a file", path)};
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  char part[1 << 16];
  while (file.read(part, sizeof part) || file.gcount() > 0) {
    bytes.append(part, static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > max_bytes) {
      return Error{Errc::too_large, fmt::format("{}: larger than {} bytes", path, max_bytes)};
    }
  }
  if (!file.eof())
    return Error{Errc::bad_input, fmt::format("{}: cannot be read; check its permissions", path)};
  return bytes;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.flush();
  if (out) return {};
  return Error{Errc::storage,
               fmt::format("{}: cannot be written; name a folder that you may write to", path.string())};
}

}  // namespace linli
