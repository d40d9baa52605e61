// The log: one line an event, `event key=value ...`, to standard error. Values are numbers and names from the
// program's own vocabulary (a string literal or a code), never text that a person or the platform sent.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace linli::log {

/// A value that may be logged. From strings, only literals: a std::string, which could hold what somebody
/// wrote, does not convert.
class Value {
 public:
  template <std::integral T>
  Value(T number) : value_(static_cast<std::int64_t>(number)) {}  // NOLINT(google-explicit-constructor)
  Value(double number) : value_(number) {}                        // NOLINT(google-explicit-constructor)
  template <std::size_t N>
  Value(const char (&literal)[N]) : value_(std::string_view(literal, N - 1)) {}  // NOLINT
  /// For names of codes, states and settings that the program itself holds.
  static Value of(std::string_view own_word) { return Value(own_word, 0); }

  const std::variant<std::int64_t, double, std::string_view>& get() const { return value_; }

 private:
  Value(std::string_view word, int) : value_(word) {}
  std::variant<std::int64_t, double, std::string_view> value_;
};

struct Field {
  std::string_view key;
  Value value;
};

enum class Level { debug, info, warn, error };

void set_level(Level level);
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void info(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::info, event, f);
}
inline void warn(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::warn, event, f);
}
inline void error(std::string_view event, std::initializer_list<Field> f = {}) {
  write(Level::error, event, f);
}

}  // namespace linli::log
