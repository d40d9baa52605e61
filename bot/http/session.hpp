// One connection of the server, from accept to close. Only server.cpp and session.cpp know it.
#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "bot/http/request_reader.hpp"
#include "bot/http/response_writer.hpp"
#include "bot/http/routes.hpp"

namespace linli::http {

/// What the connections of one server look at.
struct SessionContext {
  ServerOptions options;
  RouteTable routes;
  bool stopping = false;
};

/// Deadlines are not timers of their own: the server looks through its sessions every few milliseconds and
/// closes the late ones. That costs a request nothing, and slow senders cannot move a deadline.
class Session {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  enum class State {
    idle,     // between requests: may be closed at any time
    busy,     // from a request's first byte to its answer's last
    closing,  // answered for the last time: may be closed at any time
    closed,   // a handler may still be under way
  };

  Session(boost::asio::ip::tcp::socket socket, const SessionContext& context);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Ends when the connection does.
  boost::asio::awaitable<void> run();
  /// Whatever run() waits for on the network ends at once; a handler under way finishes first.
  void close();

  bool may_be_closed() const { return state_ == State::idle || state_ == State::closing; }
  TimePoint deadline() const { return deadline_; }
  TimePoint idle_since() const { return since_; }

 private:
  boost::asio::awaitable<bool> read();
  boost::asio::awaitable<Answer> handle();
  boost::asio::awaitable<bool> write();
  boost::asio::awaitable<bool> confirm_body();
  boost::asio::awaitable<void> linger();
  void wait_for_request();
  void note_progress();

  boost::asio::ip::tcp::socket socket_;
  const SessionContext& context_;
  RequestReader reader_;
  ResponseWriter writer_;
  RequestReader::Step step_ = RequestReader::Step::more;
  State state_ = State::idle;
  TimePoint since_;
  TimePoint deadline_;
  bool is_first_ = true;
  bool has_route_ = false;
};

}  // namespace linli::http
