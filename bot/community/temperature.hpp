// Body temperature as people write it: 36.5, 36度5, 三十六度五, ３６．５℃, 365.
#pragma once

#include <optional>
#include <string_view>

namespace linli::community {

struct TemperatureReading {
  int tenths{};    // 365 is 36.5 °C
  bool guessed{};  // read from a spelling that needs a question back ("365" → 36.5?)
};

/// The temperature in a normalised text (base/text.hpp), if there is one. Outside 34.0–43.0 °C nothing is
/// read, except spellings with the point left out, which are guessed.
std::optional<TemperatureReading> read_temperature(std::string_view normal);

/// 37.3 °C and above counts as a fever.
bool is_fever(int tenths);

}  // namespace linli::community
