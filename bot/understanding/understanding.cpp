#include "bot/understanding/understanding.hpp"

#include <algorithm>

#include "bot/base/toml_file.hpp"

namespace linli::understanding {

namespace {

struct Certainty {
  double ask_below{}, sharpness{};
};

Result<Certainty> read_certainty(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Certainty certainty;
  for (auto [key, value] :
       {std::pair{"ask_below", &certainty.ask_below}, {"sharpness", &certainty.sharpness}}) {
    auto number = file->number(key);
    if (!number) return number.error();
    if (*number < 0 || *number > 1) return file->wrong(key, "expected a number from 0 to 1");
    *value = *number;
  }
  if (auto others = file->no_others(); !others) return others.error();
  return certainty;
}

/// Letters or digits at all? Without any there is nothing to be sure of.
bool says_anything(std::u32string_view text) {
  for (char32_t c : text) {
    if (c > U' ' && c != 0xFFFD) return true;
  }
  return false;
}

}  // namespace

Understanding::Understanding(Reader reader, Features features, Intents intents, Wishes wishes,
                             Distress distress, double ask_below)
    : reader_(std::move(reader)),
      features_(std::move(features)),
      intents_(std::move(intents)),
      wishes_(std::move(wishes)),
      distress_(std::move(distress)),
      ask_below_(ask_below) {}

Result<std::unique_ptr<Understanding>> Understanding::load(const std::filesystem::path& words,
                                                           const std::filesystem::path& config,
                                                           std::span<const TaughtExample> taught) {
  auto reader = Reader::load(words);
  if (!reader) return reader.error();
  auto features = Features::load(words, *reader);
  if (!features) return features.error();
  auto certainty = read_certainty(config / "understanding.toml");
  if (!certainty) return certainty.error();
  auto intents = Intents::train(config / "intents", *reader, *features, certainty->sharpness, taught);
  if (!intents) return intents.error();
  auto wishes = Wishes::load(words, *reader);
  if (!wishes) return wishes.error();
  auto distress = Distress::load(words, config, *reader, *features);
  if (!distress) return distress.error();
  return std::unique_ptr<Understanding>(new Understanding(std::move(*reader), std::move(*features),
                                                          std::move(*intents), std::move(*wishes),
                                                          std::move(*distress), certainty->ask_below));
}

/// The wishes with their places in the message instead of in what was read; `guess` learns of the further
/// ones.
std::vector<Wish> Understanding::wishes_of(const Reading& reading, std::size_t bytes, Guess& guess) const {
  auto wishes = wishes_.told(reading.text, guess, [this](std::u32string_view part) {
    return intents_.guess(part, features_).shares;
  });
  for (auto& wish : wishes) {
    wish.begin = reading.from[wish.begin];
    wish.end = reading.from[wish.end];
    if (std::ranges::find(guess.intents, wish.intent) == guess.intents.end())
      guess.intents.push_back(wish.intent);
  }
  wishes.front().begin = 0;
  wishes.back().end = bytes;
  return wishes;
}

Understood Understanding::understand(std::string_view message) const {
  Understood understood;
  Reading reading = reader_.read(message);
  if (!says_anything(reading.text)) {
    constexpr Intent other = intent_names.size() - 1;
    understood.guess.intents = {other};
    understood.wishes = {{other, 0, message.size(), 0}};
    understood.ask = true;
    return understood;
  }
  understood.guess = intents_.guess(reading.text, features_);
  understood.wishes = wishes_of(reading, message.size(), understood.guess);
  understood.alarm = distress_.look(reading.text, features_);
  understood.ask = !understood.alarm.alarm && understood.guess.confidence < ask_below_;
  return understood;
}

}  // namespace linli::understanding
