#include "bot/sandbox/pusher.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"

namespace linli::sandbox {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

http::ClientOptions client_options(const PusherOptions& options) {
  http::ClientOptions client;
  client.timeout = options.timeout;
  client.max_body = 64 * 1024;
  return client;
}

}  // namespace

Pusher::Pusher(asio::io_context& io, Platform& platform, PusherOptions options)
    : io_(io),
      platform_(platform),
      options_(std::move(options)),
      codec_(options_.account, options_.callback_url, platform.options().account),
      client_(io, client_options(options_)),
      bell_(io, asio::steady_timer::time_point::max()) {}

void Pusher::push(Push push, std::chrono::milliseconds delay) {
  if (stopping_) return;
  ++under_way_;
  auto on_end = [this](std::exception_ptr thrown) {
    --under_way_;
    bell_.cancel();
    if (thrown) log::error("sandbox_push_failed");
  };
  asio::co_spawn(io_, deliver(std::move(push), delay), std::move(on_end));
}

asio::awaitable<void> Pusher::wait(std::chrono::milliseconds time) {
  if (stopping_ || time.count() == 0) co_return;
  asio::steady_timer timer(io_, time);
  pausing_.insert(&timer);
  co_await timer.async_wait(no_throw);
  pausing_.erase(&timer);
}

asio::awaitable<void> Pusher::deliver(Push push, std::chrono::milliseconds delay) {
  co_await wait(delay);
  SealedPush sealed = codec_.seal(push, platform_.now(), platform_.random());
  platform_.feed().add_state(push.line, LineState::waiting);
  for (int n = 1; n <= tries; ++n) {
    Outcome outcome = co_await attempt(push, sealed);
    if (outcome == Outcome::shown) {
      platform_.feed().add_state(push.line, LineState::answered);
      co_return;
    }
    log::warn("sandbox_push_unanswered", {{"try", n}, {"unusable", outcome == Outcome::unusable}});
    if (outcome == Outcome::unusable || n == tries) break;
    if (stopping_) co_return;
    platform_.feed().add_state(push.line, LineState::retrying);
    co_await wait(options_.pause);
  }
  platform_.feed().add_state(push.line, LineState::failed);
  if (push.in_chat) platform_.show_fault(push.openid);
}

asio::awaitable<Pusher::Outcome> Pusher::attempt(const Push& push, const SealedPush& sealed) {
  http::ClientRequest request;
  request.method = "POST";
  request.url = sealed.url;
  request.headers.emplace_back("Content-Type", "text/xml");
  request.headers.emplace_back("User-Agent", "Mozilla/4.0");
  request.body = sealed.body;
  auto answered = co_await client_.request(std::move(request));
  if (!answered || answered->status != 200) co_return Outcome::no_answer;

  auto line = codec_.read_reply(push.openid, answered->body);
  if (!line) co_return Outcome::unusable;
  if (*line && push.in_chat) platform_.show_reply(std::move(**line));
  co_return Outcome::shown;
}

asio::awaitable<void> Pusher::stop() {
  stopping_ = true;
  for (asio::steady_timer* timer : pausing_) timer->cancel();
  while (under_way_ > 0) co_await bell_.async_wait(no_throw);
}

}  // namespace linli::sandbox
