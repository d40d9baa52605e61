// Carries pushes to the account's server as the platform does: five seconds for an answer, then the
// connection is dropped and the same message comes again, three times in all; then, or on an answer that
// cannot be used, the grey line. The passive reply of whichever try is answered is shown on the phone.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/http/client.hpp"
#include "bot/sandbox/platform.hpp"
#include "bot/sandbox/push_codec.hpp"

namespace linli::sandbox {

struct PusherOptions {
  platform::AccountSettings account;
  std::string callback_url;
  std::chrono::milliseconds timeout = Seconds{5};
  std::chrono::milliseconds pause = Seconds{1};  // before the next try
};

class Pusher {
 public:
  Pusher(boost::asio::io_context& io, Platform& platform, PusherOptions options);
  Pusher(const Pusher&) = delete;
  Pusher& operator=(const Pusher&) = delete;

  /// Returns at once. Pushes of one person may overtake each other, as on the platform.
  void push(Push push, std::chrono::milliseconds delay = {});
  /// No new pushes and no further tries; returns when the ones under way have ended (at most the timeout).
  boost::asio::awaitable<void> stop();

 private:
  enum class Outcome { shown, no_answer, unusable };
  boost::asio::awaitable<void> deliver(Push push, std::chrono::milliseconds delay);
  boost::asio::awaitable<Outcome> attempt(const Push& push, const SealedPush& sealed);
  boost::asio::awaitable<void> wait(std::chrono::milliseconds time);

  static constexpr int tries = 3;

  boost::asio::io_context& io_;
  Platform& platform_;
  PusherOptions options_;
  PushCodec codec_;
  http::Client client_;
  bool stopping_ = false;
  int under_way_ = 0;
  boost::asio::steady_timer bell_;  // cancelled when a push has ended
  std::set<boost::asio::steady_timer*> pausing_;
};

}  // namespace linli::sandbox
