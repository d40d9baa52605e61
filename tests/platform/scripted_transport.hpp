// The platform's APIs as a script: every request waits until the test answers it, in whatever order it likes.
// No network, no time: the io_context only ever runs what is ready.
#pragma once

#include <deque>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/platform/access_token.hpp"

namespace linli::platform {

class ScriptedTransport {
 public:
  explicit ScriptedTransport(boost::asio::io_context& io) : io_(io) {}

  Transport transport() {
    return [this](http::ClientRequest request) { return wait_for_answer(std::move(request)); };
  }

  const http::ClientRequest& request(std::size_t index) const { return exchanges_.at(index)->request; }
  std::size_t count() const { return exchanges_.size(); }
  std::size_t count(std::string_view path) const {
    std::size_t found = 0;
    for (const auto& exchange : exchanges_) found += exchange->request.url.find(path) != std::string::npos;
    return found;
  }

  void answer(std::size_t index, std::string body, int status = 200) {
    http::ClientResponse response;
    response.status = status;
    response.body = std::move(body);
    settle(index, std::move(response));
  }
  void answer_with(std::size_t index, std::string content_type, std::string body) {
    http::ClientResponse response;
    response.status = 200;
    response.headers.emplace_back("content-type", std::move(content_type));
    response.body = std::move(body);
    settle(index, std::move(response));
  }
  void fail(std::size_t index, Errc code) { settle(index, Error{code, "scripted"}); }

  /// Everything that can go on goes on.
  void run() {
    io_.restart();
    while (io_.poll() > 0) {
    }
  }

 private:
  struct Exchange {
    Exchange(boost::asio::io_context& io, http::ClientRequest its_request)
        : request(std::move(its_request)), bell(io, boost::asio::steady_timer::time_point::max()) {}

    http::ClientRequest request;
    std::optional<Result<http::ClientResponse>> answer;
    boost::asio::steady_timer bell;
  };

  boost::asio::awaitable<Result<http::ClientResponse>> wait_for_answer(http::ClientRequest request) {
    constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);
    auto exchange = std::make_shared<Exchange>(io_, std::move(request));
    exchanges_.push_back(exchange);
    while (!exchange->answer) co_await exchange->bell.async_wait(no_throw);
    co_return *exchange->answer;
  }

  void settle(std::size_t index, Result<http::ClientResponse> result) {
    exchanges_.at(index)->answer = std::move(result);
    exchanges_.at(index)->bell.cancel();
    run();
  }

  boost::asio::io_context& io_;
  std::vector<std::shared_ptr<Exchange>> exchanges_;
};

/// Starts an awaitable and gives its result once it has ended; what it throws fails the test.
template <class T>
std::shared_ptr<std::optional<T>> start(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
  auto result = std::make_shared<std::optional<T>>();
  boost::asio::co_spawn(io, std::move(work), [result](const std::exception_ptr& failure, T value) {
    EXPECT_FALSE(failure);
    result->emplace(std::move(value));
  });
  io.restart();
  while (io.poll() > 0) {
  }
  return result;
}

inline AccountSettings api_settings() {
  AccountSettings settings;
  settings.name = "district";
  settings.app_id = "wx1234567890abcdef";
  settings.app_secret = Secret("hiddensecret");
  settings.token = Secret("AAAAA");
  settings.aes_key = Secret(std::string(43, 'A'));
  settings.api_base = "https://api.test";
  return settings;
}

inline std::string token_answer(std::string_view token, int lifetime = 7200) {
  return fmt::format(R"({{"access_token":"{}","expires_in":{}}})", token, lifetime);
}

inline std::string errcode_answer(int errcode, std::string_view errmsg = "x") {
  return fmt::format(R"({{"errcode":{},"errmsg":"{} rid: 65f0a1b2-12345678-9abcdef0"}})", errcode, errmsg);
}

}  // namespace linli::platform
