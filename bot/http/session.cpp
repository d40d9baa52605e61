#include "bot/http/session.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "bot/base/log.hpp"

namespace linli::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Step = RequestReader::Step;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr Milliseconds linger_time{1000};

Session::TimePoint now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

Session::Session(asio::ip::tcp::socket socket, const SessionContext& context)
    : socket_(std::move(socket)), context_(context), reader_(context.routes) {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);  // for the first attempt to write in write()
  since_ = now();
  deadline_ = since_ + context_.options.header;
}

void Session::close() {
  state_ = State::closed;
  error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<void> Session::run() {
  for (;;) {
    if (!co_await read()) break;
    const bool refused = step_ == Step::refused;
    const ResponseWriter::Framing as_asked{
        .keep_alive = reader_.keep_alive(), .http_1_0 = reader_.http_1_0(), .is_head = reader_.is_head()};
    Answer answer;
    if (refused) answer = reader_.refusal();
    if (!refused) answer = co_await handle();
    if (!answer) break;
    ResponseWriter::Framing framing = as_asked;
    framing.keep_alive = as_asked.keep_alive && !context_.stopping;
    writer_.compose(*answer, framing);
    if (!co_await write()) break;
    if (framing.keep_alive) continue;
    if (refused || !context_.stopping) co_await linger();
    break;
  }
  close();
}

/// Until a request is whole or refused (step_ says which); false if the connection ended first.
asio::awaitable<bool> Session::read() {
  wait_for_request();
  step_ = reader_.next();
  note_progress();
  for (;;) {
    if (step_ == Step::whole || step_ == Step::refused) co_return true;
    if (step_ == Step::confirm_body) {
      if (!co_await confirm_body()) co_return false;
      continue;
    }
    if (context_.stopping && state_ == State::idle) co_return false;
    const std::span<char> room = reader_.room();
    const auto buffer = asio::buffer(room.data(), room.size());
    const auto [failed, bytes] = co_await socket_.async_read_some(buffer, no_throw);
    if (failed) co_return false;
    step_ = reader_.take(bytes);
    note_progress();
  }
}

void Session::wait_for_request() {
  state_ = State::idle;
  has_route_ = false;
  if (is_first_) return;
  since_ = now();
  deadline_ = since_ + context_.options.idle;
}

void Session::note_progress() {
  if (state_ == State::idle && reader_.begun()) {
    state_ = State::busy;
    since_ = now();
    if (!is_first_) deadline_ = since_ + context_.options.header;
    is_first_ = false;
  }
  if (has_route_ || !reader_.route()) return;
  has_route_ = true;
  deadline_ = since_ + reader_.route()->limits.deadline;
}

asio::awaitable<bool> Session::confirm_body() {
  constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
  const auto buffer = asio::buffer(text.data(), text.size());
  const auto [failed, bytes] = co_await asio::async_write(socket_, buffer, no_throw);
  if (!failed) step_ = reader_.go_on();
  co_return !failed;
}

asio::awaitable<Answer> Session::handle() {
  const Route& route = *reader_.route();
  try {
    co_return co_await route.handle(std::move(reader_.request()));
  } catch (...) {
    // What was thrown may quote what somebody wrote: the log gets the route only.
    log::error("http_handler_failed",
               {{"method", log::Value::of(route.method)}, {"path", log::Value::of(route.path)}});
  }
  co_return internal_error();
}

asio::awaitable<bool> Session::write() {
  // Nearly always the kernel takes all of it at once, and there is nothing to wait for.
  asio::const_buffer left = asio::buffer(writer_.bytes());
  error_code failed;
  left += socket_.write_some(left, failed);
  if (left.size() == 0) co_return true;
  if (failed && failed != asio::error::would_block) co_return false;
  const auto [failed_later, bytes] = co_await asio::async_write(socket_, left, no_throw);
  co_return !failed_later;
}

/// Closing a socket with unread bytes makes the kernel send a reset, which may destroy the answer on its way.
/// So the rest is read and dropped, for a moment, until the other side has closed.
asio::awaitable<void> Session::linger() {
  state_ = State::closing;
  deadline_ = now() + linger_time;
  error_code failed;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failed);
  while (!failed) {
    const std::span<char> room = reader_.room();
    const auto buffer = asio::buffer(room.data(), room.size());
    const auto [ended, bytes] = co_await socket_.async_read_some(buffer, no_throw);
    failed = ended;
  }
}

}  // namespace linli::http
