// What a request says beside what is lacking: when, how much, which phone. Each as it was said, so that
// whoever takes it reads it at a glance and asks nothing again. Pure values.
#pragma once

#include <string>
#include <string_view>

namespace linli::community {

struct RequestWords {
  std::string when;    // "明天上午", "晚上7点"; several joined by "、"
  std::string amount;  // "两袋米、一桶油"
  std::string phone;   // 11 digits

  /// "时间：明天上午；数量：两袋米": for the ticket; the phone is shown where phones are. Empty if there is
  /// nothing.
  std::string summary() const;
};

/// Of a normalised text. `goods`: things are asked for, so numbers with a measure are amounts.
RequestWords request_words(std::string_view normal, bool goods);

}  // namespace linli::community
