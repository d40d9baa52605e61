#include "bot/understanding/intents.hpp"

#include <algorithm>

namespace linli::understanding {

namespace {

constexpr std::size_t least_examples = 20;
constexpr double strength = 50, counts = 0.2;

Intent surest(const std::vector<double>& shares) {
  return static_cast<Intent>(std::ranges::max_element(shares) - shares.begin());
}

}  // namespace

Result<Intents> Intents::train(const std::filesystem::path& folder, const Reader& reader,
                               const Features& features, double sharpness,
                               std::span<const TaughtExample> taught) {
  std::vector<Example> examples;
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    auto lines = read_examples(folder / (std::string(intent_names[intent]) + ".txt"), least_examples);
    if (!lines) return lines.error();
    for (const auto& line : *lines) examples.push_back({intent, features.of(reader.text(line))});
  }
  for (const auto& one : taught) examples.push_back({one.intent, features.of(reader.text(one.wording))});
  return Intents(classifier(examples, sharpness), examples.size());
}

Classifier Intents::classifier(const std::vector<Example>& examples, double sharpness) {
  return Classifier::train(examples, intent_names.size(), strength, sharpness, counts);
}

Guess Intents::guess(std::u32string_view text, const Features& features) const {
  Guess guess;
  guess.shares = classifier_.shares(features.of(text));
  guess.intents.push_back(surest(guess.shares));
  guess.confidence = guess.shares[guess.intents.front()];
  return guess;
}

}  // namespace linli::understanding
