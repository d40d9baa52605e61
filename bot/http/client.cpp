#include "bot/http/client.hpp"

#include <deque>
#include <map>
#include <stdexcept>

#include "bot/http/ascii.hpp"
#include "bot/http/response_reader.hpp"
#include "bot/http/wire.hpp"

namespace linli::http {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

asio::ssl::context make_tls(const ClientOptions& options) {
  asio::ssl::context tls(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  tls.set_verify_mode(options.verify_tls ? asio::ssl::verify_peer : asio::ssl::verify_none);
  boost::system::error_code failed;
  if (options.ca_file.empty()) tls.set_default_verify_paths(failed);
  if (!options.ca_file.empty()) tls.load_verify_file(options.ca_file, failed);
  if (failed && options.verify_tls)
    throw std::runtime_error("cannot read the certificates of " +
                             (options.ca_file.empty() ? "the system" : options.ca_file) + ": " +
                             failed.message() + "; it must be a readable PEM file (package ca-certificates)");
  return tls;
}

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  const auto allowed = [&](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_sound(const ClientRequest& request) {
  const auto sound = [](const auto& field) { return is_token(field.first) && !breaks_line(field.second); };
  return is_token(request.method) && std::all_of(request.headers.begin(), request.headers.end(), sound);
}

std::string serialise(const ClientRequest& request, const Url& url) {
  std::string text;
  text.reserve(256 + url.target.size() + request.body.size());
  text.append(request.method)
      .append(" ")
      .append(url.target)
      .append(" HTTP/1.1\r\nHost: ")
      .append(url.authority);
  for (const auto& [name, value] : request.headers)
    text.append("\r\n").append(name).append(": ").append(value);
  if (!request.body.empty() || (request.method != "GET" && request.method != "HEAD"))
    text.append("\r\nContent-Length: ").append(std::to_string(request.body.size()));
  return text.append("\r\n\r\n").append(request.body);
}

bool may_repeat(const std::string& method) {
  return method == "GET" || method == "HEAD";
}

Error in_doubt(const Url& url, const char* why) {
  return {Errc::timed_out, "no whole answer from " + url.host + " port " + url.port + " (" + why +
                               "); whether the request was carried out is unknown"};
}

}  // namespace

std::string ClientResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equal_any_case(key, name)) return value;
  return {};
}

class Client::Impl {
 public:
  Impl(asio::io_context& io, ClientOptions options)
      : io_(io), options_(std::move(options)), tls_(make_tls(options_)) {}

  asio::awaitable<Result<ClientResponse>> request(ClientRequest request) {
    if (!is_sound(request))
      co_return Error{Errc::bad_input, "the request's method or a header field is malformed"};
    const Result<Url> url = parse_url(request.url);
    if (!url) co_return url.error();
    const auto deadline = Clock::now() + options_.timeout;
    const std::size_t most = request.max_answer > 0 ? request.max_answer : options_.max_body;
    const Sending sending{*url, serialise(request, *url), request.method, most};
    if (const auto kept = take_kept(*url)) {
      kept->arm(deadline);
      Outcome outcome = co_await exchange(kept, sending);
      if (!outcome.may_send_again) co_return std::move(outcome.result);
    }
    const auto wire = std::make_shared<Wire>(io_, url->secure ? &tls_ : nullptr);
    const Result<void> connected = co_await wire->connect(*url, options_.verify_tls, deadline);
    if (!connected) co_return connected.error();
    wire->arm(deadline);
    Outcome outcome = co_await exchange(wire, sending);
    co_return std::move(outcome.result);
  }

 private:
  struct Sending {
    const Url& url;
    std::string text;
    const std::string& method;
    std::size_t max_answer;
  };
  struct Outcome {
    Result<ClientResponse> result;
    bool may_send_again =
        false;  // the connection was dead before the other side can have understood a request
  };
  struct Kept {
    std::shared_ptr<Wire> wire;
    Clock::time_point until;
  };

  asio::awaitable<Outcome> exchange(std::shared_ptr<Wire> wire, const Sending& sending) {
    const Wire::Transfer sent = co_await wire->write(sending.text);
    if (sent.failed) co_return not_sent(*wire, sending, sent);
    ResponseReader reader(sending.max_answer, sending.method == "HEAD");
    auto step = ResponseReader::Step::more;
    while (step == ResponseReader::Step::more) {
      const std::span<char> room = reader.room();
      const Wire::Transfer received = co_await wire->read(room);
      if (received.failed) {
        // An end that the other side's TLS did not announce may be a cut.
        step = received.failed == asio::error::eof ? reader.end() : ResponseReader::Step::broken;
        if (step == ResponseReader::Step::whole) break;
        co_return cut(*wire, sending, reader.untouched());
      }
      step = reader.take(received.bytes);
    }
    if (step == ResponseReader::Step::broken) co_return failure(sending, "it is too large or malformed");
    if (reader.keep_alive()) keep(sending.url, wire);
    Outcome outcome{reader.response()};
    co_return outcome;
  }

  static Outcome failure(const Sending& sending, const char* why) { return {in_doubt(sending.url, why)}; }

  static Outcome not_sent(const Wire& wire, const Sending& sending, const Wire::Transfer& sent) {
    if (sent.bytes > 0) return failure(sending, wire.expired() ? "no time left" : "the connection broke");
    const std::string where = sending.url.host + " port " + sending.url.port;
    Outcome outcome{Error{Errc::unavailable, "the connection to " + where + " broke; nothing was sent"}};
    outcome.may_send_again = !wire.expired();
    return outcome;
  }

  static Outcome cut(const Wire& wire, const Sending& sending, bool untouched) {
    if (wire.expired()) return failure(sending, "no time left");
    Outcome outcome = failure(sending, "the connection broke");
    outcome.may_send_again = untouched && may_repeat(sending.method);
    return outcome;
  }

  std::shared_ptr<Wire> take_kept(const Url& url) {
    forget_old();
    const auto found = kept_.find(url.key());
    while (found != kept_.end() && !found->second.empty()) {
      const auto wire = found->second.back().wire;  // the latest used is the least likely to be closed soon
      found->second.pop_back();
      if (wire->is_quiet()) return wire;
    }
    return nullptr;
  }

  void keep(const Url& url, const std::shared_ptr<Wire>& wire) {
    wire->disarm();
    auto& kept = kept_[url.key()];
    if (kept.size() >= options_.pool_per_host) return;
    kept.push_back({wire, Clock::now() + options_.keep_idle});
  }

  void forget_old() {
    const auto now = Clock::now();
    for (auto& [key, kept] : kept_)
      while (!kept.empty() && kept.front().until <= now) kept.pop_front();
    std::erase_if(kept_, [](const auto& entry) { return entry.second.empty(); });
  }

  asio::io_context& io_;
  ClientOptions options_;
  asio::ssl::context tls_;
  std::map<std::string, std::deque<Kept>> kept_;
};

Client::Client(asio::io_context& io, ClientOptions options)
    : impl_(std::make_shared<Impl>(io, std::move(options))) {}
Client::~Client() = default;

asio::awaitable<Result<ClientResponse>> Client::request(ClientRequest request) {
  const auto impl = impl_;
  co_return co_await impl->request(std::move(request));
}

}  // namespace linli::http
