#include "bot/http/response_writer.hpp"

#include <algorithm>

#include <boost/beast/http/status.hpp>

#include "bot/base/log.hpp"
#include "bot/http/ascii.hpp"

namespace linli::http {
namespace {

constexpr std::size_t keep_capacity = 65536;  // a connection gives back what a large answer took

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

bool is_sound(const Response& response) {
  if (response.status < 200 || response.status > 599 || breaks_line(response.content_type)) return false;
  const auto sound = [](const auto& field) {
    return !field.first.empty() && field.first.find_first_of(": ") == std::string::npos &&
           !breaks_line(field.first) && !breaks_line(field.second);
  };
  return std::all_of(response.headers.begin(), response.headers.end(), sound);
}

}  // namespace

Response internal_error() {
  return {.status = 500, .body = "Internal Server Error\n"};
}

void ResponseWriter::compose(const Response& response, Framing framing) {
  if (!is_sound(response)) {
    log::error("http_bad_response", {{"status", response.status}});
    return compose(internal_error(), framing);
  }
  if (bytes_.capacity() > keep_capacity) bytes_ = std::string();
  bytes_ = "HTTP/1.1 ";
  bytes_ += std::to_string(response.status);
  bytes_ += ' ';
  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  bytes_.append(reason.data(), reason.size());
  bytes_ += "\r\nDate: ";
  bytes_ += date();
  if (has_body(response.status)) {
    if (!response.content_type.empty()) bytes_.append("\r\nContent-Type: ").append(response.content_type);
    bytes_.append("\r\nContent-Length: ").append(std::to_string(response.body.size()));
  }
  for (const auto& [name, value] : response.headers)
    bytes_.append("\r\n").append(name).append(": ").append(value);
  if (!framing.keep_alive) bytes_ += "\r\nConnection: close";
  if (framing.keep_alive && framing.http_1_0) bytes_ += "\r\nConnection: keep-alive";
  bytes_ += "\r\n\r\n";
  if (has_body(response.status) && !framing.is_head) bytes_ += response.body;
}

std::string_view ResponseWriter::date() {
  const std::time_t now = std::time(nullptr);
  if (now == date_at_) return date_;
  date_at_ = now;
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[64];
  // The C locale's names: nothing in the program calls setlocale.
  date_.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc));
  return date_;
}

}  // namespace linli::http
