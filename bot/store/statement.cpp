#include "bot/store/statement.hpp"

#include <cassert>
#include <deque>

#include "bot/store/connection.hpp"

namespace linli::store {

// SOCI binds addresses once, at prepare; the cells behind them live as long as the statement. Each has a slot of
// every type because the type is known only at the first call, after which it must not change.
struct Statement::Prepared {
  struct Slot {
    Kind kind{};
    long long integer{};
    double real{};
    std::string text;
    soci::indicator indicator = soci::i_ok;
  };

  explicit Prepared(soci::session& session) : statement(session) {}

  soci::statement statement;
  std::deque<Slot> in;   // a deque: SOCI keeps the addresses
  std::deque<Slot> out;
  std::size_t bound{};
  bool defined{};
};

namespace {

template <class Slots>
auto exchange_use(soci::statement& statement, Slots& slots) {
  for (auto& slot : slots) {
    switch (static_cast<int>(slot.kind)) {
      case 0: statement.exchange(soci::use(slot.integer, slot.indicator)); break;
      case 1: statement.exchange(soci::use(slot.text, slot.indicator)); break;
      default: statement.exchange(soci::use(slot.real, slot.indicator)); break;
    }
  }
}

template <class Slots>
auto exchange_into(soci::statement& statement, Slots& slots) {
  for (auto& slot : slots) {
    switch (static_cast<int>(slot.kind)) {
      case 0: statement.exchange(soci::into(slot.integer, slot.indicator)); break;
      case 1: statement.exchange(soci::into(slot.text, slot.indicator)); break;
      default: statement.exchange(soci::into(slot.real, slot.indicator)); break;
    }
  }
}

}  // namespace

Statement::Statement(Database& db, std::string sql) : db_(db), sql_(std::move(sql)) {}
Statement::~Statement() = default;

void Statement::begin_binding(std::size_t parameters, std::size_t) {
  if (!prepared_) {
    prepared_ = std::make_unique<Prepared>(db_.connection().session);
    prepared_->in.resize(parameters);
  }
  assert(prepared_->in.size() == parameters);
  prepared_->bound = 0;
}

void Statement::bind(const Cell& cell) {
  auto& slot = prepared_->in[prepared_->bound++];
  assert(!prepared_->defined || slot.kind == cell.kind);
  slot.kind = cell.kind;
  slot.integer = cell.integer;
  slot.real = cell.real;
  slot.text.assign(cell.text);
  slot.indicator = cell.null ? soci::i_null : soci::i_ok;
}

std::int64_t Statement::execute_change() {
  Prepared& p = *prepared_;
  return guarded(db_.connection(), [&] {
    if (!p.defined) {
      exchange_use(p.statement, p.in);
      p.statement.alloc();
      p.statement.prepare(sql_);
      p.statement.define_and_bind();
      p.defined = true;
    }
    p.statement.execute(true);
    return static_cast<std::int64_t>(p.statement.get_affected_rows());
  });
}

bool Statement::execute_query(const Kind* kinds, std::size_t columns) {
  Prepared& p = *prepared_;
  return guarded(db_.connection(), [&] {
    if (!p.defined) {
      p.out.resize(columns);
      for (std::size_t i = 0; i < columns; ++i) p.out[i].kind = kinds[i];
      exchange_use(p.statement, p.in);
      exchange_into(p.statement, p.out);
      p.statement.alloc();
      p.statement.prepare(sql_);
      p.statement.define_and_bind();
      p.defined = true;
    }
    return p.statement.execute(true);
  });
}

bool Statement::next() {
  return guarded(db_.connection(), [&] { return prepared_->statement.fetch(); });
}

bool Statement::column_null(std::size_t i) const { return prepared_->out[i].indicator == soci::i_null; }

std::int64_t Statement::column_integer(std::size_t i) const {
  return column_null(i) ? 0 : prepared_->out[i].integer;
}

const std::string& Statement::column_text(std::size_t i) const {
  static const std::string none;
  return column_null(i) ? none : prepared_->out[i].text;
}

double Statement::column_real(std::size_t i) const { return column_null(i) ? 0 : prepared_->out[i].real; }

}  // namespace linli::store
