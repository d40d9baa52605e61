#include "bot/app/key_file.hpp"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "bot/base/base64.hpp"
#include "bot/base/file.hpp"

namespace linli::app {

namespace {

constexpr std::size_t key_bytes = 32;

/// Whole or not at all, and on disk: a key that a power cut swallowed takes every sealed field with it.
bool write_durably(const std::string& path, const std::string& content) {
  int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (file < 0) return false;
  bool written = ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
                 ::fsync(file) == 0;
  ::close(file);
  auto folder = std::filesystem::path(path).parent_path();
  int directory = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
  bool listed = directory >= 0 && ::fsync(directory) == 0;
  if (directory >= 0) ::close(directory);
  return written && listed;
}

}  // namespace

Result<Secret> read_or_make_key(const std::string& key_file, const std::string& database, Random& random) {
  if (!std::filesystem::exists(key_file)) {
    if (std::filesystem::exists(database)) {
      return Error{
          Errc::bad_config,
          fmt::format("{} is missing and {} exists: restore the key from its backup; without it names, "
                      "phones and messages in the database cannot be read",
                      key_file, database)};
    }
    std::string key = random.bytes(key_bytes);
    if (!write_durably(key_file, base64_encode(key) + "\n")) {
      return Error{Errc::bad_config,
                   fmt::format("{} cannot be written: check the folder and its rights", key_file)};
    }
    return Secret(key);
  }
  auto content = read_file(key_file);
  if (!content) return content.error();
  while (!content->empty() && (content->back() == '\n' || content->back() == '\r')) content->pop_back();
  auto key = base64_decode(*content);
  if (!key || key->size() != key_bytes) {
    return Error{Errc::bad_config,
                 fmt::format("{} does not hold 32 bytes in base64: restore it from its backup", key_file)};
  }
  return Secret(*key);
}

}  // namespace linli::app
