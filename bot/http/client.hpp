// The HTTP/1.1 client of the platform's APIs: http and https, connections kept alive and reused by host.
// Owned by bot/app; used by platform (tokens, sending) and by the sandbox (callbacks). Follows no redirects.
//
// What an error means to whoever must not do a thing twice:
//   Errc::bad_input    the request cannot be sent as it is (URL, header); nothing was sent
//   Errc::unavailable  surely not sent: no address, no connection, TLS refused, or no time left before the
//   first byte Errc::timed_out    in doubt: some of it was written, and no whole answer came back (time, cut,
//   too large, broken)
// A kept connection may have been closed by the other side. If that shows before a byte was accepted for
// sending, the request goes out on a new connection; if it shows after, only GET and HEAD do, once, and
// anything else is in doubt.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace boost::asio {
class io_context;
}

namespace linli::http {

struct ClientOptions {
  std::chrono::milliseconds timeout = Seconds{10};    // the whole exchange, from the name to the last byte
  std::size_t max_body = std::size_t{1} << 20;        // of an answer
  std::size_t pool_per_host = 8;                      // kept open while idle; more may be in use at once
  std::chrono::milliseconds keep_idle = Seconds{20};  // shorter than servers keep them
  bool verify_tls = true;                             // certificate and host name
  std::string ca_file{};                              // instead of the system's certificates (PEM)
};

struct ClientRequest {
  std::string method = "GET";
  std::string url;  // http://host[:port]/path?query; carries tokens, so it is in no log and no error text
  std::vector<std::pair<std::string, std::string>>
      headers{};  // Host, Content-Length, Connection are the client's
  std::string body{};
  std::size_t max_answer = 0;  // bytes of the answer's body; 0: ClientOptions::max_body
};

struct ClientResponse {
  int status{};
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  /// The first of that name (any case); empty if absent.
  std::string header(std::string_view name) const;
};

class Client {
 public:
  /// Throws std::runtime_error if the certificates cannot be read.
  explicit Client(boost::asio::io_context& io, ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  boost::asio::awaitable<Result<ClientResponse>> request(ClientRequest request);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace linli::http
