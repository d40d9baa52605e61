// The access token of one account, fetched from /cgi-bin/stable_token and kept in memory only. Used by
// OfficialAccount for every call. One fetch is in flight at a time, and everybody waits for it; each fetch
// has a number, and an answer that arrives after a later fetch's is thrown away. It never asks for
// force_refresh: that kills the token of every other program on the account, and the platform allows it 20
// times a day.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/base/clock.hpp"
#include "bot/base/secret.hpp"
#include "bot/http/client.hpp"
#include "bot/platform/account_settings.hpp"
#include "bot/platform/errcodes.hpp"

namespace linli::platform {

/// How requests leave: http::Client::request, or a script in a test.
using Transport = std::function<boost::asio::awaitable<Result<http::ClientResponse>>(http::ClientRequest)>;

class AccessToken {
 public:
  struct Token {
    Secret value;
    std::uint64_t generation{};  // of the fetch that brought it; later fetches have higher ones
  };
  /// Why there is no token. Whatever the token was for has surely not been sent.
  struct Failure {
    SendClass send_class{};  // retry_later or stop_all
    int errcode{};
    std::string address;  // of 40164
  };
  struct Answer {
    std::optional<Token> token;
    Failure failure;
  };

  /// `clock` outlives this. A fetch that has not ended after `patience` is given up for lost, and the next
  /// caller starts another.
  AccessToken(Transport transport, const AccountSettings& settings, const Clock& clock,
              std::chrono::milliseconds patience = Seconds{15});

  /// A token that has not expired, of a generation above `above`: 0 for any, or that of a token that the
  /// platform has just called invalid.
  boost::asio::awaitable<Answer> get(std::uint64_t above = 0);

 private:
  struct Flight;

  bool is_usable(std::uint64_t above, Time until) const;
  boost::asio::awaitable<void> fetch(std::shared_ptr<Flight> flight);
  Answer read(const Result<http::ClientResponse>& response, std::uint64_t number);
  void keep(const Token& token, Seconds lifetime);

  Transport transport_;
  std::string url_;
  Secret body_;
  const Clock& clock_;
  std::chrono::milliseconds patience_;

  std::optional<Token> token_;
  Time refresh_at_{}, expires_at_{};
  std::uint64_t last_number_ = 0;
  std::shared_ptr<Flight> flight_;  // null when none is under way
};

}  // namespace linli::platform
