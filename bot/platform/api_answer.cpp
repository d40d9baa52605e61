#include "bot/platform/api_answer.hpp"

#include <fmt/format.h>
#include <limits>

namespace linli::platform {
namespace {

constexpr JsonLimits answer_limits{.bytes = 256 * 1024, .depth = 16, .nodes = 10'000};

/// "invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist": the only place where the address is given.
/// Taken only if it looks like one, since it is shown to people.
std::string refused_address(std::string_view errmsg) {
  constexpr std::string_view before = "invalid ip ";
  const auto at = errmsg.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = errmsg.substr(at + before.size());
  const auto size = std::min(rest.find_first_not_of("0123456789abcdefABCDEF.:"), rest.size());
  return size <= 45 ? std::string(rest.substr(0, size)) : std::string();
}

std::optional<int> errcode_of(const JsonValue& json) {
  const auto code = json.integer_at("errcode");
  if (!code || *code < std::numeric_limits<int>::min() || *code > std::numeric_limits<int>::max())
    return std::nullopt;
  return static_cast<int>(*code);
}

}  // namespace

ApiAnswer read_answer(const Result<http::ClientResponse>& response) {
  ApiAnswer answer;
  if (!response) {
    // Only `unavailable` and `bad_input` promise that nothing was sent (bot/http/client.hpp).
    if (response.error().code == Errc::unavailable) answer.send_class = SendClass::retry_later;
    if (response.error().code == Errc::bad_input) answer.send_class = SendClass::stop_all;
    return answer;
  }
  answer.status = response->status;
  if (response->status != 200) return answer;
  auto json = parse_json(response->body, answer_limits);
  if (!json) return answer;
  answer.json = std::move(*json);
  answer.errcode = errcode_of(answer.json);
  if (!answer.errcode) return answer;
  answer.send_class = classify(*answer.errcode);
  if (*answer.errcode == 40164) answer.address = refused_address(answer.json.text_at("errmsg").value_or(""));
  return answer;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (unreserved.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace linli::platform
