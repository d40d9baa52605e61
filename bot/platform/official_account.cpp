#include "bot/platform/official_account.hpp"

#include <fmt/format.h>

#include "bot/base/json.hpp"
#include "bot/base/log.hpp"
#include "bot/base/utf8.hpp"

namespace asio = boost::asio;

namespace linli::platform {
namespace {

constexpr Seconds longest_qr{2'592'000};

Transport transport_of(http::Client& client) {
  return [&client](http::ClientRequest request) { return client.request(std::move(request)); };
}

struct Call {
  std::string path, body;
};

Call encode(const CustomText& message) {
  JsonWriter body;
  body.object().key("touser").value(message.openid).key("msgtype").value("text");
  body.key("text").object().key("content").value(message.text).end().end();
  return {"/cgi-bin/message/custom/send", body.text()};
}

Call encode(const TemplateMessage& message) {
  JsonWriter body;
  body.object().key("touser").value(message.openid).key("template_id").value(message.template_id);
  if (!message.url.empty()) body.key("url").value(message.url);
  if (!message.client_msg_id.empty()) body.key("client_msg_id").value(message.client_msg_id);
  body.key("data").object();
  for (const auto& [key, text] : message.fields) body.key(key).object().key("value").value(text).end();
  body.end().end();
  return {"/cgi-bin/message/template/send", body.text()};
}

Call encode(const Outgoing& message) {
  return std::visit([](const auto& what) { return encode(what); }, message.what);
}

/// Beyond 2^53 in real life, and a string from some imitations: kept as text.
std::string message_id(const JsonValue& json) {
  const auto* id = json.find("msgid");
  if (!id) return {};
  return std::string(id->number_text().value_or(id->text().value_or("")));
}

SendOutcome outcome_of(const ApiAnswer& answer) {
  SendOutcome outcome;
  outcome.send_class = answer.send_class;
  outcome.errcode = answer.errcode.value_or(0);
  outcome.address = answer.address;
  outcome.msgid = message_id(answer.json);
  return outcome;
}

/// For the calls that people make, in words.
Error error_of(const ApiAnswer& answer, std::string_view call) {
  if (answer.errcode) {
    const auto* row = find_errcode(*answer.errcode);
    return Error{Errc::platform,
                 fmt::format("the platform refused {}: errcode {} ({}){}{}", call, *answer.errcode,
                             row ? row->meaning : "not a known code",
                             answer.address.empty() ? "" : "; this machine's address is ", answer.address)};
  }
  if (answer.send_class == SendClass::in_doubt) {
    return Error{Errc::timed_out,
                 fmt::format("no readable answer to {}; it may have been done: look, or repeat it", call)};
  }
  return Error{Errc::unavailable,
               fmt::format("the platform could not be reached for {}; nothing was done", call)};
}

Result<void> done_or_error(const ApiAnswer& answer, std::string_view call) {
  if (answer.send_class == SendClass::accepted) return {};
  return error_of(answer, call);
}

}  // namespace

OfficialAccount::OfficialAccount(http::Client& client, const AccountSettings& settings, const Clock& clock)
    : OfficialAccount(transport_of(client), settings, clock) {}

OfficialAccount::OfficialAccount(Transport transport, const AccountSettings& settings, const Clock& clock)
    : transport_(std::move(transport)), api_base_(settings.api_base), token_(transport_, settings, clock) {}

asio::awaitable<ApiAnswer> OfficialAccount::post(std::string path, std::string body) {
  http::ClientRequest request;
  request.method = "POST";
  request.url = fmt::format("{}{}?access_token=", api_base_, path);
  request.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  request.body = std::move(body);
  auto answer = co_await call(std::move(request), nullptr);
  co_return answer;
}

asio::awaitable<ApiAnswer> OfficialAccount::call(http::ClientRequest request, std::string* picture) {
  ApiAnswer answer;
  std::uint64_t above = 0;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto token = co_await token_.get(above);
    if (!token.token) {
      answer = {};  // whatever a first attempt was answered, it was refused
      answer.send_class = token.failure.send_class;
      if (token.failure.errcode != 0) answer.errcode = token.failure.errcode;
      answer.address = token.failure.address;
      co_return answer;
    }
    http::ClientRequest with_token = request;
    with_token.url += percent_encode(token.token->value.reveal());
    auto response = co_await transport_(std::move(with_token));
    // Refusals come with status 200 too: only the content type tells them from a picture.
    if (picture && response && response->status == 200 &&
        response->header("Content-Type").starts_with("image/")) {
      *picture = std::move(response->body);
      answer.send_class = SendClass::accepted;
      co_return answer;
    }
    answer = read_answer(response);
    if (answer.send_class != SendClass::refresh_token) co_return answer;
    above = token.token->generation;
    log::warn("token_invalid", {{"errcode", answer.errcode.value_or(0)}, {"generation", above}});
  }
  answer.send_class = SendClass::retry_later;
  co_return answer;
}

asio::awaitable<Result<std::string>> OfficialAccount::get_picture(std::string media_id,
                                                                  std::size_t most_bytes) {
  http::ClientRequest request;
  request.url =
      fmt::format("{}/cgi-bin/media/get?media_id={}&access_token=", api_base_, percent_encode(media_id));
  request.max_answer = most_bytes;
  std::string picture;
  const auto answer = co_await call(std::move(request), &picture);
  if (answer.send_class == SendClass::accepted && !picture.empty()) co_return picture;
  // An answer that says neither errcode nor picture will not say more the next time.
  if (answer.send_class == SendClass::accepted)
    co_return Error{Errc::platform, "the platform gave no picture"};
  // What leaves a sending in doubt ("system error") leaves nothing in doubt here: it is asked again.
  if (answer.send_class == SendClass::retry_later ||
      (answer.send_class == SendClass::in_doubt && answer.errcode))
    co_return Error{Errc::unavailable, "the platform gives no picture now"};
  co_return error_of(answer, "the picture");
}

asio::awaitable<SendOutcome> OfficialAccount::send(Outgoing message) {
  auto call = encode(message);
  const auto answer = co_await post(std::move(call.path), std::move(call.body));
  co_return outcome_of(answer);
}

asio::awaitable<Result<void>> OfficialAccount::create_menu(std::string json) {
  const auto parsed = parse_json(json);
  if (!parsed) co_return parsed.error();
  std::string path = "/cgi-bin/menu/create";
  const auto answer = co_await post(std::move(path), std::move(json));
  co_return done_or_error(answer, "the menu");
}

asio::awaitable<Result<QrCode>> OfficialAccount::create_qr(std::string scene,
                                                           std::optional<Seconds> lifetime) {
  if (scene.empty() || utf8_length(scene) > 64 || !is_utf8(scene)) {
    co_return Error{Errc::bad_input, "the scene of a QR code has 1 to 64 characters"};
  }
  if (lifetime && (*lifetime < Seconds{1} || *lifetime > longest_qr)) {
    co_return Error{Errc::bad_input, "a QR code lives from 1 second to 30 days, or for ever"};
  }
  JsonWriter body;
  body.object();
  if (lifetime) body.key("expire_seconds").value(std::int64_t{lifetime->count()});
  body.key("action_name").value(lifetime ? "QR_STR_SCENE" : "QR_LIMIT_STR_SCENE");
  body.key("action_info").object().key("scene").object().key("scene_str").value(scene).end().end().end();
  std::string path = "/cgi-bin/qrcode/create";
  std::string text = body.text();
  const auto answer = co_await post(std::move(path), std::move(text));
  const auto ticket = answer.json.text_at("ticket");
  if (!ticket || ticket->empty()) co_return error_of(answer, "the QR code");
  QrCode code;
  code.ticket = *ticket;
  code.url = answer.json.text_at("url").value_or("");
  co_return code;
}

}  // namespace linli::platform
