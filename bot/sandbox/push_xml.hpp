// The XML that the account's server gets for what a person does on the phone, field by field as the platform
// writes it (texts in CDATA, numbers bare). Pure; called by Platform.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::sandbox {

/// What every push begins with.
struct PushHead {
  std::string account;  // gh_...
  std::string openid;
  Time at{};
};

struct Picture {
  std::string pic_url, media_id;
};
struct Place {
  double latitude{}, longitude{};
  std::string label;
};
struct Article {
  std::string title, description, url;
};

std::string text_push(const PushHead& head, std::string_view text, std::string_view menu_entry,
                      std::uint64_t msg_id);
std::string image_push(const PushHead& head, const Picture& picture, std::uint64_t msg_id);
std::string voice_push(const PushHead& head, std::string_view media_id, std::uint64_t msg_id);
std::string location_push(const PushHead& head, const Place& place, std::uint64_t msg_id);
std::string link_push(const PushHead& head, const Article& article, std::uint64_t msg_id);

/// `event` in the platform's spelling: subscribe, unsubscribe, SCAN, CLICK, VIEW. An empty ticket is left
/// out.
std::string event_push(const PushHead& head, std::string_view event, std::string_view key,
                       std::string_view ticket);
std::string location_report_push(const PushHead& head, const Place& place);
std::string template_result_push(const PushHead& head, std::uint64_t msg_id, std::string_view status);

}  // namespace linli::sandbox
