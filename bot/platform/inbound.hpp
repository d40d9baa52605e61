// What the platform pushes, as values: one struct for messages and events. parse_inbound is called by the
// pipeline with the decrypted XML of one callback; it keeps no state. The dedupe key it computes is what
// makes the platform's second and third try, and a replay of last month, harmless: the store keeps it UNIQUE
// by account.
#pragma once

#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::platform {

enum class InboundKind {
  text,
  image,
  voice,
  video,     // and shortvideo
  location,  // sent from the chat; location_report is what the phone reports by itself
  link,
  file,
  other,  // a message of a type not known here, or a location without usable coordinates
  subscribe,
  unsubscribe,
  scan,
  location_report,
  click,
  view,
  template_result,
  other_event,
};

/// "text", "location_report" ...: for logs and metrics.
std::string_view name(InboundKind kind);
bool is_event(InboundKind kind);

/// Fields that a kind does not have stay empty. Everything in it was written by somebody else.
struct Inbound {
  std::string account;  // whose callback it came by: the name in the settings
  std::string openid;   // who it is about
  std::string to_user;  // the account's own gh_ id, the sender of a reply
  InboundKind kind{};
  std::string dedupe_key;  // unique by account; holds no personal data
  Time created{};

  std::string text;  // Content; a voice message's Recognition (in practice always empty); a scan's ScanResult
  std::string media_id, pic_url;
  std::string title, description, url;
  std::string event;      // as sent: "SCAN", "scancode_push" ...
  std::string event_key;  // of a subscribe or SCAN the scene, without "qrscene_"
  std::string ticket;
  std::string label;   // of a location
  std::string format;  // of a voice message
  std::string msg_id;  // MsgId of a message; MsgID of a template result
  std::string status;  // of a template result: "success", "failed:user block" ...
  double latitude{}, longitude{}, precision{};
  std::string menu_id;  // bizmsgmenuid of a tapped entry, MenuId of a menu event
};

/// `xml` is what Callback::open_post returned. Unknown types and events are `other` and `other_event`, never
/// an error. Errc::bad_input (or too_large) if it is not XML of the agreed form, or has no sender, time or
/// type.
Result<Inbound> parse_inbound(std::string_view account, std::string_view xml);

}  // namespace linli::platform
