#include "bot/pictures/picture_type.hpp"

#include <optional>

namespace linli::pictures {

namespace {

constexpr std::int64_t most_pixels = 40'000'000;  // a screenshot of a whole chat is 10 million
constexpr std::int64_t longest_side = 30'000;
constexpr std::int64_t shortest_side = 24;

std::int64_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

std::int64_t big(std::string_view bytes, std::size_t at, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | byte_at(bytes, at + i);
  return value;
}

std::int64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | byte_at(bytes, at + i);
  return value;
}

std::optional<Frame> png(std::string_view bytes) {
  if (bytes.size() < 33 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
  return Frame{"image/png", big(bytes, 16, 4), big(bytes, 20, 4)};
}

std::optional<Frame> gif(std::string_view bytes) {
  if (bytes.size() < 13) return std::nullopt;
  return Frame{"image/gif", little(bytes, 6, 2), little(bytes, 8, 2)};
}

/// Marker by marker until the one that begins a frame.
std::optional<Frame> jpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 9 < bytes.size() && byte_at(bytes, at) == 0xff) {
    const std::int64_t marker = byte_at(bytes, at + 1);
    if (marker == 0xff) {  // padding
      ++at;
      continue;
    }
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) return Frame{"image/jpeg", big(bytes, at + 7, 2), big(bytes, at + 5, 2)};
    if (marker == 0xda || marker == 0xd9) return std::nullopt;
    const bool alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const std::int64_t length = alone ? 0 : big(bytes, at + 2, 2);
    if (!alone && length < 2) return std::nullopt;
    at += 2 + static_cast<std::size_t>(length);
  }
  return std::nullopt;
}

std::optional<Frame> webp(std::string_view bytes) {
  constexpr std::string_view type = "image/webp";
  if (bytes.size() < 30) return std::nullopt;
  const auto kind = bytes.substr(12, 4);
  if (kind == "VP8X") return Frame{type, little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1};
  if (kind == "VP8 ") return Frame{type, little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff};
  if (kind != "VP8L") return std::nullopt;
  const std::int64_t bits = little(bytes, 21, 4);
  return Frame{type, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
}

std::optional<Frame> known(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return png(bytes);
  if (bytes.starts_with("\xff\xd8\xff")) return jpeg(bytes);
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return gif(bytes);
  if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return webp(bytes);
  return std::nullopt;
}

}  // namespace

Result<Frame> frame_of(std::string_view bytes) {
  auto found = known(bytes);
  if (!found || found->width <= 0 || found->height <= 0)
    return Error{Errc::bad_input, "this is no PNG, JPEG, GIF or WebP picture"};
  return *found;
}

Result<Frame> readable_frame(std::string_view bytes) {
  auto frame = frame_of(bytes);
  if (!frame) return frame;
  const auto [type, width, height] = *frame;
  if (width > longest_side || height > longest_side || width * height > most_pixels)
    return Error{Errc::too_large, "the picture has too many pixels to be read"};
  if (width < shortest_side || height < shortest_side)
    return Error{Errc::bad_input, "the picture is too small to hold words"};
  return frame;
}

}  // namespace linli::pictures
