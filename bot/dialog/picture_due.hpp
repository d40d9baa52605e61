// The row of DueLedger that ends the waiting for a picture's words: set by the topic that gives the picture
// to be read, acted on by the pipeline, which answers for the reader that nothing could be read.
#pragma once

#include <fmt/format.h>

#include "bot/store/due_ledger.hpp"

namespace linli::dialog {

inline constexpr std::string_view picture_topic = "picture";

inline store::Due picture_due(PictureId picture, Time at) {
  return {fmt::format("picture:{}", picture.value), at, std::string(picture_topic), picture.value, {}};
}

}  // namespace linli::dialog
