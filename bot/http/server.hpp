// The HTTP/1.1 server of the callbacks, the console and the sandbox; TLS is the business of the proxy in
// front. Owned by bot/app. It runs on the thread of its io_context and takes no locks.
//
// What it promises, whatever is sent to it:
// - A request has one deadline, set at its first byte; sending slowly does not move it. A connection that is
// late
//   is closed.
// - The bytes of one request are counted as they arrive (header + body + 4 KiB), because the parser bounds
//   neither chunk extensions nor trailers.
// - What is not surely one request is refused (400) and the connection closed: two Content-Lengths, any
//   Transfer-Encoding but "chunked", HTTP/1.1 without exactly one Host, a target that is not a path.
// - A handler sees whole requests only. What it throws becomes a logged 500 without details.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "bot/base/clock.hpp"
#include "bot/http/message.hpp"

namespace boost::asio {
class io_context;
}

namespace linli::http {

using Milliseconds = std::chrono::milliseconds;

using Answer = std::optional<Response>;  // nullopt: close the connection without an answer
using RequestHandler = std::function<boost::asio::awaitable<Answer>(Request)>;

struct Limits {
  std::size_t header_bytes = 8192;
  std::size_t body_bytes = 65536;
  Milliseconds deadline = Seconds{10};    // absolute: the whole request read and answered
  bool refuse_transfer_encoding = false;  // 411: the route takes bodies of a stated length only
};

/// The most specific path that has the method wins: exact, then with "{name}", then the longest prefix.
struct Route {
  std::string method;  // "GET" (serves HEAD too), "POST" ... or "*"
  std::string path;    // exact, or a prefix when it ends in '/'; "{name}" stands for one non-empty segment
  Limits limits;
  RequestHandler handle;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 0;             // 0: a free one, see Server::port()
  std::size_t max_connections = 1024;  // one more takes the place of the longest idle one; all busy: 503
  Milliseconds header =
      Seconds{10};                  // to send a header: from the accept, later from the request's first byte
  Milliseconds idle = Seconds{60};  // between two requests of one connection
  Milliseconds stop_deadline = Seconds{10};
};

class Server {
 public:
  /// Listens at once. Throws std::runtime_error saying address and reason if it cannot.
  Server(boost::asio::io_context& io, ServerOptions options, std::vector<Route> routes);
  /// Closes whatever is still open; handlers that are under way finish without a connection.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  unsigned short port() const;
  std::size_t connections() const;
  /// Accepts from now on.
  void start();
  /// No new connections; idle ones are closed, busy ones answered with `Connection: close`. Returns when none
  /// is left; at the deadline the rest are closed, and handlers under way lose their connection.
  boost::asio::awaitable<void> stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace linli::http
