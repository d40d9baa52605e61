// Web addresses as claim_match.hpp promises them: found in a text, and reduced to what names the page.
// Written by hand because the address is only compared, never visited, and people paste addresses that no
// parser takes.
#include <algorithm>
#include <array>

#include "bot/base/text.hpp"
#include "bot/community/claim_match.hpp"

namespace linli::community {

namespace {

// They say who passed the page on, when and from where.
constexpr std::string_view passing_on[] = {
    "from",      "isappinstalled", "scene",     "nsukey",     "spm",      "chksm", "timestamp",
    "clicktime", "enterid",        "ascene",    "devicetype", "version",  "lang",  "pass_ticket",
    "wx_header", "fontgear",       "sessionid", "exportkey",  "subscene", "key",   "uin",
    "rd",        "fbclid",         "gclid",     "source",     "src",      "ref",   "app",
    "tt_from",   "u_code",         "timeout",   "openid",
};
constexpr std::string_view passing_on_prefix[] = {"utm_", "share", "wxshare", "weixin_share", "sharer"};
// An article of an official account is named by these alone.
constexpr std::string_view article_host = "mp.weixin.qq.com";
constexpr std::string_view article_names[] = {"__biz", "mid", "idx", "sn"};

bool is_address_character(char c) {
  return c > 0x20 && c < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string host_of(std::string_view authority) {
  if (auto at = authority.rfind('@'); at != authority.npos) authority.remove_prefix(at + 1);
  std::string host = lower(authority);
  for (std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  for (std::string_view prefix : {"www.", "m."}) {
    if (host.starts_with(prefix)) host.erase(0, prefix.size());
  }
  return host;
}

bool names_the_page(std::string_view host, std::string_view parameter) {
  std::string name = lower(parameter.substr(0, parameter.find('=')));
  if (name.empty()) return false;
  if (host == article_host) return std::ranges::find(article_names, name) != std::end(article_names);
  if (std::ranges::find(passing_on, name) != std::end(passing_on)) return false;
  return std::ranges::none_of(passing_on_prefix,
                              [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string kept_parameters(std::string_view host, std::string_view query) {
  std::vector<std::string_view> kept;
  while (!query.empty()) {
    auto end = std::min(query.find('&'), query.size());
    std::string_view parameter = query.substr(0, end);
    if (names_the_page(host, parameter)) kept.push_back(parameter);
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  std::ranges::sort(kept);
  std::string out;
  for (auto parameter : kept) out += (out.empty() ? "?" : "&") + std::string(parameter);
  return out;
}

}  // namespace

std::optional<std::string> find_url(std::string_view text) {
  std::string small = lower(text);
  auto begin = small.npos;
  for (std::string_view start : {"http://", "https://", "www."}) begin = std::min(begin, small.find(start));
  if (begin == small.npos) return std::nullopt;
  std::size_t end = begin;
  while (end < text.size() && is_address_character(text[end])) ++end;
  while (end > begin && std::string_view(".,;:!?)").find(text[end - 1]) != std::string_view::npos) --end;
  return std::string(text.substr(begin, end - begin));
}

std::string url_identity(std::string_view url) {
  std::string small = lower(url);
  for (std::string_view scheme : {"http://", "https://"}) {
    if (small.starts_with(scheme)) url.remove_prefix(scheme.size());
  }
  url = url.substr(0, url.find('#'));
  std::string_view authority = url.substr(0, url.find_first_of("/?"));
  url.remove_prefix(authority.size());
  std::string host = host_of(authority);
  if (host.find('.') == host.npos) return {};
  auto question = url.find('?');
  std::string path(url.substr(0, question));
  while (path.ends_with('/')) path.pop_back();
  return host + path +
         kept_parameters(host, question == url.npos ? std::string_view{} : url.substr(question + 1));
}

}  // namespace linli::community
