#include "bot/platform/inbound.hpp"

#include <charconv>
#include <fmt/format.h>

#include "bot/base/digest.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

constexpr std::size_t max_id = 128;  // an OpenID has 28 characters, a WeCom UserID up to 64

template <class Number>
std::optional<Number> number(std::string_view text) {
  text = trim_xml_space(text);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct KindRow {
  std::string_view type;
  InboundKind kind;
};

constexpr KindRow message_kinds[] = {
    {"text", InboundKind::text},   {"image", InboundKind::image},      {"voice", InboundKind::voice},
    {"video", InboundKind::video}, {"shortvideo", InboundKind::video}, {"location", InboundKind::location},
    {"link", InboundKind::link},   {"file", InboundKind::file},
};

constexpr KindRow event_kinds[] = {
    {"subscribe", InboundKind::subscribe},
    {"unsubscribe", InboundKind::unsubscribe},
    {"SCAN", InboundKind::scan},
    {"LOCATION", InboundKind::location_report},
    {"CLICK", InboundKind::click},
    {"VIEW", InboundKind::view},
    {"TEMPLATESENDJOBFINISH", InboundKind::template_result},
};

InboundKind find_kind(std::span<const KindRow> rows, std::string_view type, InboundKind otherwise) {
  for (const auto& row : rows) {
    if (row.type == type) return row.kind;
  }
  return otherwise;
}

/// False if either is missing or out of range: a place that nobody gave must not pass for 0 degrees, 0
/// degrees.
bool read_place(Inbound& in, std::string_view latitude, std::string_view longitude) {
  const auto lat = number<double>(latitude);
  const auto lon = number<double>(longitude);
  if (!lat || !lon || !(*lat >= -90 && *lat <= 90) || !(*lon >= -180 && *lon <= 180)) return false;
  in.latitude = *lat;
  in.longitude = *lon;
  return true;
}

void read_message(Inbound& in, const Xml& xml, std::string_view type) {
  in.kind = find_kind(message_kinds, type, InboundKind::other);
  in.text = xml.text("Content");
  if (in.kind == InboundKind::voice) in.text = xml.text("Recognition");
  in.media_id = xml.text("MediaId");
  in.pic_url = xml.text("PicUrl");
  in.title = xml.text("Title");
  in.description = xml.text("Description");
  in.url = xml.text("Url");
  in.label = xml.text("Label");
  in.format = xml.text("Format");
  in.menu_id = xml.text("bizmsgmenuid");
  in.msg_id = trim_xml_space(xml.text("MsgId"));
  if (in.kind != InboundKind::location) return;
  if (!read_place(in, xml.text("Location_X"), xml.text("Location_Y"))) in.kind = InboundKind::other;
}

void read_event(Inbound& in, const Xml& xml) {
  in.event = trim_xml_space(xml.text("Event"));
  in.kind = find_kind(event_kinds, in.event, InboundKind::other_event);
  in.event_key = xml.text("EventKey");
  in.ticket = xml.text("Ticket");
  in.menu_id = xml.text("MenuId");
  in.msg_id = trim_xml_space(xml.text("MsgID"));
  in.status = xml.text("Status");
  in.text = xml.text("ScanCodeInfo", "ScanResult");

  constexpr std::string_view scene_prefix = "qrscene_";
  if (in.kind == InboundKind::subscribe && in.event_key.starts_with(scene_prefix)) {
    in.event_key.erase(0, scene_prefix.size());
  }
  if (in.kind == InboundKind::location_report) {
    in.precision = number<double>(xml.text("Precision")).value_or(0);
    if (!read_place(in, xml.text("Latitude"), xml.text("Longitude"))) in.kind = InboundKind::other_event;
  }
  if (in.event == "location_select") {
    in.label = xml.text("SendLocationInfo", "Label");
    read_place(in, xml.text("SendLocationInfo", "Location_X"), xml.text("SendLocationInfo", "Location_Y"));
  }
  // The user_authorization_ events come from an account of the platform and name the person elsewhere.
  if (const auto about = xml.text("OpenID"); !about.empty()) in.openid = about;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 32 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string hash_key(std::string_view kind, std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const auto part : parts) {
    fmt::format_to(std::back_inserter(bytes), "{}:", part.size());
    bytes.append(part);
  }
  return std::string(kind) + sha256_hex(bytes);
}

/// MsgId for messages. Events have none, and FromUserName with CreateTime alone is not unique (two
/// taps in one second, or senders called "sys"), so whatever else tells them apart goes in, hashed to one
/// length.
std::string dedupe_key(const Inbound& in, const Xml& xml) {
  if (!is_event(in.kind) && is_number(in.msg_id)) {
    const auto index = trim_xml_space(xml.text("Idx"));
    return is_number(index) ? fmt::format("m:{}:{}", in.msg_id, index) : "m:" + in.msg_id;
  }
  const auto from = xml.text("FromUserName");
  const auto created = trim_xml_space(xml.text("CreateTime"));
  const auto key = xml.text("EventKey");
  const auto id =
      in.msg_id == "0" ? std::string_view() : std::string_view(in.msg_id);  // 0 is sent for "unknown"
  if (is_event(in.kind) && !(key.empty() && id.empty() && in.ticket.empty())) {
    return hash_key("e:", {in.account, from, created, in.event, key, id, in.ticket});
  }
  return hash_key("b:", {in.account, xml.canonical()});
}

}  // namespace

Result<Inbound> parse_inbound(std::string_view account, std::string_view text) {
  const auto read = Xml::read(text);
  if (!read) return read.error();
  const auto& xml = *read;

  Inbound in;
  in.account = account;
  in.openid = xml.text("FromUserName");
  in.to_user = xml.text("ToUserName");
  if (in.openid.empty() || in.openid.size() > max_id || in.to_user.size() > max_id) {
    return Error{Errc::bad_input, "the message names no usable FromUserName or ToUserName"};
  }
  const auto created = number<std::uint32_t>(xml.text("CreateTime"));
  if (!created) return Error{Errc::bad_input, "the message has no CreateTime in seconds"};
  in.created = Time{Seconds{*created}};

  const auto type = trim_xml_space(xml.text("MsgType"));
  if (type.empty()) return Error{Errc::bad_input, "the message has no MsgType"};
  if (type == "event") {
    read_event(in, xml);
  } else {
    read_message(in, xml, type);
  }
  in.dedupe_key = dedupe_key(in, xml);
  return in;
}

bool is_event(InboundKind kind) {
  return kind >= InboundKind::subscribe;
}

std::string_view name(InboundKind kind) {
  switch (kind) {
    case InboundKind::text:
      return "text";
    case InboundKind::image:
      return "image";
    case InboundKind::voice:
      return "voice";
    case InboundKind::video:
      return "video";
    case InboundKind::location:
      return "location";
    case InboundKind::link:
      return "link";
    case InboundKind::file:
      return "file";
    case InboundKind::other:
      return "other";
    case InboundKind::subscribe:
      return "subscribe";
    case InboundKind::unsubscribe:
      return "unsubscribe";
    case InboundKind::scan:
      return "scan";
    case InboundKind::location_report:
      return "location_report";
    case InboundKind::click:
      return "click";
    case InboundKind::view:
      return "view";
    case InboundKind::template_result:
      return "template_result";
    case InboundKind::other_event:
      return "other_event";
  }
  return "unknown";
}

}  // namespace linli::platform
