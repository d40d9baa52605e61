#include "bot/http/server.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"
#include "bot/http/session.hpp"

namespace linli::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr Milliseconds deadline_tick{50};
constexpr Milliseconds accept_pause{100};

tcp::acceptor listen(asio::io_context& io, const ServerOptions& options) {
  try {
    const tcp::endpoint where(asio::ip::make_address(options.address), options.port);
    return tcp::acceptor(io, where);
  } catch (const boost::system::system_error& failed) {
    throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) +
                             ": " + failed.code().message() +
                             "; choose another address or port, or stop what uses it");
  }
}

void send_busy(tcp::socket& socket) {
  constexpr std::string_view text =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n";
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text.data(), text.size()), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

/// Shared with every coroutine it spawns, so that a server may go while a handler is still under way.
class Server::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(asio::io_context& io, ServerOptions options, std::vector<Route> routes)
      : io_(io),
        context_{std::move(options), RouteTable(std::move(routes))},
        acceptor_(listen(io, context_.options)),
        port_(acceptor_.local_endpoint().port()),
        accept_again_(io),
        tick_(io),
        emptied_(io) {}

  unsigned short port() const { return port_; }
  std::size_t connections() const { return sessions_.size(); }

  void start() {
    spawn(accept());
    spawn(close_late());
  }

  asio::awaitable<void> stop() {
    stop_accepting();
    for (Session* session : sessions_)
      if (session->may_be_closed()) session->close();
    emptied_.expires_after(context_.options.stop_deadline);
    while (!sessions_.empty() && Clock::now() < emptied_.expiry()) co_await emptied_.async_wait(no_throw);
    if (!sessions_.empty()) log::warn("http_stop_deadline", {{"connections", sessions_.size()}});
    abandon();
  }

  void abandon() {
    stop_accepting();
    finished_ = true;
    tick_.cancel();
    for (Session* session : sessions_) session->close();
  }

 private:
  void spawn(asio::awaitable<void> body) {
    const auto ended = [self = shared_from_this()](std::exception_ptr failed) {
      if (failed) log::error("http_server_failed");
    };
    asio::co_spawn(io_, std::move(body), ended);
  }

  asio::awaitable<void> accept() {
    bool failing = false;
    while (!context_.stopping) {
      auto [failed, socket] = co_await acceptor_.async_accept(no_throw);
      if (context_.stopping) break;
      if (!failed) {
        admit(std::move(socket));
        failing = false;
        continue;
      }
      // Out of descriptors, most likely: what is open goes on, and the next connections wait in the backlog.
      if (!failing) log::error("http_accept_failed", {{"error", failed.value()}});
      failing = true;
      accept_again_.expires_after(accept_pause);
      co_await accept_again_.async_wait(no_throw);
    }
  }

  void admit(tcp::socket socket) {
    if (sessions_.size() >= context_.options.max_connections && !close_longest_idle())
      return send_busy(socket);
    const auto session = std::make_shared<Session>(std::move(socket), context_);
    if (sessions_.empty()) tick_.cancel();
    sessions_.insert(session.get());
    const auto ended = [self = shared_from_this(), session](std::exception_ptr failed) {
      if (failed) log::error("http_session_failed");
      self->sessions_.erase(session.get());
      if (self->sessions_.empty()) self->emptied_.cancel();
    };
    asio::co_spawn(io_, session->run(), ended);
  }

  bool close_longest_idle() {
    Session* longest = nullptr;
    for (Session* session : sessions_) {
      if (!session->may_be_closed()) continue;
      if (!longest || session->idle_since() < longest->idle_since()) longest = session;
    }
    if (longest) longest->close();
    return longest != nullptr;
  }

  asio::awaitable<void> close_late() {
    while (!finished_) {
      const auto now = Clock::now();
      for (Session* session : sessions_)
        if (session->deadline() <= now) session->close();
      tick_.expires_at(sessions_.empty() ? Clock::time_point::max() : now + deadline_tick);
      co_await tick_.async_wait(no_throw);
    }
  }

  void stop_accepting() {
    context_.stopping = true;
    error_code ignored;
    acceptor_.close(ignored);
    accept_again_.cancel();
  }

  asio::io_context& io_;
  SessionContext context_;
  tcp::acceptor acceptor_;
  unsigned short port_;
  asio::steady_timer accept_again_;
  asio::steady_timer tick_;
  asio::steady_timer emptied_;  // a bell; it expires at the deadline of stop()
  std::unordered_set<Session*> sessions_;
  bool finished_ = false;
};

Server::Server(asio::io_context& io, ServerOptions options, std::vector<Route> routes)
    : impl_(std::make_shared<Impl>(io, std::move(options), std::move(routes))) {}

Server::~Server() {
  impl_->abandon();
}

unsigned short Server::port() const {
  return impl_->port();
}
std::size_t Server::connections() const {
  return impl_->connections();
}
void Server::start() {
  impl_->start();
}

asio::awaitable<void> Server::stop() {
  const auto impl = impl_;
  co_await impl->stop();
}

}  // namespace linli::http
