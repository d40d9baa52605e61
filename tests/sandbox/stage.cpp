#include "tests/sandbox/stage.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/platform/reply.hpp"

namespace linli::sandbox {

Stage::Stage(Bot bot, bool plain_mode, std::chrono::milliseconds push_timeout)
    : callback(account(plain_mode), random), bot_(std::move(bot)) {
  std::vector<http::Route> routes;
  routes.push_back({"POST", "/wechat/oa", {}, [this](http::Request r) { return receive(std::move(r)); }});
  bot_server = std::make_unique<http::Server>(io, http::ServerOptions{}, std::move(routes));
  SandboxOptions chosen = options(plain_mode);
  chosen.callback_url = fmt::format("http://127.0.0.1:{}/wechat/oa", bot_server->port());
  chosen.push_timeout = push_timeout;
  chosen.shift_clock = [this](Seconds by) { clock.advance(by); };
  sandbox = Sandbox::create(io, std::move(chosen), clock, random).value();
}

platform::AccountSettings Stage::account(bool plain_mode) {
  platform::AccountSettings account;
  account.name = "oa";
  account.app_id = "wx0123456789abcdef";
  account.app_secret = Secret("sandbox-secret");
  account.token = Secret("sandboxtoken");
  account.plain_mode = plain_mode;
  if (!plain_mode) account.aes_key = Secret("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
  account.api_base = "http://127.0.0.1:1";
  return account;
}

SandboxOptions Stage::options(bool plain_mode) {
  SandboxOptions options;
  options.account = account(plain_mode);
  options.callback_url = "http://127.0.0.1:1/wechat/oa";
  options.page_dir = LINLI_SOURCE_DIR "/bot/sandbox/page";
  options.node_modules = LINLI_SOURCE_DIR "/node_modules";
  options.people = {{"居民甲", openid}};
  options.shift_clock = [](Seconds) {};
  options.push_pause = {};
  options.template_result_delay = {};
  return options;
}

void Stage::play(Scene scene) {
  bot_server->start();
  sandbox->start();
  std::exception_ptr thrown;
  auto ended = [&thrown](std::exception_ptr failure) {
    if (failure && !thrown) thrown = failure;
  };
  auto after_scene = [this, &thrown, ended](std::exception_ptr failure) {
    thrown = failure;
    curtain_.cancel();
    asio::co_spawn(io, end(), ended);
  };
  asio::co_spawn(io, scene(), after_scene);
  io.run();
  if (thrown) std::rethrow_exception(thrown);
}

asio::awaitable<void> Stage::end() {
  co_await sandbox->stop();
  co_await bot_server->stop();
}

asio::awaitable<void> Stage::stall() {
  auto no_throw = asio::as_tuple(asio::use_awaitable);
  co_await curtain_.async_wait(no_throw);
}

asio::awaitable<http::Answer> Stage::receive(http::Request request) {
  bodies.push_back(request.body);
  auto opened = callback.open_post(request.query_values(), request.body);
  if (!opened) co_return http::Response{403, "text/plain", "forbidden", {}};
  platform::Callback::Opened push = *opened;
  co_return co_await bot_(std::move(push));
}

asio::awaitable<http::ClientResponse> Stage::get(std::string path) {
  http::ClientRequest request;
  request.url = sandbox->url() + path;
  auto answered = co_await client_.request(std::move(request));
  co_return answered.value();
}

asio::awaitable<http::ClientResponse> Stage::post(std::string path, std::string body,
                                                  std::string content_type) {
  http::ClientRequest request;
  request.method = "POST";
  request.url = sandbox->url() + path;
  request.body = std::move(body);
  request.headers.emplace_back("Content-Type", std::move(content_type));
  auto answered = co_await client_.request(std::move(request));
  co_return answered.value();
}

asio::awaitable<JsonValue> Stage::api(std::string path, std::string body) {
  if (token_.empty()) {
    std::string ask =
        R"({"grant_type":"client_credential","appid":"wx0123456789abcdef","secret":"sandbox-secret"})";
    auto issued = co_await post("/cgi-bin/stable_token", ask);
    token_ = parse_json(issued.body)->text_at("access_token").value();
  }
  std::string url =
      fmt::format("/cgi-bin/{}{}access_token={}", path, path.find('?') == path.npos ? "?" : "&", token_);
  if (body.empty()) {
    auto got = co_await get(url);
    co_return parse_json(got.body).value();
  }
  auto answered = co_await post(url, body);
  co_return parse_json(answered.body).value();
}

asio::awaitable<JsonValue> Stage::act(std::string action) {
  std::string path = fmt::format("/phones/{}/send", openid);
  auto answered = co_await post(path, action);
  co_return parse_json(answered.body).value();
}

asio::awaitable<std::string> Stage::next_line(std::string from) {
  for (;;) {
    std::string path = fmt::format("/phones/events?after={}", seen_);
    auto answered = co_await get(path);
    JsonValue news = parse_json(answered.body).value();
    for (const JsonValue& event : news.find("events")->items()) {
      seen_ = static_cast<std::uint64_t>(event.integer_at("n").value());
      if (event.text_at("type") == "line" && event.text_at("from") == from) {
        co_return std::string(event.text_at("text").value());
      }
    }
  }
}

http::Response Stage::sealed(const platform::Callback::Opened& opened, std::string_view reply_xml) {
  return {200, "text/xml", callback.seal_reply(opened, reply_xml, clock.now()), {}};
}

http::Response Stage::text_reply(const platform::Callback::Opened& opened, std::string text) {
  auto inbound = platform::parse_inbound("oa", opened.xml).value();
  platform::Reply reply;
  reply.kind = platform::Reply::Kind::text;
  reply.text = std::move(text);
  return sealed(opened, platform::encode_reply(reply, inbound.openid, inbound.to_user, clock.now()));
}

http::Response Stage::plain(std::string body) {
  return {200, "text/plain", std::move(body), {}};
}

}  // namespace linli::sandbox
