// What the client needs of a URL.
#pragma once

#include <string>
#include <string_view>

#include "bot/base/result.hpp"

namespace linli::http {

struct Url {
  bool secure = false;
  std::string host;  // without the brackets of an IPv6 address
  std::string port;
  std::string authority;  // for the Host header: the port only if it is not the usual one
  std::string target;     // path and query, begins with '/'
  bool host_is_address = false;
  /// Equal for URLs that one connection can serve.
  std::string key() const { return (secure ? "s:" : "p:") + host + ":" + port; }
};

/// Errc::bad_input for anything but http and https with a host, no user, no fragment. The text never quotes
/// it.
Result<Url> parse_url(std::string_view text);

}  // namespace linli::http
