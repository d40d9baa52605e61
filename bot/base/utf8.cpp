#include "bot/base/utf8.hpp"

#include <cstdint>
#include <cstring>
#include <unicode/utf8.h>

namespace linli {

namespace {

constexpr char32_t replacement = 0xFFFD;

/// How many bytes from `at` are plain ASCII, eight at a time.
std::size_t ascii_run(std::string_view text, std::size_t at) {
  std::size_t from = at;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    if ((eight & 0x8080808080808080ULL) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at - from;
}

/// The next code point, and `at` moved behind it; negative if broken.
std::int32_t next(std::string_view text, std::size_t& at) {
  std::int32_t code = 0;
  U8_NEXT(text.data(), at, text.size(), code);
  return code;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    at += ascii_run(text, at);
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      std::size_t from = at;
      if (next(text, at) < 0) return from;
    }
  }
  return text.size();
}

bool is_utf8(std::string_view text) {
  return first_invalid_utf8(text) == text.size();
}

std::u32string to_u32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::int32_t code = next(text, at);
    out += code < 0 ? replacement : static_cast<char32_t>(code);
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (char32_t code : text) {
    char bytes[4];
    std::size_t length = 0;
    bool bad = code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF);
    std::uint32_t written = bad ? replacement : code;
    U8_APPEND_UNSAFE(bytes, length, written);
    out.append(bytes, length);
  }
  return out;
}

std::string repair_utf8(std::string_view text) {
  std::size_t sound = first_invalid_utf8(text);
  std::string out(text.substr(0, sound));
  if (sound < text.size()) out += to_utf8(to_u32(text.substr(sound)));
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  // A character has at most three bytes after its first; more of them are broken text, cut anywhere.
  for (int i = 0; i < 3 && end > 0 && (text[end] & 0xC0) == 0x80; ++i) --end;
  bool inside = (text[end] & 0xC0) == 0x80;
  return text.substr(0, inside ? max_bytes : end);
}

std::size_t utf8_length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next(text, at);
  return count;
}

}  // namespace linli
