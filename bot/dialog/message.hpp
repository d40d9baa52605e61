// What a person sent, as handlers see it: no platform in it.
#pragma once

#include <string>

#include "bot/base/ids.hpp"
#include "bot/understanding/listener.hpp"

namespace linli::dialog {

enum class MessageKind {
  text,
  image,
  voice,  // there is no transcript; `text` is empty
  video,
  location,  // sent on purpose
  link,      // title, description, url
  file,
  click,   // a menu entry: `key`
  scan,    // a code: `key` is its scene
  follow,  // began to follow; `key` is the scene of the code that led here, if any
  unfollow,
  other,
};

struct Message {
  MessageKind kind{};
  std::string text;    // as written
  std::string normal;  // normalised (base/text.hpp): what is matched against
  std::string key;
  std::string title, description, url, media_id;
  double lat{}, lon{};
  understanding::Heard heard;  // of its text, or of a link's title
  bool readable{};             // an image whose words would be read, if a topic gives it to PictureLedger
  PictureId picture;  // not said now: `text` was read in that picture, sent before; empty: nothing was
};

}  // namespace linli::dialog
