// Bytes in, whole requests out: the parser and every rule about what is surely one request, without a socket,
// so that tests and fuzzers drive it byte by byte. One for a connection; used by Session.
//
//   step = next();  while (step == more) step = take(read into room());
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "bot/http/routes.hpp"
#include "bot/http/server.hpp"

namespace linli::http {

class RequestReader {
 public:
  enum class Step {
    more,          // read on
    confirm_body,  // the client waits for "100 Continue" before it sends the body; then go_on()
    whole,         // request() is there
    refused,       // refusal() is the answer
  };

  explicit RequestReader(const RouteTable& routes);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Begins the next request with what has arrived already.
  Step next();
  /// Where to read to; valid until the next call.
  std::span<char> room();
  Step take(std::size_t bytes);
  Step go_on();

  /// A byte of the current request has arrived.
  bool begun() const;
  /// Known from the end of the header on; nullptr before, and if there is none.
  const Route* route() const;
  /// To be moved from.
  Request& request();
  Response refusal() const;
  /// The connection may carry another request: the client wants it, and where this one ends is certain.
  bool keep_alive() const;
  bool http_1_0() const;
  bool is_head() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace linli::http
