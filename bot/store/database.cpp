#include "bot/store/database.hpp"

#include <fmt/format.h>

#include "bot/store/connection.hpp"
#include "bot/store/schema.hpp"

namespace linli::store {

namespace {

constexpr int oldest_sound_sqlite = 3051003;  // earlier ones can lose committed transactions (WAL reset)

// SQLite says after each commit how long the log is; the figure decides when to checkpoint.
int note_log_pages(void* pages, sqlite_api::sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

void set_up(Database& db, const DatabaseOptions& options) {
  db.execute("pragma journal_mode=wal");
  db.execute(options.synchronous_full ? "pragma synchronous=full" : "pragma synchronous=normal");
  db.execute("pragma foreign_keys=on");
  db.execute("pragma busy_timeout=5000");
  db.execute("pragma wal_autocheckpoint=0");  // only checkpoint_if_due(), between transactions
  sqlite_api::sqlite3_wal_hook(db.connection().handle(), note_log_pages, &db.connection().log_pages);
  db.execute("pragma temp_store=memory");
  db.execute("pragma cache_size=-65536");
}

}  // namespace

void throw_storage_error(Database::Connection& connection) {
  auto* handle = connection.handle();
  int code = handle ? sqlite_api::sqlite3_errcode(handle) : 1;
  int extended = handle ? sqlite_api::sqlite3_extended_errcode(handle) : 1;
  std::string words = fmt::format("database error {} ({})", extended, sqlite_api::sqlite3_errstr(code));
  bool unique = extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY;
  if (unique) throw UniqueViolation(extended, words);
  throw StorageError(code, words);
}

Database::Database(std::unique_ptr<Connection> connection, int checkpoint_pages)
    : connection_(std::move(connection)), checkpoint_pages_(checkpoint_pages) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options) {
  if (sqlite_api::sqlite3_libversion_number() < oldest_sound_sqlite) {
    return Error{Errc::storage, fmt::format("SQLite {} can lose committed data (WAL reset bug); 3.51.3 or newer "
                                            "is needed: build with ./run, which brings its own",
                                            sqlite_api::sqlite3_libversion())};
  }
  auto connection = std::make_unique<Connection>();
  try {
    connection->session.open(soci::sqlite3, fmt::format("dbname={}", options.path));
    std::unique_ptr<Database> db(new Database(std::move(connection), options.checkpoint_pages));
    set_up(*db, options);
    auto migrated = migrate(*db);
    if (!migrated) return migrated.error();
    return db;
  } catch (const soci::soci_error&) {
    return Error{Errc::storage, fmt::format("{}: cannot be opened as a database; check that the folder exists "
                                            "and is writable", options.path)};
  } catch (const StorageError& error) {
    return Error{Errc::storage, fmt::format("{}: {}; if this is not linli's file, name another one",
                                            options.path, error.what())};
  }
}

void Database::begin() { execute("begin immediate"); }
void Database::commit() { execute("commit"); }

void Database::rollback() {
  if (in_transaction()) execute("rollback");
}

void Database::savepoint() { execute("savepoint turn"); }
void Database::release_savepoint() { execute("release turn"); }
void Database::rollback_to_savepoint() { execute("rollback to turn"); }

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

void Database::backup_to(const std::string& path) {
  auto statement = fmt::format("vacuum into '{}'", path);
  if (path.find('\'') != std::string::npos) throw StorageError(1, "a backup's path must not hold a quote");
  execute(statement);
}

}  // namespace linli::store
