// The one database connection that writes. Everything that is kept goes through it, on the store thread:
// turns, the outbox's own rows, import. After commit() returns, what was written survives a power cut
// (WAL, synchronous=FULL, checkpoints by this connection only: see README, "What is durable when").
//
// All SQL goes through Statement (statement.hpp), a thin layer over SOCI that knows its traps: a SELECT is
// always fetched to its end, error texts (which carry bound values) never leave, NULLs have indicators.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "bot/base/result.hpp"

namespace linli::store {

/// The database failed; nothing of the current transaction is committed. what() holds SQLite's own words for
/// the code and never a bound value.
class StorageError : public std::runtime_error {
 public:
  StorageError(int sqlite_code, const std::string& words) : std::runtime_error(words), code_(sqlite_code) {}
  int code() const { return code_; }
  bool disk_full() const { return code_ == 13; }

 private:
  int code_;
};

/// A unique key was there already. Its own type because the dedupe key relies on it.
class UniqueViolation : public StorageError {
 public:
  using StorageError::StorageError;
};

struct DatabaseOptions {
  std::string path = ":memory:";
  /// Positive controls of the crash tests switch these off; nothing else may (README, "Crash tests").
  bool synchronous_full = true;
  bool unique_keys = true;
  int checkpoint_pages = 1000;  // larger ones cost p99
  bool read_only = false;       // for looking at it beside a running server; the file must exist
  int max_pages = 0;            // of 4 KiB; the file never grows beyond. 0: as far as the disk goes
};

class Database {
 public:
  /// Opens (and creates) the file, checks the SQLite version, applies missing migrations.
  /// Errc::storage if the file is no database, is of a newer schema, or SQLite is older than 3.51.3; for
  /// `read_only` also if it is missing or of an older schema, because nothing is written then.
  static Result<std::unique_ptr<Database>> open(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void begin();
  void commit();
  void rollback();
  /// Savepoints are named "turn": one level, used only when a batch is run again because a turn threw.
  void savepoint();
  void release_savepoint();
  void rollback_to_savepoint();
  /// False when a failed statement (a full disk) has ended the transaction behind our back.
  bool in_transaction() const;

  /// Runs one statement without parameters, each call prepared anew: schema, pragmas, control.
  void execute(const std::string& sql);

  /// Moves the log into the database file when it has grown; call between transactions.
  void checkpoint_if_due();

  /// Another number after every commit, of this connection or another one; within a transaction it stays.
  /// Costs next to nothing, so that what was read once can be kept until it changes.
  std::uint32_t version();

  /// A consistent copy into `path`, while running; the file must not exist. It survives a power cut once this
  /// returns.
  void backup_to(const std::string& path);

  struct Connection;
  Connection& connection() { return *connection_; }

 private:
  explicit Database(std::unique_ptr<Connection> connection, int checkpoint_pages);
  std::unique_ptr<Connection> connection_;
  int checkpoint_pages_;
};

}  // namespace linli::store
