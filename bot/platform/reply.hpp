// The passive reply: what goes back in the HTTP response to a push, as XML before encryption. Called by the
// pipeline; pure. One reply a push; whatever else is to be said goes by the outbox.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"

namespace linli::platform {

struct NewsItem {
  std::string title, description, pic_url, url;
};

struct Reply {
  enum class Kind { none, text, image, voice, news };
  Kind kind = Kind::none;
  std::string text;  // at most max_reply_bytes: the caller splits (base/text.hpp) and sends the rest later
  std::string media_id;            // of image and voice
  std::vector<NewsItem> articles;  // one in answer to a message, up to eight in answer to an event
};

/// More than this of UTF-8 makes the platform show its "service failed" line instead of the text.
inline constexpr std::size_t max_reply_bytes = 2047;

/// The acknowledgement that says nothing to the person. It is never encrypted.
inline constexpr std::string_view plain_success = "success";

/// `to_openid` and `from_account` are the push's FromUserName and ToUserName. A reply without content is
/// answered as `none`, "success": the platform treats an empty Content as a failure of the service.
std::string encode_reply(const Reply& reply, std::string_view to_openid, std::string_view from_account,
                         Time at);

}  // namespace linli::platform
