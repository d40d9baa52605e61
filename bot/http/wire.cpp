#include "bot/http/wire.hpp"

#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace linli::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

/// A look-up runs in a thread of Asio's that nothing can interrupt, so it is left behind at the deadline.
/// Whoever comes last, the look-up or the waiting coroutine, frees this.
struct LookUp {
  explicit LookUp(asio::io_context& io) : resolver(io), bell(io) {}
  tcp::resolver resolver;
  asio::steady_timer bell;
  bool done = false;
  error_code failed;
  std::vector<tcp::endpoint> found;
};

std::shared_ptr<LookUp> begin_look_up(asio::io_context& io, const Url& url, Wire::TimePoint deadline) {
  auto look_up = std::make_shared<LookUp>(io);
  look_up->bell.expires_at(deadline);
  const auto ended = [look_up](const error_code& failed, const tcp::resolver::results_type& results) {
    look_up->done = true;
    look_up->failed = failed;
    for (const auto& entry : results) look_up->found.push_back(entry.endpoint());
    look_up->bell.cancel();
  };
  look_up->resolver.async_resolve(url.host, url.port, tcp::resolver::numeric_service, ended);
  return look_up;
}

asio::awaitable<error_code> find_address(asio::io_context& io, const Url& url, Wire::TimePoint deadline,
                                         std::vector<tcp::endpoint>& found) {
  const auto look_up = begin_look_up(io, url, deadline);
  while (!look_up->done && Clock::now() < deadline) co_await look_up->bell.async_wait(no_throw);
  if (!look_up->done) co_return error_code(asio::error::timed_out);
  found = std::move(look_up->found);
  co_return look_up->failed;
}

Error unreachable(const Url& url, const std::string& why) {
  return {Errc::unavailable,
          "cannot reach " + url.host + " port " + url.port + ": " + why + "; nothing was sent"};
}

}  // namespace

Wire::Wire(asio::io_context& io, asio::ssl::context* tls) : io_(io), tls_(tls), socket_(io), timer_(io) {}

void Wire::arm(TimePoint deadline) {
  expired_ = false;
  timer_.expires_at(deadline);
  const auto close = [weak = weak_from_this()](const error_code& cancelled) {
    const auto self = weak.lock();
    // Armed anew or disarmed while this was already on its way.
    if (cancelled || !self || Clock::now() < self->timer_.expiry()) return;
    self->expired_ = true;
    error_code ignored;
    self->socket_.close(ignored);
  };
  timer_.async_wait(close);
}

void Wire::disarm() {
  timer_.expires_at(TimePoint::max());
}

asio::awaitable<Result<void>> Wire::connect(const Url& url, bool verify, TimePoint deadline) {
  const error_code failed = co_await reach(url, deadline);
  if (failed) co_return unreachable(url, expired_ ? "no answer in time" : failed.message());
  arm(deadline);
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  if (!tls_) co_return Result<void>();
  co_return co_await secure(url, verify);
}

/// Tries one address after the other; each but the last gets half of the time that is left.
asio::awaitable<error_code> Wire::reach(const Url& url, TimePoint deadline) {
  std::vector<tcp::endpoint> found;
  error_code failed = co_await find_address(io_, url, deadline, found);
  if (failed) co_return failed;
  failed = asio::error::host_not_found;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto now = Clock::now();
    arm(i + 1 == found.size() ? deadline : now + (deadline - now) / 2);
    error_code ignored;
    socket_.close(ignored);
    const auto [refused] = co_await socket_.async_connect(found[i], no_throw);
    failed = refused;
    if (!failed) break;
  }
  co_return failed;
}

asio::awaitable<Result<void>> Wire::secure(const Url& url, bool verify) {
  stream_.emplace(socket_, *tls_);
  SSL* const ssl = stream_->native_handle();
  if (!url.host_is_address) SSL_set_tlsext_host_name(ssl, url.host.c_str());
  if (verify && url.host_is_address) X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), url.host.c_str());
  if (verify && !url.host_is_address) {
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, url.host.c_str());
  }
  const auto [failed] = co_await stream_->async_handshake(asio::ssl::stream_base::client, no_throw);
  if (!failed) co_return Result<void>();
  const long verdict = SSL_get_verify_result(ssl);
  if (expired_) co_return unreachable(url, "no TLS answer in time");
  if (verify && verdict != X509_V_OK)
    co_return unreachable(
        url, std::string("its certificate is refused (") + X509_verify_cert_error_string(verdict) + ")");
  co_return unreachable(url, "TLS failed (" + failed.message() + ")");
}

asio::awaitable<Wire::Transfer> Wire::write(std::string_view bytes) {
  Transfer transfer;
  while (transfer.bytes < bytes.size() && !transfer.failed) {
    const auto left = asio::buffer(bytes.data() + transfer.bytes, bytes.size() - transfer.bytes);
    if (stream_) {
      // A record that was not handed over whole cannot be deciphered, so 0 bytes means 0 for TLS as well.
      const auto [failed, written] = co_await stream_->async_write_some(left, no_throw);
      transfer.failed = failed;
      transfer.bytes += written;
    } else {
      const auto [failed, written] = co_await socket_.async_write_some(left, no_throw);
      transfer.failed = failed;
      transfer.bytes += written;
    }
  }
  co_return transfer;
}

asio::awaitable<Wire::Transfer> Wire::read(std::span<char> room) {
  const auto space = asio::buffer(room.data(), room.size());
  Transfer transfer;
  if (stream_) {
    const auto [failed, bytes] = co_await stream_->async_read_some(space, no_throw);
    transfer.failed = failed;
    transfer.bytes = bytes;
  } else {
    const auto [failed, bytes] = co_await socket_.async_read_some(space, no_throw);
    transfer.failed = failed;
    transfer.bytes = bytes;
  }
  co_return transfer;
}

bool Wire::is_quiet() {
  if (!socket_.is_open()) return false;
  if (stream_ && SSL_pending(stream_->native_handle()) > 0) return false;
  char byte = 0;
  error_code failed;
  socket_.non_blocking(true, failed);
  if (failed) return false;
  socket_.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, failed);
  return failed == asio::error::would_block;
}

}  // namespace linli::http
