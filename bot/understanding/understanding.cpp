#include "bot/understanding/understanding.hpp"

#include "bot/base/toml_file.hpp"

namespace linli::understanding {

namespace {

Result<double> read_ask_below(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  auto value = file->number("ask_below");
  if (!value) return value.error();
  if (*value < 0 || *value > 1) return file->wrong("ask_below", "expected a number from 0 to 1");
  if (auto others = file->no_others(); !others) return others.error();
  return *value;
}

/// Letters or digits at all? Without any there is nothing to be sure of.
bool says_anything(std::u32string_view text) {
  for (char32_t c : text) {
    if (c > U' ' && c != 0xFFFD) return true;
  }
  return false;
}

}  // namespace

Understanding::Understanding(Reader reader, Features features, Intents intents, Distress distress,
                             double ask_below)
    : reader_(std::move(reader)),
      features_(std::move(features)),
      intents_(std::move(intents)),
      distress_(std::move(distress)),
      ask_below_(ask_below) {}

Result<std::unique_ptr<Understanding>> Understanding::load(const std::filesystem::path& words,
                                                           const std::filesystem::path& config) {
  auto reader = Reader::load(words);
  if (!reader) return reader.error();
  auto features = Features::load(words, *reader);
  if (!features) return features.error();
  auto intents = Intents::train(config / "intents", *reader, *features);
  if (!intents) return intents.error();
  auto distress = Distress::load(words, config, *reader, *features);
  if (!distress) return distress.error();
  auto ask_below = read_ask_below(config / "understanding.toml");
  if (!ask_below) return ask_below.error();
  return std::unique_ptr<Understanding>(new Understanding(
      std::move(*reader), std::move(*features), std::move(*intents), std::move(*distress), *ask_below));
}

Understood Understanding::understand(std::string_view message) const {
  Understood understood;
  std::u32string text = reader_.read(message).text;
  if (!says_anything(text)) {
    understood.guess.intents = {intent_names.size() - 1};
    understood.ask = true;
    return understood;
  }
  understood.guess = intents_.guess(text, features_);
  understood.wishes = {{understood.guess.intents.front(), 0, message.size(), understood.guess.confidence}};
  understood.alarm = distress_.look(text, features_);
  understood.ask = !understood.alarm.alarm && understood.guess.confidence < ask_below_;
  return understood;
}

}  // namespace linli::understanding
