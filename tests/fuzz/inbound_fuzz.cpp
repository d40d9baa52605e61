// Whatever parse_inbound takes must be whole: UTF-8 throughout, with a key, and able to come back in a reply.
#include <cstdint>
#include <cstdlib>

#include "bot/base/utf8.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/platform/reply.hpp"
#include "bot/platform/xml.hpp"

using namespace linli;  // a fuzz target's own file

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  platform::Reply reply;
  reply.kind = platform::Reply::Kind::text;

  const auto inbound = platform::parse_inbound("a", xml);
  if (inbound) {
    if (inbound->dedupe_key.size() < 3 || !is_utf8(inbound->text) || !is_utf8(inbound->openid)) std::abort();
    if (platform::parse_inbound("a", xml)->dedupe_key != inbound->dedupe_key) std::abort();
    reply.text = utf8_prefix(inbound->text, platform::max_reply_bytes);
    const auto sent = platform::encode_reply(reply, inbound->openid, inbound->to_user, inbound->created);
    if (!reply.text.empty() && platform::Xml::read(sent).value().text("Content") != reply.text) std::abort();
  }
  reply.text =
      xml.substr(0, platform::max_reply_bytes);  // and any bytes at all make a reply that can be read
  const auto sent = platform::encode_reply(reply, "o", "g", Time{});
  if (!reply.text.empty() && !platform::Xml::read(sent)) std::abort();
  return 0;
}
