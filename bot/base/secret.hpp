// Types that make it hard to leak: what is wrapped here has no formatter and no stream operator that shows
// it.
#pragma once

#include <fmt/format.h>
#include <string>
#include <utility>

namespace linli {

/// Personal data or a credential: phone, address, health text, message body, openid, token. Logs print ***.
/// `reveal()` is easy to find in a review, and the only way in.
template <class T>
class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(T value) : value_(std::move(value)) {}
  const T& reveal() const { return value_; }
  bool operator==(const Sensitive&) const = default;

 private:
  T value_{};
};

using Secret = Sensitive<std::string>;

}  // namespace linli

template <class T>
struct fmt::formatter<linli::Sensitive<T>> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const linli::Sensitive<T>&, Context& context) const {
    return fmt::formatter<std::string_view>::format("***", context);
  }
};
