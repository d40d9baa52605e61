// One prepared statement of a ledger. SQL uses :name parameters, bound in the order of the arguments:
//
//   Statement find_{db, "select id, name from person where code = :code"};
//   if (auto row = find_.one<std::int64_t, std::string>(code)) ...
//
// Parameters and columns are 64-bit integers, text, real numbers, and std::optional of these for NULL.
// A SELECT is always read to its end before the call returns; nothing stays open (an open one would stop
// every checkpoint).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"
#include "bot/store/database.hpp"

namespace linli::store {

/// For columns that refer to another table: 0 means "none" in the program and NULL in the database.
template <class Tag>
std::optional<Id<Tag>> none_if_zero(Id<Tag> id) {
  if (!id) return std::nullopt;
  return id;
}

class Statement {
 public:
  Statement(Database& db, std::string sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Runs it; answers the number of rows inserted, changed or deleted.
  template <class... In>
  std::int64_t run(const In&... in) {
    begin_binding(sizeof...(In));
    (bind(to_cell(in)), ...);
    return execute_change();
  }

  /// Runs an insert of one row; answers the new row's id, 0 if none came of it (a conflict updated another,
  /// or nothing was done). "returning" would say the same for a temporary table and a journal of the
  /// statement, which on the way of every message is too much.
  template <class... In>
  std::int64_t insert(const In&... in) {
    begin_binding(sizeof...(In));
    (bind(to_cell(in)), ...);
    return execute_insert();
  }

  /// Rows that the last run() or insert() inserted, changed or deleted.
  std::int64_t changed() const { return changed_; }

  /// The only row, or nothing. A second row would be ignored: the SQL says `limit 1` or asks by a key.
  template <class... Out, class... In>
  std::optional<std::tuple<Out...>> one(const In&... in) {
    std::optional<std::tuple<Out...>> found;
    each<Out...>(
        [&](Out... column) {
          if (!found) found.emplace(std::move(column)...);
        },
        in...);
    return found;
  }

  /// All rows, in the statement's order.
  template <class... Out, class... In>
  std::vector<std::tuple<Out...>> all(const In&... in) {
    std::vector<std::tuple<Out...>> rows;
    each<Out...>([&](Out... column) { rows.emplace_back(std::move(column)...); }, in...);
    return rows;
  }

  /// Calls `visit(columns...)` for each row. `visit` must not run this same statement.
  template <class... Out, class Visit, class... In>
  void each(Visit visit, const In&... in) {
    begin_binding(sizeof...(In));
    (bind(to_cell(in)), ...);
    constexpr Kind kinds[] = {kind_of<Out>()...};
    Drain drain{*this};
    for (drain.more = execute_query(kinds, sizeof...(Out)); drain.more; drain.more = next()) {
      read_row<Out...>(visit, std::index_sequence_for<Out...>{});
    }
  }

 private:
  enum class Kind { integer, text, real };
  struct Cell {
    Kind kind{};
    bool null{};
    std::int64_t integer{};
    std::string_view text;
    double real{};
  };

  /// Reads the rest when `visit` throws: a SELECT left open would stop every checkpoint from then on.
  struct Drain {
    Statement& statement;
    bool more = false;
    ~Drain() {
      if (more) statement.abandon();
    }
  };

  template <class T>
  struct is_optional : std::false_type {};
  template <class T>
  struct is_optional<std::optional<T>> : std::true_type {};

  static Cell to_cell(std::int64_t v) { return {Kind::integer, false, v, {}, {}}; }
  static Cell to_cell(int v) { return to_cell(std::int64_t{v}); }
  static Cell to_cell(bool v) { return to_cell(std::int64_t{v}); }
  static Cell to_cell(double v) { return {Kind::real, false, 0, {}, v}; }
  static Cell to_cell(std::string_view v) { return {Kind::text, false, 0, v, {}}; }
  static Cell to_cell(const std::string& v) { return to_cell(std::string_view(v)); }
  static Cell to_cell(const char* v) { return to_cell(std::string_view(v)); }
  static Cell to_cell(Time v) { return to_cell(std::int64_t{v.time_since_epoch().count()}); }
  template <class Tag>
  static Cell to_cell(Id<Tag> v) {
    return to_cell(v.value);
  }
  template <class T>
  static Cell to_cell(const std::optional<T>& v) {
    if (v) return to_cell(*v);
    Cell cell = to_cell(T{});
    cell.null = true;
    return cell;
  }

  template <class T>
  static constexpr Kind kind_of() {
    if constexpr (is_optional<T>::value)
      return kind_of<typename T::value_type>();
    else if constexpr (std::is_same_v<T, std::string>)
      return Kind::text;
    else if constexpr (std::is_floating_point_v<T>)
      return Kind::real;
    else
      return Kind::integer;
  }

  template <class T>
  T from_column(std::size_t i) {
    if constexpr (is_optional<T>::value) {
      if (column_null(i)) return std::nullopt;
      return from_column<typename T::value_type>(i);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return column_text(i);
    } else if constexpr (std::is_floating_point_v<T>) {
      return static_cast<T>(column_real(i));
    } else if constexpr (std::is_same_v<T, Time>) {
      return Time{Seconds{column_integer(i)}};
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(column_integer(i));
    } else {
      return T{column_integer(i)};  // an Id; NULL reads as "none"
    }
  }

  template <class... Out, class Visit, std::size_t... I>
  void read_row(Visit& visit, std::index_sequence<I...>) {
    visit(from_column<Out>(I)...);
  }

  void begin_binding(std::size_t parameters);
  void bind(const Cell& cell);
  std::int64_t execute_change();
  std::int64_t execute_insert();
  bool execute_query(const Kind* kinds, std::size_t columns);
  bool next();
  void abandon() noexcept;
  bool column_null(std::size_t i) const;
  std::int64_t column_integer(std::size_t i) const;
  const std::string& column_text(std::size_t i) const;
  double column_real(std::size_t i) const;

  struct Prepared;
  Database& db_;
  std::string sql_;
  std::unique_ptr<Prepared> prepared_;
  std::int64_t changed_ = 0;
};

}  // namespace linli::store
