#include "bot/sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"

namespace linli::sandbox {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view own_secret = "sandbox-";

/// The part after "http://127.0.0.1" or "http://localhost"; nullopt for any other host.
std::optional<std::string_view> after_loopback(std::string_view url) {
  for (std::string_view host : {"http://127.0.0.1", "http://localhost"}) {
    if (!url.starts_with(host)) continue;
    std::string_view rest = url.substr(host.size());
    if (rest.empty() || rest.front() == ':' || rest.front() == '/') return rest;
  }
  return std::nullopt;
}

Result<void> check_secret(const platform::AccountSettings& account) {
  if (account.app_secret.reveal().starts_with(own_secret)) return {};
  return Error{
      Errc::forbidden,
      fmt::format("account '{}' has an AppSecret that does not begin with 'sandbox-'; the sandbox and its "
                  "clock do not run beside a real account: take one of the two out of the configuration",
                  account.name)};
}

Result<void> check(const SandboxOptions& options) {
  if (auto own = check_secret(options.account); !own) return own;
  for (const auto& other : options.other_accounts) {
    if (auto secret = check_secret(other); !secret) return secret;
  }
  auto rest = after_loopback(options.account.api_base);
  bool here = rest && (options.port == 0 || rest->empty() || *rest == fmt::format(":{}", options.port));
  if (!here) {
    return Error{Errc::forbidden,
                 fmt::format("api_base of the account '{}' is '{}', which is not this sandbox; set it to "
                             "http://127.0.0.1:{}",
                             options.account.name, options.account.api_base, options.port)};
  }
  if (auto settings = platform::check_settings(options.account); !settings) return settings;
  if (!after_loopback(options.callback_url)) {
    return Error{Errc::bad_config,
                 "the sandbox pushes to a bot on this machine only; its callback_url begins with "
                 "http://127.0.0.1"};
  }
  return {};
}

PlatformOptions platform_options(const SandboxOptions& options) {
  PlatformOptions platform;
  platform.app_id = options.account.app_id;
  platform.app_secret = options.account.app_secret.reveal();
  platform.account = "gh_sandbox_" + options.account.name;
  platform.people = options.people;
  platform.templates = options.templates;
  return platform;
}

PusherOptions pusher_options(const SandboxOptions& options) {
  return {options.account, options.callback_url, options.push_timeout, options.push_pause};
}

PhonesOptions phones_options(const SandboxOptions& options, Pusher& pusher) {
  PhonesOptions phones;
  phones.title = options.title;
  phones.time_zone = options.time_zone;
  phones.open_first = options.open_first;
  phones.push = [&pusher](Push push) { pusher.push(std::move(push)); };
  phones.shift_clock = options.shift_clock;
  return phones;
}

}  // namespace

Sandbox::Sandbox(asio::io_context& io, SandboxOptions options, const Clock& clock, Random& random)
    : io_(io),
      options_(std::move(options)),
      platform_(platform_options(options_), clock, random),
      pusher_(io, platform_, pusher_options(options_)),
      api_(platform_, [this](Push push) { pusher_.push(std::move(push), options_.template_result_delay); }),
      phones_(io, platform_, phones_options(options_, pusher_)),
      bell_(io, asio::steady_timer::time_point::max()) {}

Result<std::unique_ptr<Sandbox>> Sandbox::create(asio::io_context& io, SandboxOptions options,
                                                 const Clock& clock, Random& random) {
  if (auto checked = check(options); !checked) return checked.error();
  std::unique_ptr<Sandbox> sandbox(new Sandbox(io, std::move(options), clock, random));
  if (auto listening = sandbox->listen(); !listening) return listening.error();
  return sandbox;
}

Result<void> Sandbox::listen() {
  auto files = read_page_files(options_.page_dir, options_.node_modules);
  if (!files) return files.error();
  std::vector<http::Route> routes = page_routes(std::move(*files));
  for (http::Route& route : api_.routes()) routes.push_back(std::move(route));
  for (http::Route& route : phones_.routes()) routes.push_back(std::move(route));
  http::ServerOptions server;
  server.port = options_.port;
  try {
    server_ = std::make_unique<http::Server>(io_, server, std::move(routes));
  } catch (const std::runtime_error& refused) {
    return Error{Errc::bad_config, refused.what()};
  }
  platform_.set_base_url(url());
  return {};
}

std::string Sandbox::url() const {
  return fmt::format("http://127.0.0.1:{}", port());
}

void Sandbox::start() {
  server_->start();
  clock_runs_ = true;
  auto on_end = [this](std::exception_ptr thrown) {
    clock_runs_ = false;
    bell_.cancel();
    if (thrown) log::error("sandbox_clock_failed");
  };
  asio::co_spawn(io_, phones_.run_clock(), std::move(on_end));
}

asio::awaitable<void> Sandbox::stop() {
  phones_.stop();
  co_await pusher_.stop();
  co_await server_->stop();
  while (clock_runs_) co_await bell_.async_wait(no_throw);
}

}  // namespace linli::sandbox
