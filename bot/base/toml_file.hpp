// TOML that people edit (settings, texts, policies), read strictly: a key that nobody asks for, a wrong type,
// a number out of range are errors that name file, line, key, what was found and what is allowed. toml++
// stays behind this header: it is heavy to compile.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli {

/// Inclusive bounds of a number.
struct Range {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

/// One table of a file; a copy is cheap and keeps the file alive. Every reader exists twice: without
/// `fallback` the key must be there, with it the fallback stands in for a missing key (never for a wrong
/// one). All errors are Errc::bad_config.
class TomlTable {
 public:
  bool has(std::string_view key) const;

  Result<std::string> text(std::string_view key) const;
  Result<std::string> text(std::string_view key, std::string_view fallback) const;
  /// One of `allowed`, which the error lists.
  Result<std::string> choice(std::string_view key, const std::vector<std::string>& allowed) const;
  Result<std::string> choice(std::string_view key, const std::vector<std::string>& allowed,
                             std::string_view fallback) const;

  Result<std::int64_t> integer(std::string_view key, Range range = {}) const;
  Result<std::int64_t> integer(std::string_view key, std::int64_t fallback, Range range = {}) const;
  /// A whole number is taken too.
  Result<double> number(std::string_view key) const;
  Result<double> number(std::string_view key, double fallback) const;
  Result<bool> boolean(std::string_view key) const;
  Result<bool> boolean(std::string_view key, bool fallback) const;

  /// "90s", "5m", "48h", "30d"; a bare number is refused, its unit would be a guess.
  Result<Seconds> duration(std::string_view key) const;
  Result<Seconds> duration(std::string_view key, Seconds fallback) const;
  /// Bytes: "512B", "64KiB", "16MiB", "1GiB".
  Result<std::int64_t> size(std::string_view key) const;
  Result<std::int64_t> size(std::string_view key, std::int64_t fallback) const;

  /// An array of texts; the fallback is the empty list where `list_or_empty` says so.
  Result<std::vector<std::string>> list(std::string_view key) const;
  Result<std::vector<std::string>> list_or_empty(std::string_view key) const;
  Result<std::vector<std::int64_t>> integers(std::string_view key, Range range = {}) const;

  /// A sub-table, [key]; `table_or_empty` gives an empty one for a missing key.
  Result<TomlTable> table(std::string_view key) const;
  Result<TomlTable> table_or_empty(std::string_view key) const;
  /// An array of tables, [[key]]; empty if the key is missing.
  Result<std::vector<TomlTable>> tables(std::string_view key) const;

  /// The keys in the order of the file. Asking does not count as reading.
  std::vector<std::string> keys() const;
  /// An error naming every key that no reader above was asked for, and those that were, of this table and of
  /// the tables taken from it. To be called when all of them have been read.
  [[nodiscard]] Result<void> no_others() const;

  /// For checks of one's own: "file:line: key 'outbox.window': <reason>". The line is that of the key, or of
  /// the table if the key is missing.
  [[nodiscard]] Error wrong(std::string_view key, std::string_view reason) const;
  /// Name of this table from the top, "outbox.window"; empty for the top.
  const std::string& name() const;
  const std::string& file() const;

 private:
  friend class TomlFile;
  struct State;
  explicit TomlTable(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

/// The top table of a file.
class TomlFile : public TomlTable {
 public:
  /// Errc::bad_config if the file cannot be read or is not TOML, with line and column.
  static Result<TomlFile> read(const std::string& path);
  /// The same from memory; `name` stands for the file in errors.
  static Result<TomlFile> parse(std::string_view text, const std::string& name);

 private:
  explicit TomlFile(TomlTable top) : TomlTable(std::move(top)) {}
};

}  // namespace linli
