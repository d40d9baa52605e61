// SOCI behind the wall: only database.cpp and statement.cpp include this.
#pragma once

#include <memory>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <string>

#include "bot/store/database.hpp"

namespace linli::store {

struct Database::Connection {
  soci::session session;
  int log_pages = 0;

  sqlite_api::sqlite3* handle() {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
  }
};

/// Throws the StorageError for the connection's last failure; SOCI's own text may hold bound values.
[[noreturn]] void throw_storage_error(Database::Connection& connection);

template <class Work>
auto guarded(Database::Connection& connection, Work work) {
  try {
    return work();
  } catch (const soci::soci_error&) {
    throw_storage_error(connection);
  }
}

}  // namespace linli::store
