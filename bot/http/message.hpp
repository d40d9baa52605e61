// What a request and an answer are, as values: no network in sight, so that handlers and their tests need
// none. Used by every handler of an HTTP route (callbacks, console, sandbox).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linli::http {

/// A whole request: it is handed out only after its last byte was read and every limit held.
struct Request {
  std::string method{};  // "GET", "HEAD", "POST" ...
  std::string path{};    // as sent, not percent-decoded; begins with '/'
  std::string query{};   // raw, without '?'; carries signatures and tokens, never to be logged
  std::string body{};
  std::string content_type{};  // as sent, parameters included; empty if absent
  std::string fields{};        // the header, a line "name: value\r\n" each; read with header() and cookie()
  std::string_view pattern{};  // the path of the route that matched; lives as long as the server

  /// The value of the first header field of that name (any case); empty if absent.
  std::string header(std::string_view name) const;
  /// The query's keys and values, percent-decoded, '+' is a space; the first of equal keys wins.
  std::map<std::string, std::string> query_values() const;
  /// The same for a body of application/x-www-form-urlencoded.
  std::map<std::string, std::string> form_values() const;
  /// Empty if absent.
  std::string cookie(std::string_view name) const;
  /// What stands in the path where the route has "{name}", percent-decoded; empty if the route has no such
  /// name.
  std::string parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<std::pair<std::string, std::string>>
      headers{};  // Content-Length, Date, Connection are the server's
};

/// "%E9%82%BB+x" to "邻 x". A '%' that no two hex digits follow stays as it is.
std::string percent_decode(std::string_view text, bool plus_is_space);

}  // namespace linli::http
