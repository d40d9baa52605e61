#include "bot/base/base64.hpp"

#include <array>
#include <cstdint>

namespace linli {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t bad = 0xFF000000;  // any of four looked-up values with these bits spoils their sum

constexpr std::array<std::uint32_t, 256> make_values() {
  std::array<std::uint32_t, 256> values{};
  values.fill(bad);
  for (std::uint32_t i = 0; i < alphabet.size(); ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
  return values;
}

constexpr auto values = make_values();

std::uint32_t byte(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}
std::uint32_t value(std::string_view text, std::size_t at) {
  return values[byte(text, at)];
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  std::size_t in = 0, out = 0;
  for (; in + 3 <= bytes.size(); in += 3) {
    std::uint32_t group = byte(bytes, in) << 16 | byte(bytes, in + 1) << 8 | byte(bytes, in + 2);
    text[out++] = alphabet[group >> 18];
    text[out++] = alphabet[group >> 12 & 63];
    text[out++] = alphabet[group >> 6 & 63];
    text[out++] = alphabet[group & 63];
  }
  std::size_t rest = bytes.size() - in;
  if (rest == 0) return text;
  std::uint32_t group = byte(bytes, in) << 16 | (rest == 2 ? byte(bytes, in + 1) << 8 : 0);
  text[out++] = alphabet[group >> 18];
  text[out++] = alphabet[group >> 12 & 63];
  if (rest == 2) text[out] = alphabet[group >> 6 & 63];
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  if (text.empty()) return std::string();
  std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::size_t whole = padding == 0 ? text.size() : text.size() - 4;
  std::string bytes(text.size() / 4 * 3 - padding, '\0');
  std::size_t out = 0;
  for (std::size_t in = 0; in < whole; in += 4) {
    std::uint32_t a = value(text, in), b = value(text, in + 1), c = value(text, in + 2),
                  d = value(text, in + 3);
    if (((a | b | c | d) & bad) != 0) return std::nullopt;
    std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
    bytes[out++] = static_cast<char>(group >> 16);
    bytes[out++] = static_cast<char>(group >> 8);
    bytes[out++] = static_cast<char>(group);
  }
  if (padding == 0) return bytes;
  std::uint32_t a = value(text, whole), b = value(text, whole + 1);
  std::uint32_t c = padding == 1 ? value(text, whole + 2) : 0;
  if (((a | b | c) & bad) != 0) return std::nullopt;
  std::uint32_t group = a << 18 | b << 12 | c << 6;
  bool left_over = padding == 1 ? (group & 0xFF) != 0 : (group & 0xFFFF) != 0;
  if (left_over) return std::nullopt;
  bytes[out++] = static_cast<char>(group >> 16);
  if (padding == 1) bytes[out] = static_cast<char>(group >> 8);
  return bytes;
}

}  // namespace linli
