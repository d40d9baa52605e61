#include "bot/sandbox/media.hpp"

#include <algorithm>

#include "bot/base/utf8.hpp"

namespace linli::sandbox {

namespace {

constexpr std::size_t largest_picture = std::size_t{4} << 20;
constexpr std::size_t largest_sum = std::size_t{64} << 20;
constexpr Seconds valid = std::chrono::hours(72);

constexpr std::string_view sample_picture =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 180\" width=\"240\" height=\"180\">"
    "<rect width=\"240\" height=\"180\" fill=\"#cfe3f1\"/><circle cx=\"190\" cy=\"40\" r=\"18\" "
    "fill=\"#f6d365\"/>"
    "<rect x=\"40\" y=\"60\" width=\"90\" height=\"100\" fill=\"#b8a08d\"/>"
    "<g fill=\"#f3efe8\"><rect x=\"52\" y=\"72\" width=\"18\" height=\"18\"/><rect x=\"98\" y=\"72\" "
    "width=\"18\" "
    "height=\"18\"/><rect x=\"52\" y=\"102\" width=\"18\" height=\"18\"/><rect x=\"98\" y=\"102\" "
    "width=\"18\" "
    "height=\"18\"/><rect x=\"74\" y=\"128\" width=\"20\" height=\"32\"/></g>"
    "<rect y=\"160\" width=\"240\" height=\"20\" fill=\"#8aa37b\"/></svg>";

bool begins(std::string_view bytes, std::string_view with) {
  return bytes.substr(0, with.size()) == with;
}

}  // namespace

std::string_view picture_type(std::string_view bytes) {
  if (begins(bytes, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins(bytes, "\xff\xd8\xff")) return "image/jpeg";
  if (begins(bytes, "GIF87a") || begins(bytes, "GIF89a")) return "image/gif";
  if (begins(bytes, "RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
  return {};
}

std::string MediaStore::add(std::string content_type, std::string bytes, Time now) {
  bytes_ += bytes.size();
  kept_.push_back({random_.letters(64), std::move(content_type), std::move(bytes), now});
  while (bytes_ > largest_sum) {
    bytes_ -= kept_.front().bytes.size();
    kept_.pop_front();
  }
  return kept_.back().id;
}

Result<std::string> MediaStore::add_picture(std::string bytes, Time now) {
  if (bytes.size() > largest_picture) return Error{Errc::too_large, "照片不能超过 4 MB，请选一张小一点的"};
  std::string_view type = picture_type(bytes);
  if (type.empty()) return Error{Errc::bad_input, "这个文件不是照片，请选 PNG、JPEG、GIF 或 WebP"};
  return add(std::string(type), std::move(bytes), now);
}

std::string MediaStore::add_sample_picture(Time now) {
  return add("image/svg+xml", std::string(sample_picture), now);
}

std::string MediaStore::add_voice(std::string_view said, Time now) {
  constexpr std::size_t frames_a_second = 50, characters_a_second = 4;
  constexpr char frame_without_data = 0x7c;
  std::size_t seconds = std::clamp<std::size_t>(utf8_length(said) / characters_a_second, 1, 60);
  return add("audio/amr", "#!AMR\n" + std::string(seconds * frames_a_second, frame_without_data), now);
}

const Media* MediaStore::find(std::string_view id, Time now) const {
  auto found = std::find_if(kept_.begin(), kept_.end(), [id](const Media& m) { return m.id == id; });
  return found == kept_.end() || now >= found->at + valid ? nullptr : &*found;
}

}  // namespace linli::sandbox
