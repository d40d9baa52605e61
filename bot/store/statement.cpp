#include "bot/store/statement.hpp"

#include <stdexcept>

#include "bot/store/connection.hpp"

namespace linli::store {

// SOCI binds addresses once, at prepare; the cells behind them live as long as the statement. Each has a slot
// of every type because the type is known only at the first call, after which it must not change.
struct Statement::Prepared {
  struct Slot {
    Kind kind{};
    long long integer{};
    double real{};
    std::string text;
    soci::indicator indicator = soci::i_ok;
  };

  Prepared(soci::session& session, std::size_t parameters) : in(parameters), statement(session) {}

  template <class Exchange>
  static void for_type(Slot& slot, Exchange exchange) {
    switch (slot.kind) {
      case Kind::integer:
        return exchange(slot.integer, slot.indicator);
      case Kind::text:
        return exchange(slot.text, slot.indicator);
      case Kind::real:
        return exchange(slot.real, slot.indicator);
    }
  }

  void prepare(const std::string& sql, const Kind* kinds, std::size_t columns) {
    out.resize(columns);
    for (std::size_t i = 0; i < columns; ++i) out[i].kind = kinds[i];
    for (Slot& slot : in) {
      for_type(slot, [&](auto& value, auto& indicator) { statement.exchange(soci::use(value, indicator)); });
    }
    for (Slot& slot : out) {
      for_type(slot, [&](auto& value, auto& indicator) { statement.exchange(soci::into(value, indicator)); });
    }
    statement.alloc();
    statement.prepare(sql);
    statement.define_and_bind();
    defined = true;
  }

  std::vector<Slot> in;  // sized once: SOCI keeps the addresses
  std::vector<Slot> out;
  soci::statement statement;  // goes before what it points to
  std::size_t bound{};
  bool defined{};
};

Statement::Statement(Database& db, std::string sql) : db_(db), sql_(std::move(sql)) {}
Statement::~Statement() = default;

void Statement::begin_binding(std::size_t parameters) {
  // One that could not be prepared (a table was missing) is made anew; SOCI does not finish it.
  if (prepared_ && !prepared_->defined) prepared_.reset();
  if (!prepared_) prepared_ = std::make_unique<Prepared>(db_.connection().session, parameters);
  if (prepared_->in.size() != parameters)
    throw std::logic_error("statement used with other parameters: " + sql_);
  prepared_->bound = 0;
}

void Statement::bind(const Cell& cell) {
  auto& slot = prepared_->in[prepared_->bound++];
  if (prepared_->defined && slot.kind != cell.kind)
    throw std::logic_error("parameter of another type: " + sql_);
  slot.kind = cell.kind;
  slot.integer = cell.integer;
  slot.real = cell.real;
  slot.text.assign(cell.text);
  slot.indicator = cell.null ? soci::i_null : soci::i_ok;
}

std::int64_t Statement::execute_change() {
  changed_ = guarded(db_.connection(), [&] {
    Prepared& p = *prepared_;
    if (!p.defined) p.prepare(sql_, nullptr, 0);
    p.statement.execute(true);
    return static_cast<std::int64_t>(p.statement.get_affected_rows());
  });
  return changed_;
}

std::int64_t Statement::execute_insert() {
  auto* handle = db_.connection().handle();
  sqlite_api::sqlite3_set_last_insert_rowid(handle, 0);
  execute_change();
  return sqlite_api::sqlite3_last_insert_rowid(handle);
}

bool Statement::execute_query(const Kind* kinds, std::size_t columns) {
  return guarded(db_.connection(), [&] {
    Prepared& p = *prepared_;
    if (!p.defined) p.prepare(sql_, kinds, columns);
    if (p.out.size() != columns) throw std::logic_error("statement used with other columns: " + sql_);
    return p.statement.execute(true);
  });
}

bool Statement::next() {
  return guarded(db_.connection(), [&] { return prepared_->statement.fetch(); });
}

void Statement::abandon() noexcept {
  try {
    while (prepared_->statement.fetch()) {
    }
  } catch (const std::exception&) {
    prepared_.reset();  // finalised; prepared anew at the next call
  }
}

bool Statement::column_null(std::size_t i) const {
  return prepared_->out[i].indicator == soci::i_null;
}

std::int64_t Statement::column_integer(std::size_t i) const {
  return column_null(i) ? 0 : prepared_->out[i].integer;
}

const std::string& Statement::column_text(std::size_t i) const {
  static const std::string none;
  return column_null(i) ? none : prepared_->out[i].text;
}

double Statement::column_real(std::size_t i) const {
  return column_null(i) ? 0 : prepared_->out[i].real;
}

}  // namespace linli::store
