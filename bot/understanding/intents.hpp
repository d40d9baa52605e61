// What a message wants, told from examples (config/intents/<intent>.txt, one a line): a linear classifier
// (LIBLINEAR, logistic regression) trained at start. Its confidence says how often it is right; below the
// threshold the bot asks instead. Immutable after training: any thread may ask.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/features.hpp"

namespace linli::understanding {

inline constexpr std::array<std::string_view, 12> intent_names = {
    "health_checkin",  "help_supplies", "help_medical",  "help_mental", "help_environment", "rumour_report",
    "policy_question", "shift_checkin", "patrol_report", "suggestion",  "registration",     "greeting_other"};
using Intent = std::size_t;  // index of intent_names
inline constexpr Intent no_intent = intent_names.size();

struct Guess {
  std::vector<Intent> intents;  // the surest first; never empty
  double confidence{};          // of the first
  std::array<double, intent_names.size()> shares{};
};

class Intents {
 public:
  /// Reads the examples and trains; Errc::bad_config names file and line, or what has too few examples.
  static Result<Intents> train(const std::filesystem::path& folder, const Reader& reader, Features features);

  /// Of a text of the reader.
  Guess guess(std::u32string_view text) const;
  std::size_t examples() const { return examples_; }

 private:
  Intents(Features features) : features_(std::move(features)) {}
  std::array<double, intent_names.size()> shares(std::u32string_view text) const;

  Features features_;
  std::unordered_map<std::uint64_t, std::uint32_t> ids_;
  std::vector<std::array<float, intent_names.size()>> weights_;  // by feature
  std::array<double, intent_names.size()> bias_{};
  std::size_t examples_{};
};

}  // namespace linli::understanding
