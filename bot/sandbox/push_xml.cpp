#include "bot/sandbox/push_xml.hpp"

#include <fmt/format.h>

#include "bot/platform/xml.hpp"

namespace linli::sandbox {

namespace {

using platform::append_number_element;
using platform::append_text_element;

std::string begin(const PushHead& head, std::string_view type) {
  std::string xml = "<xml>";
  append_text_element(xml, "ToUserName", head.account);
  append_text_element(xml, "FromUserName", head.openid);
  append_number_element(xml, "CreateTime", head.at.time_since_epoch().count());
  append_text_element(xml, "MsgType", type);
  return xml;
}

std::string end(std::string xml) {
  return std::move(xml) + "</xml>";
}

std::string end(std::string xml, std::uint64_t msg_id) {
  append_number_element(xml, "MsgId", static_cast<std::int64_t>(msg_id));
  return end(std::move(xml));
}

void append_degrees(std::string& xml, std::string_view name, double degrees) {
  xml += fmt::format("<{0}>{1:.6f}</{0}>", name, degrees);
}

}  // namespace

std::string text_push(const PushHead& head, std::string_view text, std::string_view menu_entry,
                      std::uint64_t msg_id) {
  std::string xml = begin(head, "text");
  append_text_element(xml, "Content", text);
  if (!menu_entry.empty()) append_text_element(xml, "bizmsgmenuid", menu_entry);
  return end(std::move(xml), msg_id);
}

std::string image_push(const PushHead& head, const Picture& picture, std::uint64_t msg_id) {
  std::string xml = begin(head, "image");
  append_text_element(xml, "PicUrl", picture.pic_url);
  append_text_element(xml, "MediaId", picture.media_id);
  return end(std::move(xml), msg_id);
}

std::string voice_push(const PushHead& head, std::string_view media_id, std::uint64_t msg_id) {
  std::string xml = begin(head, "voice");
  append_text_element(xml, "MediaId", media_id);
  append_text_element(xml, "Format", "amr");
  append_text_element(xml, "MediaId16K", media_id);
  append_text_element(xml, "Recognition", "");  // present and always empty, as real accounts get it
  return end(std::move(xml), msg_id);
}

std::string location_push(const PushHead& head, const Place& place, std::uint64_t msg_id) {
  std::string xml = begin(head, "location");
  append_degrees(xml, "Location_X", place.latitude);
  append_degrees(xml, "Location_Y", place.longitude);
  append_number_element(xml, "Scale", 16);
  append_text_element(xml, "Label", place.label);
  return end(std::move(xml), msg_id);
}

std::string link_push(const PushHead& head, const Article& article, std::uint64_t msg_id) {
  std::string xml = begin(head, "link");
  append_text_element(xml, "Title", article.title);
  append_text_element(xml, "Description", article.description);
  append_text_element(xml, "Url", article.url);
  return end(std::move(xml), msg_id);
}

std::string event_push(const PushHead& head, std::string_view event, std::string_view key,
                       std::string_view ticket) {
  std::string xml = begin(head, "event");
  append_text_element(xml, "Event", event);
  append_text_element(xml, "EventKey", key);
  if (!ticket.empty()) append_text_element(xml, "Ticket", ticket);
  return end(std::move(xml));
}

std::string location_report_push(const PushHead& head, const Place& place) {
  std::string xml = begin(head, "event");
  append_text_element(xml, "Event", "LOCATION");
  append_degrees(xml, "Latitude", place.latitude);
  append_degrees(xml, "Longitude", place.longitude);
  append_degrees(xml, "Precision", 30);
  return end(std::move(xml));
}

std::string template_result_push(const PushHead& head, std::uint64_t msg_id, std::string_view status) {
  std::string xml = begin(head, "event");
  append_text_element(xml, "Event", "TEMPLATESENDJOBFINISH");
  append_number_element(xml, "MsgID", static_cast<std::int64_t>(msg_id));
  append_text_element(xml, "Status", status);
  return end(std::move(xml));
}

}  // namespace linli::sandbox
