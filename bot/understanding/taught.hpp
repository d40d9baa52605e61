// Wordings that an office has approved: the same words are clear from then on, without training anew. Belongs
// to the listener's thread; who changes the database tells it after the commit.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/understanding/understanding.hpp"

namespace linli::understanding {

class Taught {
 public:
  /// All of them, instead of what was known.
  void know(std::span<const TaughtExample> examples);
  /// If these are words that were approved, what they mean is certain. An alarm stays one.
  void apply(std::string_view text, Understood& understood) const;

 private:
  std::unordered_map<std::string, Intent> intents_;  // by wording key
};

}  // namespace linli::understanding
