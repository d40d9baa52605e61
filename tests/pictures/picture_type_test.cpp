#include "bot/pictures/picture_type.hpp"

#include <gtest/gtest.h>

namespace linli::pictures {
namespace {

using namespace std::string_literals;

std::string big(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

std::string png(std::uint32_t width, std::uint32_t height) {
  return "\x89PNG\r\n\x1a\n"s + big(13) + "IHDR" + big(width) + big(height) + std::string(9, '\0');
}

void expect(const std::string& bytes, std::string_view type, std::int64_t width, std::int64_t height) {
  auto frame = frame_of(bytes);
  ASSERT_TRUE(frame) << type;
  EXPECT_EQ(frame->type, type);
  EXPECT_EQ(frame->width, width);
  EXPECT_EQ(frame->height, height);
}

TEST(PictureType, KnowsTheSizeOfEveryKind) {
  expect(png(1080, 2400), "image/png", 1080, 2400);
  expect("GIF89a\x40\x01\xf0\x00"s + std::string(9, '\0'), "image/gif", 320, 240);
  const std::string app0 = "\xff\xe0\x00\x10"s + std::string(14, 'J');
  expect("\xff\xd8"s + app0 + "\xff\xc2\x00\x11\x08\x09\x60\x04\x38\x03"s + std::string(12, '\0'),
         "image/jpeg", 1080, 2400);
  const std::string riff = "RIFF"s + std::string(4, '\0') + "WEBP";
  expect(riff + "VP8X" + std::string(8, '\0') + "\x37\x04\x00\x5f\x09\x00"s, "image/webp", 1080, 2400);
  expect(riff + "VP8 " + std::string(10, '\0') + "\x38\x04\x60\x09"s, "image/webp", 1080, 2400);
  // 14 bits each, one less: 1079 | 2399 << 14
  expect(riff + "VP8L" + std::string(4, '\0') + "\x2f\x37\xc4\x57\x02"s + std::string(6, '\0'), "image/webp",
         1080, 2400);
}

TEST(PictureType, TakesNothingElse) {
  for (const std::string& bytes :
       {""s, "x"s, "/etc/passwd\n"s, "http://example.com/a.png\n"s, "II*\0\x08\0\0\0"s, "%PDF-1.4"s,
        "BM"s + std::string(60, 'x'), "\x89PNG\r\n\x1a\n"s, "\xff\xd8\xff"s,
        "\xff\xd8\xff\xe0\x00\x00"s + std::string(40, 'x'),
        "\xff\xd8\xff\xda\x00\x08"s + std::string(40, 'x'), "GIF89a"s, png(0, 10)}) {
    auto frame = frame_of(bytes);
    ASSERT_FALSE(frame) << bytes;
    EXPECT_EQ(frame.error().code, Errc::bad_input);
  }
}

TEST(PictureType, EveryBeginningOfAPictureIsHarmless) {
  const std::string app =
      "\xff\xd8\xff\xe1\x00\x20"s + std::string(30, '\xff') + "\xff\xc0\x00\x11\x08\x00\x20\x00\x20\x03"s;
  for (const std::string& whole : {png(100, 100), app}) {
    for (std::size_t size = 0; size <= whole.size(); ++size) (void)frame_of(whole.substr(0, size));
  }
}

TEST(PictureType, RefusesWhatWouldFillTheMemory) {
  EXPECT_TRUE(readable_frame(png(1080, 20'000)));
  for (const auto& bytes : {png(30'000, 30'000), png(100, 40'000), png(0x7fffffff, 0x7fffffff)}) {
    auto frame = readable_frame(bytes);
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code, Errc::too_large);
  }
  EXPECT_FALSE(readable_frame(png(23, 500)));
}

}  // namespace
}  // namespace linli::pictures
