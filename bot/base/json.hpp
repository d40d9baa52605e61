// JSON, read and written. RapidJSON of Debian 12 crashes on short inputs with its usual settings, so this
// file is the only door to it: read without recursion, numbers kept as text, strict UTF-8, bounded depth and
// size, no key twice, nothing behind the end. What was read is a tree of values that cannot be changed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"

namespace linli {

struct JsonMember;

class JsonValue {
 public:
  enum class Kind { null, boolean, number, string, array, object };

  /// null
  JsonValue() = default;

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }

  /// The value of a key; nullptr if there is none or this is not an object.
  const JsonValue* find(std::string_view key) const;

  /// nullopt if this is of another kind. The view lives as long as the tree.
  std::optional<std::string_view> text() const;
  std::optional<bool> boolean() const;
  /// A number without fraction or exponent that fits in 64 bits.
  std::optional<std::int64_t> integer() const;
  /// Any number, in binary; nullopt beyond its range.
  std::optional<double> number() const;
  /// A number as it was written: "1e3", "18446744073709551616".
  std::optional<std::string_view> number_text() const;

  /// Of an array; empty for every other kind.
  std::span<const JsonValue> items() const;
  /// Of an object, in the order written; empty for every other kind.
  std::span<const JsonMember> members() const;

  /// What an answer from elsewhere usually needs: the text, or integer, of a key of this object.
  std::optional<std::string_view> text_at(std::string_view key) const;
  std::optional<std::int64_t> integer_at(std::string_view key) const;

 private:
  friend class JsonBuilder;
  Kind kind_ = Kind::null;
  bool boolean_ = false;
  std::string text_;  // of a string or a number
  std::vector<JsonValue> items_;
  std::vector<JsonMember> members_;
};

struct JsonMember {
  std::string key;
  JsonValue value;
};

struct JsonLimits {
  std::size_t bytes = 1 << 20;
  std::size_t depth = 32;
  std::size_t nodes = 100'000;
};

/// Errc::too_large over a limit, otherwise Errc::bad_input; the text names the byte, not what stands there.
Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Builds one JSON text: `JsonWriter().object().key("a").value(1).end().text()`. Unbalanced calls throw
/// std::logic_error. Text that is not UTF-8 is repaired with U+FFFD; other characters stand as they are.
class JsonWriter {
 public:
  JsonWriter();
  ~JsonWriter();
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  JsonWriter& object();
  JsonWriter& array();
  /// Closes what was opened last.
  JsonWriter& end();
  JsonWriter& key(std::string_view key);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(int number) { return value(std::int64_t{number}); }
  /// A number that is not finite is written as null.
  JsonWriter& value(double number);
  JsonWriter& value(bool boolean);
  JsonWriter& null();
  /// A whole value that is JSON already, such as a stored one.
  JsonWriter& raw(std::string_view json);

  /// The finished text.
  std::string text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linli
