#include "bot/understanding/intents.hpp"

#include <algorithm>

namespace linli::understanding {

namespace {

constexpr std::size_t least_examples = 20;
constexpr std::size_t least_part = 3;   // characters of a part that can be a wish of its own
constexpr std::size_t most_parts = 12;  // more are a story, not wishes
constexpr double sure_part = 0.75;      // of a further wish in the same message
constexpr double strength = 6.0;

/// Where one wish ends and another may begin: between sentences, and before "另外", "还有", "顺便".
std::vector<std::u32string_view> parts_of(std::u32string_view text) {
  static constexpr std::u32string_view ends = U",，。;；!！?？、\n";
  static constexpr std::u32string_view joins[] = {U"另外",   U"还有", U"顺便", U"对了",
                                                  U"再就是", U"同时", U"然后"};
  std::vector<std::u32string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::size_t skip = at == text.size() || ends.find(text[at]) != ends.npos ? 1 : 0;
    for (auto join : joins) {
      if (skip == 0 && text.substr(at).starts_with(join)) skip = join.size();
    }
    if (skip == 0) continue;
    if (at > begin) parts.push_back(text.substr(begin, at - begin));
    begin = at + skip;
    at = begin - 1;
  }
  return parts;
}

Intent surest(const std::vector<double>& shares) {
  return static_cast<Intent>(std::ranges::max_element(shares) - shares.begin());
}

}  // namespace

Result<Intents> Intents::train(const std::filesystem::path& folder, const Reader& reader,
                               const Features& features, std::span<const TaughtExample> taught) {
  std::vector<Example> examples;
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    auto lines = read_examples(folder / (std::string(intent_names[intent]) + ".txt"), least_examples);
    if (!lines) return lines.error();
    for (const auto& line : *lines) examples.push_back({intent, features.of(reader.text(line))});
  }
  for (const auto& one : taught) examples.push_back({one.intent, features.of(reader.text(one.wording))});
  return Intents(Classifier::train(examples, intent_names.size(), strength), examples.size());
}

Guess Intents::guess(std::u32string_view text, const Features& features) const {
  Guess guess;
  guess.shares = classifier_.shares(features.of(text));
  guess.intents.push_back(surest(guess.shares));
  guess.confidence = guess.shares[guess.intents.front()];
  auto parts = parts_of(text.substr(0, 400));
  if (parts.size() < 2 || parts.size() > most_parts) return guess;
  constexpr Intent other = intent_names.size() - 1;  // a greeting is no second wish
  for (auto part : parts) {
    if (part.size() < least_part) continue;
    auto shares = classifier_.shares(features.of(part));
    Intent wish = surest(shares);
    if (shares[wish] < sure_part || wish == other) continue;
    if (std::ranges::find(guess.intents, wish) == guess.intents.end()) guess.intents.push_back(wish);
  }
  return guess;
}

}  // namespace linli::understanding
