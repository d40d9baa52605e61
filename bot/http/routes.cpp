#include "bot/http/routes.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace linli::http {
namespace {

bool is_prefix(std::string_view pattern) {
  return pattern.ends_with('/');
}
bool has_name(std::string_view pattern) {
  return pattern.find('{') != std::string_view::npos;
}

bool matches(std::string_view pattern, std::string_view path) {
  for (;;) {
    const std::size_t brace = pattern.find('{');
    if (brace == std::string_view::npos)
      return is_prefix(pattern) ? path.starts_with(pattern) : path == pattern;
    if (!path.starts_with(pattern.substr(0, brace))) return false;
    path.remove_prefix(brace);
    const std::size_t segment = std::min(path.find('/'), path.size());
    if (segment == 0) return false;
    path.remove_prefix(segment);
    pattern.remove_prefix(pattern.find('}') + 1);
    if (pattern.empty()) return path.empty();
  }
}

bool more_specific(const Route& a, const Route& b) {
  const int rank_a = is_prefix(a.path) ? 2 : has_name(a.path) ? 1 : 0;
  const int rank_b = is_prefix(b.path) ? 2 : has_name(b.path) ? 1 : 0;
  if (rank_a != rank_b) return rank_a < rank_b;
  return rank_a == 2 && a.path.size() > b.path.size();
}

void check(const Route& route) {
  const auto refuse = [&](const char* why) { throw std::logic_error("route " + route.path + ": " + why); };
  if (!route.path.starts_with('/')) refuse("the path must begin with '/'");
  if (!route.handle) refuse("there is no handler");
  if (route.method.empty()) refuse("there is no method; \"*\" means any");
  for (std::size_t open = route.path.find('{'); open != std::string::npos;
       open = route.path.find('{', open + 1)) {
    const std::size_t close = route.path.find('}', open);
    const bool whole_segment = close != std::string::npos && close > open + 1 &&
                               route.path[open - 1] == '/' &&
                               (close + 1 == route.path.size() || route.path[close + 1] == '/');
    if (!whole_segment) refuse("\"{name}\" must be one whole segment");
  }
}

bool serves(const Route& route, std::string_view method) {
  return route.method == method || route.method == "*" || (method == "HEAD" && route.method == "GET");
}

}  // namespace

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Route& route : routes_) {
    check(route);
    if (!seen.emplace(route.method, route.path).second)
      throw std::logic_error("route " + route.method + " " + route.path + " stands twice");
    max_header_bytes_ = std::max(max_header_bytes_, route.limits.header_bytes);
  }
  if (routes_.empty()) max_header_bytes_ = Limits{}.header_bytes;
  std::stable_sort(routes_.begin(), routes_.end(), more_specific);
}

const Route* RouteTable::find(std::string_view method, std::string_view path) const {
  for (const Route& route : routes_)
    if (serves(route, method) && matches(route.path, path)) return &route;
  return nullptr;
}

std::string RouteTable::allowed(std::string_view path) const {
  std::set<std::string> methods;
  for (const Route& route : routes_) {
    if (!matches(route.path, path)) continue;
    methods.insert(route.method);
    if (route.method == "GET") methods.insert("HEAD");
  }
  std::string list;
  for (const std::string& method : methods) list += (list.empty() ? "" : ", ") + method;
  return list;
}

}  // namespace linli::http
