#include "bot/sandbox/refusal.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "bot/base/json.hpp"

namespace linli::sandbox {

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
  throw std::runtime_error(fmt::format("errcode {}", refusal.errcode));
}

std::string_view errmsg(int errcode) {
  switch (errcode) {
    case 0:
      return "ok";
    case 40001:
      return "invalid credential, access_token is invalid or not latest";
    case 40002:
      return "invalid grant_type";
    case 40003:
      return "invalid openid";
    case 40007:
      return "invalid media_id";
    case 40008:
      return "invalid message type";
    case 40013:
      return "invalid appid";
    case 40014:
      return "invalid access_token";
    case 40016:
      return "invalid button size";
    case 40017:
      return "invalid button type";
    case 40018:
      return "invalid button name size";
    case 40019:
      return "invalid button key size";
    case 40020:
      return "invalid button url size";
    case 40023:
      return "invalid sub button size";
    case 40033:
      return "invalid charset. please check your request, if include \\uxxxx will create fail!";
    case 40036:
      return "invalid template_id size";
    case 40037:
      return "invalid template_id";
    case 40053:
      return "invalid action info";
    case 40125:
      return "invalid appsecret";
    case 40129:
      return "invalid scene";
    case 41001:
      return "access_token missing";
    case 41002:
      return "appid missing";
    case 41004:
      return "appsecret missing";
    case 41009:
      return "missing openid";
    case 42001:
      return "access_token expired";
    case 43001:
      return "require GET method";
    case 43002:
      return "require POST method";
    case 43004:
      return "require subscribe";
    case 44002:
      return "empty post data";
    case 44004:
      return "empty content";
    case 45002:
      return "content size out of limit";
    case 45008:
      return "article size out of limit";
    case 45009:
      return "reach max api daily quota limit";
    case 45011:
      return "api minute-quota reach limit, must slower, retry next minute";
    case 45015:
      return "response out of time limit or subscription is canceled";
    case 45047:
      return "out of response count limit";
    case 46003:
      return "menu no exist";
    case 47001:
      return "data format error";
    case 47003:
      return "argument invalid!";
    default:
      return "system error";
  }
}

std::string refusal_json(const Refusal& refusal, Time now, Random& random) {
  auto eight = [&random] { return static_cast<std::uint32_t>(random.below(1ULL << 32)); };
  auto unix_time = static_cast<std::uint32_t>(now.time_since_epoch().count());
  std::string_view wording =
      refusal.detail.empty() ? errmsg(refusal.errcode) : std::string_view(refusal.detail);
  std::string text = fmt::format("{} rid: {:08x}-{:08x}-{:08x}", wording, unix_time, eight(), eight());
  JsonWriter json;
  json.object().key("errcode").value(refusal.errcode).key("errmsg").value(text).end();
  return json.text();
}

}  // namespace linli::sandbox
