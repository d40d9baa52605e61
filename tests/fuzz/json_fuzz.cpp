// parse_json must take or refuse anything without falling over, and what it takes must survive being written.
#include <cstdint>
#include <cstdlib>

#include "bot/base/json.hpp"
#include "bot/base/utf8.hpp"

using namespace linli;  // a fuzz target's own file

namespace {

void write(JsonWriter& out, const JsonValue& value) {
  switch (value.kind()) {
    case JsonValue::Kind::null:
      out.null();
      break;
    case JsonValue::Kind::boolean:
      out.value(*value.boolean());
      break;
    case JsonValue::Kind::number:
      out.raw(*value.number_text());
      break;
    case JsonValue::Kind::string:
      out.value(*value.text());
      break;
    case JsonValue::Kind::array:
      out.array();
      for (const auto& item : value.items()) write(out, item);
      out.end();
      break;
    case JsonValue::Kind::object:
      out.object();
      for (const auto& member : value.members()) {
        out.key(member.key);
        write(out, member.value);
      }
      out.end();
      break;
  }
}

std::string text_of(const JsonValue& value) {
  JsonWriter out;
  write(out, value);
  return out.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = parse_json(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!value) return 0;
  const auto text = text_of(*value);
  if (!is_utf8(text)) std::abort();
  const auto again = parse_json(text);
  if (!again || text_of(*again) != text) std::abort();
  for (const auto& member : value->members()) {
    if (value->find(member.key) != &member.value) std::abort();
    static_cast<void>(member.value.integer());
    static_cast<void>(member.value.number());
  }
  return 0;
}
