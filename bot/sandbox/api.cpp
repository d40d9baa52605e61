#include "bot/sandbox/api.hpp"

#include <array>

#include <boost/asio/awaitable.hpp>

#include "bot/base/json.hpp"
#include "bot/base/utf8.hpp"
#include "bot/sandbox/qr_image.hpp"

namespace linli::sandbox {

namespace {

constexpr std::size_t largest_body = 256 * 1024;

http::Response json_response(std::string body) {
  return {200, "application/json; charset=utf-8", std::move(body), {}};
}

http::Response ok() {
  return json_response(R"({"errcode":0,"errmsg":"ok"})");
}

std::string value_of(const std::map<std::string, std::string>& query, const std::string& key) {
  auto found = query.find(key);
  return found == query.end() ? std::string() : found->second;
}

/// Whether a character beyond ASCII is written as \uXXXX, which the platform shows as it is or refuses.
bool has_escaped_characters(std::string_view body) {
  for (std::size_t at = 0; at + 5 < body.size(); ++at) {
    if (body[at] != '\\') continue;
    bool ascii = body.substr(at + 2, 2) == "00" && body[at + 4] < '8';
    if (body[at + 1] == 'u' && !ascii) return true;
    ++at;  // an escaped backslash does not begin another escape
  }
  return false;
}

Answered<JsonValue> read_body(const http::Request& request) {
  if (request.body.empty()) return Refusal{44002, {}};
  if (!is_utf8(request.body) || has_escaped_characters(request.body)) return Refusal{40033, {}};
  auto json = parse_json(request.body);
  if (!json || json->kind() != JsonValue::Kind::object) return Refusal{47001, {}};
  return std::move(*json);
}

std::string text_at(const JsonValue* object, std::string_view key) {
  return object == nullptr ? std::string() : std::string(object->text_at(key).value_or(""));
}

Answered<http::Response> token_response(const Answered<Tokens::Issued>& issued) {
  if (!issued) return issued.error();
  JsonWriter json;
  json.object().key("access_token").value(issued->token);
  json.key("expires_in").value(static_cast<std::int64_t>(issued->expires_in.count())).end();
  return json_response(json.text());
}

}  // namespace

std::vector<http::Route> Api::routes() {
  static constexpr std::array endpoints{
      Endpoint{"/cgi-bin/token", "GET", false, &Api::token},
      Endpoint{"/cgi-bin/stable_token", "POST", false, &Api::stable_token},
      Endpoint{"/cgi-bin/message/custom/send", "POST", true, &Api::custom_send},
      Endpoint{"/cgi-bin/message/template/send", "POST", true, &Api::template_send},
      Endpoint{"/cgi-bin/menu/create", "POST", true, &Api::menu_create},
      Endpoint{"/cgi-bin/menu/get", "GET", true, &Api::menu_get},
      Endpoint{"/cgi-bin/menu/delete", "GET", true, &Api::menu_delete},
      Endpoint{"/cgi-bin/qrcode/create", "POST", true, &Api::qr_create},
      Endpoint{"/cgi-bin/showqrcode", "GET", false, &Api::qr_show},
      Endpoint{"/cgi-bin/user/info", "GET", true, &Api::user_info},
      Endpoint{"/cgi-bin/getcallbackip", "GET", true, &Api::callback_addresses},
      Endpoint{"/cgi-bin/media/get", "GET", true, &Api::media_get},
  };
  std::vector<http::Route> routes;
  for (const Endpoint& endpoint : endpoints) {
    http::Limits limits;
    limits.body_bytes = largest_body;
    auto handle = [this, &endpoint](http::Request request) -> boost::asio::awaitable<http::Answer> {
      co_return answer(endpoint, request);
    };
    routes.push_back({"*", std::string(endpoint.path), limits, std::move(handle)});
  }
  return routes;
}

http::Response Api::answer(const Endpoint& endpoint, const http::Request& request) {
  Query query = request.query_values();
  auto refuse = [this](const Refusal& refusal) {
    return json_response(refusal_json(refusal, platform_.now(), platform_.random()));
  };
  if (request.method != endpoint.method) return refuse({endpoint.method == "GET" ? 43001 : 43002, {}});
  if (endpoint.needs_token) {
    if (int errcode = platform_.check_token(value_of(query, "access_token"))) return refuse({errcode, {}});
  }
  Answer answered = (this->*endpoint.call)(request, query);
  return answered ? std::move(*answered) : refuse(answered.error());
}

Api::Answer Api::token(const http::Request&, const Query& query) {
  if (value_of(query, "grant_type") != "client_credential") return Refusal{40002, {}};
  return token_response(platform_.ordinary_token(value_of(query, "appid"), value_of(query, "secret")));
}

Api::Answer Api::stable_token(const http::Request& request, const Query&) {
  auto body = read_body(request);
  if (!body) return body.error();
  if (text_at(&*body, "grant_type") != "client_credential") return Refusal{40002, {}};
  const JsonValue* force = body->find("force_refresh");
  bool forced = force != nullptr && force->boolean().value_or(false);
  return token_response(platform_.stable_token(text_at(&*body, "appid"), text_at(&*body, "secret"), forced));
}

Api::Answer Api::custom_send(const http::Request& request, const Query&) {
  auto body = read_body(request);
  if (!body) return body.error();
  CustomMessage message;
  message.openid = text_at(&*body, "touser");
  message.kind = text_at(&*body, "msgtype");
  const JsonValue* content = body->find(message.kind);
  if (content == nullptr) return Refusal{47001, {}};
  message.text = text_at(content, "content");
  message.media_id = text_at(content, "media_id");
  if (const JsonValue* articles = content->find("articles")) {
    for (const JsonValue& article : articles->items()) {
      message.articles.push_back({text_at(&article, "title"), text_at(&article, "description"),
                                  text_at(&article, "picurl"), text_at(&article, "url")});
    }
  }
  if (auto sent = platform_.custom_send(message); !sent) return sent.error();
  return ok();
}

Api::Answer Api::template_send(const http::Request& request, const Query&) {
  auto body = read_body(request);
  if (!body) return body.error();
  TemplateSend message;
  message.openid = text_at(&*body, "touser");
  message.template_id = text_at(&*body, "template_id");
  message.url = text_at(&*body, "url");
  message.client_msg_id = text_at(&*body, "client_msg_id");
  const JsonValue* data = body->find("data");
  if (data == nullptr) return Refusal{47001, {}};
  for (const JsonMember& member : data->members()) {
    message.fields.emplace_back(member.key, text_at(&member.value, "value"));
  }
  auto sent = platform_.template_send(message);
  if (!sent) return sent.error();
  if (!sent->repeated) push_(platform_.template_result(message.openid, sent->msg_id));
  JsonWriter json;
  json.object().key("errcode").value(0).key("errmsg").value("ok").key("msgid").value(sent->msg_id).end();
  return json_response(json.text());
}

Api::Answer Api::menu_create(const http::Request& request, const Query&) {
  auto body = read_body(request);
  if (!body) return body.error();
  auto menu = read_menu(*body);
  if (!menu) return menu.error();
  platform_.set_menu(std::move(*menu));
  return ok();
}

Api::Answer Api::menu_get(const http::Request&, const Query&) {
  if (platform_.menu().empty()) return Refusal{46003, {}};
  JsonWriter json;
  json.object().key("menu").object().key("button");
  write_menu(json, platform_.menu());
  json.end().end();
  return json_response(json.text());
}

Api::Answer Api::menu_delete(const http::Request&, const Query&) {
  platform_.set_menu({});
  return ok();
}

Api::Answer Api::qr_create(const http::Request& request, const Query&) {
  auto body = read_body(request);
  if (!body) return body.error();
  std::string action = text_at(&*body, "action_name");
  bool permanent = action == "QR_LIMIT_SCENE" || action == "QR_LIMIT_STR_SCENE";
  bool by_text = action == "QR_STR_SCENE" || action == "QR_LIMIT_STR_SCENE";
  if (!permanent && action != "QR_SCENE" && !by_text) return Refusal{40053, {}};

  const JsonValue* info = body->find("action_info");
  const JsonValue* scene = info == nullptr ? nullptr : info->find("scene");
  if (scene == nullptr) return Refusal{40053, {}};
  std::string text = text_at(scene, "scene_str");
  if (by_text && (text.empty() || utf8_length(text) > 64)) return Refusal{40129, {}};
  if (!by_text) {
    std::int64_t id = scene->integer_at("scene_id").value_or(0);
    if (id < 1 || id > (permanent ? 100'000 : 0xffff'ffff)) return Refusal{40129, {}};
    text = std::to_string(id);
  }
  std::int64_t expires = permanent ? 0 : body->integer_at("expire_seconds").value_or(30);
  if (!permanent && (expires < 1 || expires > 2'592'000)) return Refusal{40053, {}};
  Ticket ticket = platform_.create_ticket(text, Seconds{expires});
  JsonWriter json;
  json.object().key("ticket").value(ticket.ticket);
  if (!permanent) json.key("expire_seconds").value(expires);
  json.key("url").value(ticket.url).end();
  return json_response(json.text());
}

Api::Answer Api::qr_show(const http::Request&, const Query& query) {
  const Ticket* ticket = platform_.find_ticket(value_of(query, "ticket"));
  if (ticket == nullptr) return http::Response{404, "text/plain; charset=utf-8", "no such ticket\n", {}};
  auto svg = qr_svg(ticket->url);
  if (!svg) return Refusal{-1, {}};
  return http::Response{200, "image/svg+xml", std::move(*svg), {}};
}

Api::Answer Api::user_info(const http::Request&, const Query& query) {
  const Follower* person = platform_.find(value_of(query, "openid"));
  if (person == nullptr) return Refusal{40003, {}};
  JsonWriter json;
  json.object().key("subscribe").value(person->following ? 1 : 0).key("openid").value(person->openid);
  if (person->following) {
    bool by_code = !person->scene.empty();
    json.key("language").value("zh_CN");
    json.key("subscribe_time").value(std::int64_t{person->followed_at.time_since_epoch().count()});
    json.key("remark").value("").key("groupid").value(0).key("tagid_list").array().end();
    json.key("subscribe_scene").value(by_code ? "ADD_SCENE_QR_CODE" : "ADD_SCENE_SEARCH");
    json.key("qr_scene").value(0).key("qr_scene_str").value(person->scene);
  }
  json.end();
  return json_response(json.text());
}

Api::Answer Api::callback_addresses(const http::Request&, const Query&) {
  return json_response(R"({"ip_list":["127.0.0.1"]})");
}

Api::Answer Api::media_get(const http::Request&, const Query& query) {
  const Media* media = platform_.media().find(value_of(query, "media_id"), platform_.now());
  if (media == nullptr) return Refusal{40007, {}};
  http::Response response{200, media->content_type, media->bytes, {}};
  response.headers.emplace_back("Content-disposition", "attachment; filename=\"" + media->id + "\"");
  return response;
}

}  // namespace linli::sandbox
