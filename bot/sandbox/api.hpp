// The HTTP APIs that the account's server calls: tokens, sending, menu, QR codes, users, media. As on the
// platform, a refusal is HTTP 200 with an errcode, and reading calls have no errcode when they succeed.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bot/http/server.hpp"
#include "bot/sandbox/platform.hpp"

namespace linli::sandbox {

class Api {
 public:
  /// `push` carries the result event of a template message to the account's server, a little later.
  Api(Platform& platform, std::function<void(Push)> push) : platform_(platform), push_(std::move(push)) {}
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// This object must outlive the server they are given to.
  std::vector<http::Route> routes();

 private:
  using Query = std::map<std::string, std::string>;
  using Answer = Answered<http::Response>;
  using Call = Answer (Api::*)(const http::Request& request, const Query& query);
  struct Endpoint {
    std::string_view path, method;
    bool needs_token;
    Call call;
  };
  http::Response answer(const Endpoint& endpoint, const http::Request& request);

  Answer token(const http::Request& request, const Query& query);
  Answer stable_token(const http::Request& request, const Query& query);
  Answer custom_send(const http::Request& request, const Query& query);
  Answer template_send(const http::Request& request, const Query& query);
  Answer menu_create(const http::Request& request, const Query& query);
  Answer menu_get(const http::Request& request, const Query& query);
  Answer menu_delete(const http::Request& request, const Query& query);
  Answer qr_create(const http::Request& request, const Query& query);
  Answer qr_show(const http::Request& request, const Query& query);
  Answer user_info(const http::Request& request, const Query& query);
  Answer callback_addresses(const http::Request& request, const Query& query);
  Answer media_get(const http::Request& request, const Query& query);

  Platform& platform_;
  std::function<void(Push)> push_;
};

}  // namespace linli::sandbox
