// What a picture says of itself in its first bytes, before any program decodes it: the kind and how large it
// would be in memory. Pure.
#pragma once

#include <string_view>

#include "bot/base/result.hpp"

namespace linli::pictures {

struct Frame {
  std::string_view type;  // "image/png" ...
  std::int64_t width{}, height{};
};

/// A PNG, JPEG, GIF or WebP whose size stands in its header. Errc::bad_input otherwise: what comes as a
/// picture and is none goes nowhere (the reading program takes any other text for a list of files).
Result<Frame> frame_of(std::string_view bytes);

/// Errc::too_large for what would fill the memory when decoded, Errc::bad_input for what is too small to hold
/// words.
Result<Frame> readable_frame(std::string_view bytes);

}  // namespace linli::pictures
