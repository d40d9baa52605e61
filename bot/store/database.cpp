#include "bot/store/database.hpp"

#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

#include "bot/store/connection.hpp"
#include "bot/store/schema.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

namespace {

constexpr std::int64_t our_application_id = 0x6c696e6c;  // "linl", in the file's header

// SQLite says after each commit how long the log is; the figure decides when to checkpoint.
int note_log_pages(void* pages, sqlite_api::sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

/// Asked of the SQLite that SOCI's back-end really calls, which need not be the one this program was linked
/// with.
Result<void> check_version(Database& db) {
  std::string version = std::get<0>(*Statement(db, "select sqlite_version()").one<std::string>());
  std::tuple oldest_sound{3, 51, 3}, found{0, 0, 0};
  auto& [major, minor, patch] = found;
  std::sscanf(version.c_str(), "%d.%d.%d", &major, &minor, &patch);
  if (found >= oldest_sound) return {};
  return Error{Errc::storage,
               fmt::format("SQLite {} can lose committed data (WAL reset bug); 3.51.3 or newer is "
                           "needed: build with ./run, which brings its own",
                           version)};
}

/// Before anything is written: a file of another program is left as it is.
Result<void> check_owner(Database& db, const std::string& path) {
  auto id =
      std::get<0>(*Statement(db, "select application_id from pragma_application_id").one<std::int64_t>());
  if (id == our_application_id) return {};
  auto tables = std::get<0>(*Statement(db, "select count(*) from sqlite_schema").one<std::int64_t>());
  if (id == 0 && tables == 0) return {};
  return Error{Errc::storage, fmt::format("{}: is a database of another program; name another file", path)};
}

/// Beside a running server: nothing is created, migrated or checkpointed.
Result<void> prepare_reading(Database& db, const DatabaseOptions& options) {
  db.execute("pragma busy_timeout=5000");
  db.execute("pragma query_only=on");
  db.execute("pragma temp_store=memory");
  if (auto sound = check_version(db); !sound) return sound;
  auto id =
      std::get<0>(*Statement(db, "select application_id from pragma_application_id").one<std::int64_t>());
  if (id != our_application_id) {
    return Error{Errc::storage, fmt::format("{}: is no database of linli; name another file", options.path)};
  }
  auto version = std::get<0>(*Statement(db, "select max(version) from schema_version").one<std::int64_t>());
  if (version == newest_schema()) return {};
  return Error{Errc::storage,
               fmt::format("{}: has schema {}, this program reads {}: start linli serve of the "
                           "same version once",
                           options.path, version, newest_schema())};
}

void set_up(Database& db, const DatabaseOptions& options) {
  db.execute("pragma journal_mode=wal");
  db.execute(options.synchronous_full ? "pragma synchronous=full" : "pragma synchronous=normal");
  db.execute("pragma foreign_keys=on");
  db.execute("pragma wal_autocheckpoint=0");  // only checkpoint_if_due(), between transactions
  sqlite_api::sqlite3_wal_hook(db.connection().handle(), note_log_pages, &db.connection().log_pages);
  db.execute("pragma temp_store=memory");
  db.execute("pragma cache_size=-65536");
  if (options.max_pages > 0) db.execute(fmt::format("pragma max_page_count={}", options.max_pages));
  db.execute(fmt::format("pragma application_id={}", our_application_id));
}

Result<void> prepare(Database& db, const DatabaseOptions& options) {
  db.execute("pragma busy_timeout=5000");
  if (auto sound = check_version(db); !sound) return sound;
  if (auto ours = check_owner(db, options.path); !ours) return ours;
  set_up(db, options);
  auto migrated = migrate(db);
  if (migrated && !options.unique_keys) drop_unique_inbox_key(db);
  return migrated;
}

void flush_to_disk(const std::string& path, int flags) {
  int file = ::open(path.c_str(), flags | O_CLOEXEC);
  bool done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!done)
    throw StorageError(SQLITE_IOERR, "the backup could not be flushed to the disk: it may not be whole");
}

}  // namespace

void throw_storage_error(Database::Connection& connection) {
  auto* handle = connection.handle();
  int code = sqlite_api::sqlite3_errcode(handle);
  int extended = sqlite_api::sqlite3_extended_errcode(handle);
  // SOCI found fault itself (a parameter that SQL does not name); SQLite knows nothing of it.
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) code = extended = SQLITE_MISUSE;
  std::string words = fmt::format("database error {} ({})", extended, sqlite_api::sqlite3_errstr(code));
  bool unique = extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY;
  if (unique) throw UniqueViolation(code, words);
  throw StorageError(code, words);
}

Database::Database(std::unique_ptr<Connection> connection, int checkpoint_pages)
    : connection_(std::move(connection)), checkpoint_pages_(checkpoint_pages) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
  if (options.path.find('"') != std::string::npos) {
    return Error{Errc::storage,
                 fmt::format("{}: a database's path must not hold a double quote", options.path)};
  }
  try {
    auto connection = std::make_unique<Connection>();
    connection->session.open(soci::sqlite3, fmt::format("dbname=\"{}\"{}", options.path,
                                                        options.read_only ? " readonly=true" : ""));
    std::unique_ptr<Database> db(new Database(std::move(connection), options.checkpoint_pages));
    auto ready = options.read_only ? prepare_reading(*db, options) : prepare(*db, options);
    if (!ready) return ready.error();
    return db;
  } catch (const soci::soci_error&) {
    if (options.read_only) {
      return Error{
          Errc::storage,
          fmt::format("{}: is not there or cannot be read; linli import or serve makes it", options.path)};
    }
    return Error{Errc::storage,
                 fmt::format("{}: cannot be opened as a database; check that the folder exists "
                             "and is writable",
                             options.path)};
  } catch (const StorageError& error) {
    return Error{Errc::storage, fmt::format("{}: {}; if this is not linli's file, name another one",
                                            options.path, error.what())};
  }
}

void Database::begin() {
  execute("begin immediate");
}
void Database::commit() {
  execute("commit");
}

void Database::rollback() {
  if (in_transaction()) execute("rollback");
}

void Database::savepoint() {
  execute("savepoint turn");
}
void Database::release_savepoint() {
  execute("release turn");
}
void Database::rollback_to_savepoint() {
  execute("rollback to turn");
}

bool Database::in_transaction() const {
  return sqlite_api::sqlite3_get_autocommit(connection_->handle()) == 0;
}

void Database::execute(const std::string& sql) {
  auto* handle = connection_->handle();
  if (sqlite_api::sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    throw_storage_error(*connection_);
  }
}

void Database::checkpoint_if_due() {
  if (connection_->log_pages < checkpoint_pages_) return;
  int code = sqlite_api::sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                   nullptr, nullptr);
  if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED) throw_storage_error(*connection_);
  connection_->log_pages = 0;
}

std::uint32_t Database::version() {
  unsigned int version = 0;
  int code =
      sqlite_api::sqlite3_file_control(connection_->handle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  if (code != SQLITE_OK) throw_storage_error(*connection_);
  return version;
}

void Database::backup_to(const std::string& path) {
  Statement(*this, "vacuum into :path").run(path);
  flush_to_disk(path, O_RDONLY);
  auto folder = std::filesystem::absolute(path).parent_path();
  flush_to_disk(folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace linli::store
