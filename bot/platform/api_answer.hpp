// Reading what an API of the platform answers: errors come with status 200 and an errcode, read calls have no
// errcode on success, and anything else means that nobody knows what happened. Used by AccessToken and
// OfficialAccount.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/json.hpp"
#include "bot/base/result.hpp"
#include "bot/http/client.hpp"
#include "bot/platform/errcodes.hpp"

namespace linli::platform {

struct ApiAnswer {
  SendClass send_class = SendClass::in_doubt;
  int status = 0;              // 0: no whole answer
  std::optional<int> errcode;  // as sent; nullopt if there is none
  std::string address;         // of 40164: the address that is not in the allow list
  JsonValue json;              // null unless status 200 came with JSON
};

ApiAnswer read_answer(const Result<http::ClientResponse>& response);

/// For a value in a URL's query.
std::string percent_encode(std::string_view text);

}  // namespace linli::platform
