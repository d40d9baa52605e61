#include "bot/http/message.hpp"

#include "bot/http/ascii.hpp"

namespace linli::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::map<std::string, std::string> pairs_of(std::string_view text) {
  std::map<std::string, std::string> values;
  while (!text.empty()) {
    const std::string_view pair = take_until(text, '&');
    if (pair.empty()) continue;
    std::string_view value = pair;
    const std::string_view key = take_until(value, '=');
    values.emplace(percent_decode(key, true), percent_decode(value, true));
  }
  return values;
}

std::string_view take_segment(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

std::string percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
      continue;
    }
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string Request::header(std::string_view name) const {
  std::string_view left = fields;
  while (!left.empty()) {
    const std::string_view line = take_until(left, '\n');
    if (line.size() < name.size() + 3 || line[name.size()] != ':') continue;
    if (!equal_any_case(line.substr(0, name.size()), name)) continue;
    return std::string(line.substr(name.size() + 2, line.size() - name.size() - 3));
  }
  return {};
}

std::map<std::string, std::string> Request::query_values() const {
  return pairs_of(query);
}

std::map<std::string, std::string> Request::form_values() const {
  constexpr std::string_view type = "application/x-www-form-urlencoded";
  const std::string_view sent = std::string_view(content_type).substr(0, content_type.find(';'));
  if (!equal_any_case(trimmed(sent), type)) return {};
  return pairs_of(body);
}

std::string Request::cookie(std::string_view name) const {
  const std::string cookies = header("cookie");
  std::string_view left = cookies;
  while (!left.empty()) {
    std::string_view value = trimmed(take_until(left, ';'));
    if (take_until(value, '=') == name) return std::string(value);
  }
  return {};
}

std::string Request::parameter(std::string_view name) const {
  std::string_view pattern_left = pattern;
  std::string_view path_left = path;
  while (!pattern_left.empty() && pattern_left != "/") {
    const std::string_view wanted = take_segment(pattern_left);
    const std::string_view found = take_segment(path_left);
    if (wanted.size() == name.size() + 2 && wanted.starts_with('{') && wanted.substr(1, name.size()) == name)
      return percent_decode(found, false);
  }
  return {};
}

}  // namespace linli::http
