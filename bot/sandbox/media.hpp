// The files that people sent from their phones, by media id, for three days as on the platform. In memory,
// with a cap on the sum: the oldest go first.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/base/result.hpp"

namespace linli::sandbox {

struct Media {
  std::string id;
  std::string content_type;
  std::string bytes;
  Time at{};
};

/// "image/png" and so on by the first bytes; empty if it is no picture that the phone could show.
std::string_view picture_type(std::string_view bytes);

class MediaStore {
 public:
  explicit MediaStore(Random& random) : random_(random) {}

  /// Errc::bad_input if it is not a PNG, JPEG, GIF or WebP picture; Errc::too_large over 4 MiB.
  Result<std::string> add_picture(std::string bytes, Time now);
  /// A little drawing that stands for a photo, for people (and tests) without one at hand.
  std::string add_sample_picture(Time now);
  /// Silence in AMR, as long as saying `said` takes: the account can fetch it and hears nothing.
  std::string add_voice(std::string_view said, Time now);

  /// nullptr if there is none or its three days are over.
  const Media* find(std::string_view id, Time now) const;

 private:
  std::string add(std::string content_type, std::string bytes, Time now);

  Random& random_;
  std::deque<Media> kept_;
  std::size_t bytes_{};
};

}  // namespace linli::sandbox
