// The sandbox with everything around it for a test: a bot of the test's own making on a free port, a settable
// clock, short timeouts, and a client that acts as the page or as the account's server.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/base/json.hpp"
#include "bot/platform/callback.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/sandbox/sandbox.hpp"

namespace linli::sandbox {

namespace asio = boost::asio;

/// What the bot of the test does with a push that it could open; nullopt closes the connection.
using Bot = std::function<asio::awaitable<http::Answer>(platform::Callback::Opened)>;
using Scene = std::function<asio::awaitable<void>()>;

class Stage {
 public:
  explicit Stage(Bot bot, bool plain_mode = false, std::chrono::milliseconds push_timeout = Seconds{5});
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  static platform::AccountSettings account(bool plain_mode = false);
  /// What `create` accepts, apart from the callback's port.
  static SandboxOptions options(bool plain_mode = false);

  /// Runs until the scene has ended and everything is stopped; rethrows what it threw.
  void play(Scene scene);

  asio::awaitable<http::ClientResponse> get(std::string path);
  asio::awaitable<http::ClientResponse> post(std::string path, std::string body,
                                             std::string content_type = "application/json");
  /// A call with a token in the query, as the account's server makes it; the answer as JSON.
  asio::awaitable<JsonValue> api(std::string path, std::string body);
  asio::awaitable<JsonValue> act(std::string action);
  /// Waits, by long polling as the page does, for the nth line after those seen before; then returns its
  /// text.
  asio::awaitable<std::string> next_line(std::string from);
  /// The bot waits here, for longer than the platform does, until the scene is over.
  asio::awaitable<void> stall();

  http::Response sealed(const platform::Callback::Opened& opened, std::string_view reply_xml);
  /// A text reply to whoever wrote.
  http::Response text_reply(const platform::Callback::Opened& opened, std::string text);
  static http::Response plain(std::string body);

  static constexpr const char* openid = "oResident000000000000000000a";

  asio::io_context io{1};
  SettableClock clock{Time{Seconds{1'772'463'600}}};
  SeededRandom random{11};
  platform::Callback callback;
  std::vector<std::string> bodies;  // of the pushes as they came
  std::unique_ptr<http::Server> bot_server;
  std::unique_ptr<Sandbox> sandbox;

 private:
  asio::awaitable<http::Answer> receive(http::Request request);
  asio::awaitable<void> end();

  Bot bot_;
  http::Client client_{io};
  asio::steady_timer curtain_{io, asio::steady_timer::time_point::max()};
  std::uint64_t seen_{};
  std::string token_;
};

}  // namespace linli::sandbox
