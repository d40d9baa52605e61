#include "bot/http/url.hpp"

#include <charconv>
#include <cstdint>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace linli::http {
namespace {

Error bad_url(const char* why) {
  return {Errc::bad_input, std::string("the URL ") + why + "; it must be http:// or https:// with a host"};
}

bool is_port(const std::string& text) {
  std::uint16_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() && number != 0;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (parsed.has_error()) return bad_url("cannot be read");
  const auto scheme = parsed->scheme_id();
  if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https)
    return bad_url("has another scheme");
  if (parsed->has_userinfo()) return bad_url("names a user");
  if (parsed->has_fragment()) return bad_url("has a fragment");
  const auto host = parsed->encoded_host_address();
  if (host.empty() || host.find('%') != boost::urls::string_view::npos) return bad_url("has no plain host");
  Url url;
  url.secure = scheme == boost::urls::scheme::https;
  url.host.assign(host.data(), host.size());
  const std::string usual = url.secure ? "443" : "80";
  url.port = parsed->port().empty() ? usual : std::string(parsed->port().data(), parsed->port().size());
  if (!is_port(url.port)) return bad_url("has a bad port");
  const auto kind = parsed->host_type();
  url.host_is_address = kind == boost::urls::host_type::ipv4 || kind == boost::urls::host_type::ipv6;
  url.authority = kind == boost::urls::host_type::ipv6 ? "[" + url.host + "]" : url.host;
  if (url.port != usual) url.authority += ":" + url.port;
  const auto target = parsed->encoded_target();
  if (!target.starts_with('/')) url.target.push_back('/');
  url.target.append(target.data(), target.size());
  return url;
}

}  // namespace linli::http
