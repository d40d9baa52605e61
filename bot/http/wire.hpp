// One connection of the client, plain or TLS. Only client.cpp and wire.cpp know it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/http/url.hpp"

namespace linli::http {

class Wire : public std::enable_shared_from_this<Wire> {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct Transfer {
    boost::system::error_code failed;
    std::size_t bytes = 0;
  };

  /// `tls` (nullptr: plain) outlives the wire.
  Wire(boost::asio::io_context& io, boost::asio::ssl::context* tls);
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Whatever is under way at `deadline` fails, because the socket is closed. One deadline covers many
  /// operations.
  void arm(TimePoint deadline);
  void disarm();
  bool expired() const { return expired_; }

  /// Errc::unavailable, with host, port and reason. `deadline` bounds all of it, the name included.
  boost::asio::awaitable<Result<void>> connect(const Url& url, bool verify, TimePoint deadline);
  /// All of it; `bytes` is 0 if surely none of it can be understood by the other side.
  boost::asio::awaitable<Transfer> write(std::string_view bytes);
  boost::asio::awaitable<Transfer> read(std::span<char> room);

  /// Open, and nothing has come since the last answer: neither a close nor a stray byte.
  bool is_quiet();

 private:
  boost::asio::awaitable<boost::system::error_code> reach(const Url& url, TimePoint deadline);
  boost::asio::awaitable<Result<void>> secure(const Url& url, bool verify);

  boost::asio::io_context& io_;
  boost::asio::ssl::context* tls_;
  boost::asio::ip::tcp::socket socket_;
  std::optional<boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>> stream_;
  boost::asio::steady_timer timer_;
  bool expired_ = false;
};

}  // namespace linli::http
