#include "bot/sandbox/phones.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/sandbox/phones_json.hpp"

namespace linli::sandbox {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr Seconds longest_wait{25};
constexpr Seconds longest_jump = std::chrono::hours(24 * 31);

http::Response json_response(std::string body, int status = 200) {
  http::Response response{status, "application/json; charset=utf-8", std::move(body), {}};
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return response;
}

http::Response refused(const Error& error) {
  int status = error.code == Errc::not_found   ? 404
               : error.code == Errc::conflict  ? 409
               : error.code == Errc::too_large ? 413
               : error.code == Errc::forbidden ? 403
                                               : 400;
  JsonWriter json;
  json.object().key("error").value(error.text).end();
  return json_response(json.text(), status);
}

/// Another site's page in the same browser can post plain forms to localhost, but neither JSON nor pictures.
bool from_own_page(const http::Request& request) {
  if (request.header("Sec-Fetch-Site") == "cross-site") return false;
  return request.content_type.starts_with("application/json") || request.content_type.starts_with("image/");
}

/// 0 for whatever is no number.
std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

using Plain = std::function<http::Response(const http::Request&)>;

http::RequestHandler plain(Plain handle) {
  return [handle = std::move(handle)](http::Request request) -> asio::awaitable<http::Answer> {
    bool allowed = request.method == "GET" || request.method == "HEAD" || from_own_page(request);
    if (!allowed) co_return refused({Errc::forbidden, "only the phone page may do this"});
    co_return handle(request);
  };
}

}  // namespace

Phones::Phones(asio::io_context& io, Platform& platform, PhonesOptions options)
    : io_(io),
      platform_(platform),
      options_(std::move(options)),
      run_(platform.random().letters(12)),
      tick_(io) {
  platform_.feed().on_change([this] { wake(); });
}

std::vector<http::Route> Phones::routes() {
  http::Limits limits, photo, waiting;
  photo.body_bytes = std::size_t{5} << 20;
  waiting.deadline = longest_wait + Seconds{10};
  Plain send_one = [this](const http::Request& r) { return send(r); };
  auto wait = [this](http::Request request) { return events(std::move(request)); };
  return {
      {"GET", "/phones", limits, plain([this](const http::Request&) { return state(); })},
      {"POST", "/phones", limits, plain([this](const http::Request&) { return add_person(); })},
      {"GET", "/phones/events", waiting, wait},
      {"POST", "/phones/{openid}/send", limits, plain(std::move(send_one))},
      {"POST", "/phones/{openid}/photo", photo,
       plain([this](const http::Request& r) { return add_photo(r); })},
      {"POST", "/clock", limits, plain([this](const http::Request& r) { return move_clock(r); })},
      {"GET", "/media/{id}", limits, plain([this](const http::Request& r) { return media(r); })},
  };
}

http::Response Phones::state() {
  JsonWriter json;
  json.object()
      .key("run")
      .value(run_)
      .key("title")
      .value(options_.title)
      .key("time_zone")
      .value(options_.time_zone);
  json.key("now").value(std::int64_t{platform_.now().time_since_epoch().count()}).key("fast").value(fast_);
  json.key("last").value(platform_.feed().last()).key("people").array();
  for (const Follower& person : platform_.people()) {
    const auto& first = options_.open_first;
    auto found = std::find(first.begin(), first.end(), person.name);
    write_person(json, person, found == first.end() ? 0 : static_cast<int>(found - first.begin()) + 1,
                 platform_.now());
  }
  json.end().key("menu");
  write_menu(json, platform_.menu());
  json.end();
  return json_response(json.text());
}

http::Response Phones::add_person() {
  const Follower& person = platform_.add_stranger();
  JsonWriter json;
  json.object().key("openid").value(person.openid).key("name").value(person.name).end();
  return json_response(json.text());
}

http::Response Phones::send(const http::Request& request) {
  auto action = read_action(request.body);
  if (!action) return refused(action.error());
  auto push = platform_.act(request.parameter("openid"), *action);
  if (!push) return refused(push.error());
  JsonWriter json;
  json.object().key("line").value(push->line).end();
  options_.push(std::move(*push));
  return json_response(json.text());
}

http::Response Phones::add_photo(const http::Request& request) {
  if (platform_.find(request.parameter("openid")) == nullptr)
    return refused({Errc::not_found, "没有这部手机"});
  auto id = platform_.media().add_picture(request.body, platform_.now());
  if (!id) return refused(id.error());
  JsonWriter json;
  json.object().key("media_id").value(*id).end();
  return json_response(json.text());
}

http::Response Phones::move_clock(const http::Request& request) {
  auto json = parse_json(request.body);
  if (!json) return refused(json.error());
  if (const JsonValue* fast = json->find("fast")) fast_ = fast->boolean().value_or(false);
  std::int64_t seconds = json->integer_at("advance_seconds").value_or(0);
  if (seconds < 0 || Seconds{seconds} > longest_jump) {
    return refused({Errc::bad_input, "advance_seconds: 0 to 2678400 (31 days); the clock does not go back"});
  }
  shift_clock(Seconds{seconds});
  return state();
}

http::Response Phones::media(const http::Request& request) {
  const Media* found = platform_.media().find(request.parameter("id"), platform_.now());
  if (found == nullptr || !found->content_type.starts_with("image/"))
    return refused({Errc::not_found, "没有这张照片"});
  http::Response response{200, found->content_type, found->bytes, {}};
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}

asio::awaitable<http::Answer> Phones::events(http::Request request) {
  auto query = request.query_values();
  std::uint64_t after = number(query["after"]);
  std::uint64_t moves = number(query["moves"]);
  bool known = query["run"].empty() || query["run"] == run_;

  auto give_up = std::chrono::steady_clock::now() + longest_wait;
  auto news = [&] { return platform_.feed().last() > after || clock_moves_ != moves; };
  while (known && !stopping_ && !news() && std::chrono::steady_clock::now() < give_up) {
    asio::steady_timer timer(io_, give_up);
    waiting_.insert(&timer);
    co_await timer.async_wait(no_throw);
    waiting_.erase(&timer);
  }

  JsonWriter json;
  json.object().key("run").value(run_).key("fast").value(fast_).key("last").value(platform_.feed().last());
  json.key("moves").value(clock_moves_);
  json.key("now").value(std::int64_t{platform_.now().time_since_epoch().count()}).key("events").array();
  for (const Event* event : platform_.feed().after(known ? after : 0)) write_event(json, *event);
  json.end().end();
  co_return json_response(json.text());
}

void Phones::shift_clock(Seconds by) {
  if (by.count() > 0) options_.shift_clock(by);
  ++clock_moves_;
  wake();
}

void Phones::wake() {
  for (asio::steady_timer* timer : waiting_) timer->cancel();
}

asio::awaitable<void> Phones::run_clock() {
  while (!stopping_) {
    tick_.expires_after(Seconds{1});
    co_await tick_.async_wait(no_throw);
    if (fast_ && !stopping_) shift_clock(Seconds{times_as_fast - 1});
  }
}

void Phones::stop() {
  stopping_ = true;
  tick_.cancel();
  wake();
}

}  // namespace linli::sandbox
