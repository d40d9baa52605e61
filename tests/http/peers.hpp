// The other side of the wire for these tests: a server on a thread of its own, a blocking raw socket, and a
// raw server that says what it is told. Nothing here shares code with what is tested.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/http/client.hpp"
#include "bot/http/server.hpp"

namespace linli::http::test {

/// Answers with method, path, query and body, so that tests see what arrived.
boost::asio::awaitable<Answer> echo(Request request);

class RunningServer {
 public:
  explicit RunningServer(std::vector<Route> routes, ServerOptions options = {});
  ~RunningServer();
  unsigned short port() const { return server_->port(); }
  /// Begins Server::stop(); wait_stopped() returns when it has returned.
  void begin_stop();
  void wait_stopped();
  bool stopped() const { return stopped_; }
  std::size_t connections();
  /// Runs on the server's thread, and waits for it.
  void on_thread(const std::function<void()>& what);
  boost::asio::io_context& io() { return io_; }

 private:
  boost::asio::io_context io_{1};
  std::unique_ptr<Server> server_;
  std::atomic<bool> stopped_{false};
  bool stop_begun_ = false;
  std::thread thread_;
};

/// A handler that waits until the test lets it go on.
class Gate {
 public:
  RequestHandler handler();
  void wait_entered(int times = 1);
  /// After wait_entered().
  void open();

 private:
  std::atomic<int> entered_{0};
  // The rest belongs to the server's thread.
  boost::asio::any_io_executor executor_;
  bool is_open_ = false;
  std::vector<boost::asio::steady_timer*> waiting_;
};

/// A blocking connection to 127.0.0.1; every wait is bounded by ten seconds.
class RawSocket {
 public:
  explicit RawSocket(unsigned short port);
  explicit RawSocket(int descriptor);
  RawSocket(RawSocket&& other) noexcept;
  ~RawSocket();
  /// False if the other side has closed before all was sent.
  bool send(std::string_view bytes);
  void end_sending();
  /// One answer by its Content-Length (none: the header only); what follows stays for the next call.
  std::string answer(bool has_body = true);
  /// Until `mark` is in what was read; returns it all.
  std::string until(std::string_view mark);
  /// Until the other side closes.
  std::string rest();
  /// A request: header, and body by its Content-Length; empty if the client closed.
  std::string request() { return answer(); }
  /// The caller closes it.
  int release();
  /// True if the other side closed without sending anything more.
  bool closed_silently() { return rest().empty(); }

 private:
  bool receive();
  int descriptor_;
  std::string received_;
};

/// Listens, accepts and hands each connection to `serve`, one after the other, on a thread of its own.
class RawServer {
 public:
  explicit RawServer(std::function<void(RawSocket)> serve);
  ~RawServer();
  unsigned short port() const { return port_; }
  int accepted() const { return accepted_; }
  /// Connections that `serve` is done with; they are closed.
  int served() const { return served_; }

 private:
  int listener_;
  unsigned short port_;
  std::atomic<int> accepted_{0};
  std::atomic<int> served_{0};
  std::function<void(RawSocket)> serve_;
  std::thread thread_;
};

/// Listens, but its queue is full, so that connecting to it never ends.
class FullListener {
 public:
  FullListener();
  ~FullListener();
  unsigned short port() const { return port_; }

 private:
  unsigned short port_ = 0;
  int listener_;
  std::vector<int> queued_;
};

/// Sends one request and runs `io` until its answer is there.
Result<ClientResponse> ask(boost::asio::io_context& io, Client& client, ClientRequest request);

/// A port that nothing listens on.
unsigned short closed_port();

}  // namespace linli::http::test
