// What a message wants, told from examples (config/intents/<intent>.txt, one a line). Its confidence says how
// likely that is; below the threshold (config/understanding.toml) the bot asks instead of guessing. Immutable
// after training: any thread may ask.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/classifier.hpp"

namespace linli::understanding {

inline constexpr std::array<std::string_view, 12> intent_names = {
    "health_checkin",  "help_supplies", "help_medical",  "help_mental", "help_environment", "rumour_report",
    "policy_question", "shift_checkin", "patrol_report", "suggestion",  "registration",     "greeting_other"};
using Intent = std::size_t;  // index of intent_names

inline std::optional<Intent> intent_of(std::string_view name) {
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    if (intent_names[intent] == name) return intent;
  }
  return std::nullopt;
}

struct Guess {
  std::vector<Intent> intents;  // the surest first, then further wishes in the order told; never empty
  double confidence{};          // of the first
  std::vector<double> shares;   // of each intent
};

/// What an office has approved beside the files: words and what they mean.
struct TaughtExample {
  std::string wording;
  Intent intent{};
};

/// One of the wishes of a message and the part of it that carries it.
struct Wish {
  Intent intent{};
  std::size_t begin{}, end{};
  double confidence{};
};

class Intents {
 public:
  /// Reads the examples and trains; Errc::bad_config names file and line, or what has too few examples.
  /// `sharpness`: see Classifier.
  static Result<Intents> train(const std::filesystem::path& folder, const Reader& reader,
                               const Features& features, double sharpness = 1,
                               std::span<const TaughtExample> taught = {});

  /// Trained as `train` does.
  static Classifier classifier(const std::vector<Example>& examples, double sharpness);

  /// Of a text of the reader, taken as one wish.
  Guess guess(std::u32string_view text, const Features& features) const;
  std::size_t examples() const { return examples_; }

 private:
  Intents(Classifier classifier, std::size_t examples)
      : classifier_(std::move(classifier)), examples_(examples) {}

  Classifier classifier_;
  std::size_t examples_;
};

}  // namespace linli::understanding
