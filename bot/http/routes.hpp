// Which route answers a path. Built once by the server; looked up once a request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/http/server.hpp"

namespace linli::http {

class RouteTable {
 public:
  /// Throws std::logic_error for a path without leading '/', a broken "{name}", a missing handler, or a
  /// repeated route: mistakes of the program, found at start.
  explicit RouteTable(std::vector<Route> routes);

  /// nullptr if there is none. HEAD is served by GET.
  const Route* find(std::string_view method, std::string_view path) const;
  /// The methods that a path has, as the Allow header wants them; empty if there is no such path.
  std::string allowed(std::string_view path) const;
  std::size_t max_header_bytes() const { return max_header_bytes_; }

 private:
  std::vector<Route> routes_;  // the most specific first
  std::size_t max_header_bytes_ = 0;
};

}  // namespace linli::http
