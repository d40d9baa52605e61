#include "bot/platform/access_token.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/json.hpp"
#include "bot/base/log.hpp"
#include "bot/platform/api_answer.hpp"

namespace asio = boost::asio;

namespace linli::platform {
namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

/// In the last five minutes of a token the platform hands out the next one, and both work: the time to change
/// over.
constexpr Seconds changeover{240};
constexpr Seconds shortest_lifetime{10}, longest_lifetime{7200};

AccessToken::Answer failed(SendClass send_class, int errcode = 0, std::string address = {}) {
  AccessToken::Answer answer;
  answer.failure.send_class = send_class;
  answer.failure.errcode = errcode;
  answer.failure.address = std::move(address);
  return answer;
}

AccessToken::Answer found(AccessToken::Token token) {
  AccessToken::Answer answer;
  answer.token = std::move(token);
  return answer;
}

/// A refusal of the token request, other than for load or a passing fault, holds for every message.
SendClass token_class(int errcode) {
  const auto send_class = classify(errcode);
  const bool passes = send_class == SendClass::retry_later || send_class == SendClass::in_doubt;
  return passes ? SendClass::retry_later : SendClass::stop_all;
}

}  // namespace

struct AccessToken::Flight {
  Flight(std::uint64_t its_number, const asio::any_io_executor& executor, std::chrono::milliseconds patience)
      : number(its_number), bell(executor, patience) {}

  std::uint64_t number;
  asio::steady_timer bell;  // cancelled when done; expires when the flight is given up for lost
  bool done = false;
  Answer answer;
};

AccessToken::AccessToken(Transport transport, const AccountSettings& settings, const Clock& clock,
                         std::chrono::milliseconds patience)
    : transport_(std::move(transport)),
      url_(settings.api_base + "/cgi-bin/stable_token"),
      clock_(clock),
      patience_(patience) {
  JsonWriter body;
  body.object().key("grant_type").value("client_credential").key("appid").value(settings.app_id);
  body.key("secret").value(settings.app_secret.reveal()).key("force_refresh").value(false).end();
  body_ = Secret(body.text());
}

asio::awaitable<AccessToken::Answer> AccessToken::get(std::uint64_t above) {
  const auto executor = co_await asio::this_coro::executor;
  while (!is_usable(above, refresh_at_)) {
    auto flight = flight_;
    if (flight) {
      co_await flight->bell.async_wait(no_throw);
    } else {
      flight = std::make_shared<Flight>(++last_number_, executor, patience_);
      flight_ = flight;
      co_await fetch(flight);
    }
    if (flight->done && flight->answer.token) continue;
    if (is_usable(above, expires_at_))
      break;  // the platform cannot be reached, but the old token still serves
    if (flight->done) co_return flight->answer;
    if (flight_ == flight) flight_.reset();  // lost: whoever comes here first starts the next one
  }
  co_return found(*token_);
}

bool AccessToken::is_usable(std::uint64_t above, Time until) const {
  return token_ && token_->generation > above && clock_.now() < until;
}

asio::awaitable<void> AccessToken::fetch(std::shared_ptr<Flight> flight) {
  http::ClientRequest request;
  request.method = "POST";
  request.url = url_;
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = body_.reveal();
  flight->answer = failed(SendClass::retry_later);
  try {
    const auto response = co_await transport_(std::move(request));
    flight->answer = read(response, flight->number);
  } catch (const std::exception&) {
    log::error("token_fetch_threw");  // its text may hold anything; those who wait get a failure
  }
  flight->done = true;
  if (flight_ == flight) flight_.reset();
  flight->bell.cancel();
}

AccessToken::Answer AccessToken::read(const Result<http::ClientResponse>& response, std::uint64_t number) {
  const auto answer = read_answer(response);
  if (answer.errcode.value_or(0) != 0) {
    log::error("token_refused", {{"errcode", *answer.errcode}});
    return failed(token_class(*answer.errcode), *answer.errcode, answer.address);
  }
  const auto text = answer.json.text_at("access_token");
  const auto lifetime = answer.json.integer_at("expires_in");
  if (!text || text->empty() || !lifetime || *lifetime < 1) {
    log::warn("token_not_fetched", {{"status", answer.status}});
    return failed(answer.send_class == SendClass::stop_all ? SendClass::stop_all : SendClass::retry_later);
  }
  Token token;
  token.value = Secret(std::string(*text));
  token.generation = number;
  keep(token, Seconds{*lifetime});
  return found(std::move(token));
}

void AccessToken::keep(const Token& token, Seconds lifetime) {
  if (token_ && token_->generation > token.generation) {
    log::warn("token_outdated", {{"generation", token.generation}});
    return;
  }
  lifetime = std::clamp(lifetime, shortest_lifetime, longest_lifetime);
  token_ = token;
  expires_at_ = clock_.now() + lifetime;
  refresh_at_ = clock_.now() + std::max(lifetime - changeover, lifetime / 2);
}

}  // namespace linli::platform
