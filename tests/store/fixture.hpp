// What the store's tests share: a database in memory (or in a folder of its own), a field cipher with a fixed
// key.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

#include "bot/base/field_cipher.hpp"
#include "bot/store/database.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

inline Time at(std::int64_t seconds) {
  return Time{Seconds{seconds}};
}

inline std::unique_ptr<Database> open_database(const DatabaseOptions& options = {}) {
  auto db = Database::open(options);
  if (!db) throw std::runtime_error(db.error().text);
  return std::move(db).value();
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "linli-store-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string file(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class StoreTest : public ::testing::Test {
 protected:
  std::int64_t number(const std::string& sql) {
    return std::get<0>(*Statement(*db, sql).one<std::int64_t>());
  }
  std::string text(const std::string& sql) { return std::get<0>(*Statement(*db, sql).one<std::string>()); }

  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<Database> db = open_database();
};

}  // namespace linli::store
