#include "bot/understanding/distress.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/toml_file.hpp"
#include "bot/understanding/intents.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t near = 12;         // characters between the parts of a word
constexpr std::size_t denial_reach = 4;  // characters between a denial and what it denies
constexpr std::size_t short_reach = 2;   // the same of a denial of one character
constexpr std::size_t thing_reach = 2;   // and between a thing or a pet and what happens to it
constexpr std::size_t most_looked_at = 2'000;
constexpr std::size_t least_examples = 10;
constexpr std::size_t most_at_once = 300;  // longer texts are judged in parts, the most alarming counts
constexpr double strength = 3.0;
constexpr std::u32string_view pauses = U",，。;；!！?？\n ";

/// The clause around a place: from pause to pause.
std::u32string_view clause_at(std::u32string_view text, std::size_t at, std::size_t& begin) {
  begin = at;
  while (begin > 0 && pauses.find(text[begin - 1]) == pauses.npos) --begin;
  std::size_t end = at;
  while (end < text.size() && pauses.find(text[end]) == pauses.npos) ++end;
  return text.substr(begin, end - begin);
}

}  // namespace

Result<void> Distress::read_words(const std::filesystem::path& file, const Reader& reader, bool signs) {
  auto toml = TomlFile::read(file.string());
  if (!toml) return toml.error();
  auto tables = toml->tables("group");
  if (!tables) return tables.error();
  for (const auto& table : *tables) {
    auto id = table.text("id");
    if (!id) return id.error();
    auto known = std::ranges::find(groups_, *id);
    if (known == groups_.end())
      return table.wrong("id", fmt::format("there are no examples of it: write config/distress/{}.txt", *id));
    auto group = static_cast<std::size_t>(known - groups_.begin());
    auto words = table.list("words");
    if (!words) return words.error();
    for (const auto& word : *words) {
      Word made{group, {}, signs};
      std::u32string first;
      for (std::size_t from = 0; from <= word.size();) {
        auto plus = std::min(word.find('+', from), word.size());
        auto part = reader.text(word.substr(from, plus - from));
        from = plus + 1;
        if (part.empty()) continue;
        (first.empty() ? first : made.rest.emplace_back()) = part;
      }
      first_parts_.add(first, static_cast<std::uint32_t>(words_.size()));
      words_.push_back(std::move(made));
    }
    auto excluded = table.list_or_empty("exclude");
    if (!excluded) return excluded.error();
    for (const auto& word : *excluded) excluded_[group].add(reader.text(word), 0);
  }
  return {};
}

Result<void> Distress::read_context(const std::filesystem::path& file, const Reader& reader) {
  auto toml = TomlFile::read(file.string());
  if (!toml) return toml.error();
  static constexpr std::string_view names[] = {"denial",   "told",    "past",  "joke", "report",
                                               "question", "settled", "thing", "now"};
  for (std::uint32_t context = 0; context < std::size(names); ++context) {
    auto words = toml->list(names[context]);
    if (!words) return words.error();
    for (const auto& word : *words) context_.add(reader.text(word), context);
  }
  for (auto [key, value] : {std::pair{"alone", &alone_}, std::pair{"beside_word", &beside_word_}}) {
    auto number = toml->number(key);
    if (!number) return number.error();
    if (*number < 0 || *number > 1) return toml->wrong(key, "expected a number from 0 to 1");
    *value = *number;
  }
  return toml->no_others();
}

Result<Distress> Distress::load(const std::filesystem::path& words, const std::filesystem::path& config,
                                const Reader& reader, const Features& features) {
  static constexpr std::string_view groups[] = {"medical",   "labour",  "fire",    "gas", "violence",
                                                "self_harm", "trapped", "missing", "sos"};
  auto danger = Danger::load(words, reader);
  if (!danger) return danger.error();
  Distress distress(std::move(*danger), Classifier::train({}, 0, 1));
  std::vector<Danger::Sample> samples;
  std::vector<Example> cries;
  for (auto group : groups) {
    auto lines = read_examples(config / "distress" / (std::string(group) + ".txt"), least_examples);
    if (!lines) return lines.error();
    for (const auto& line : *lines) {
      auto text = reader.text(line);
      cries.push_back({distress.groups_.size(), features.of(text)});
      samples.push_back({std::move(text), {}, Danger::Label::cry});
    }
    distress.groups_.emplace_back(group);
  }
  distress.which_ = Classifier::train(cries, distress.groups_.size(), strength);
  distress.excluded_.resize(distress.groups_.size());
  if (auto read = distress.read_words(words / "life_safety.toml", reader, false); !read) return read.error();
  if (auto read = distress.read_words(words / "signs.toml", reader, true); !read) return read.error();
  if (auto read = distress.read_context(words / "context.toml", reader); !read) return read.error();
  auto add = [&](const std::filesystem::path& file, Danger::Label label) -> Result<void> {
    auto lines = read_examples(file, 1);
    if (!lines) return lines.error();
    for (const auto& line : *lines) samples.push_back({reader.text(line), {}, label});
    return {};
  };
  if (auto read = add(config / "distress" / "none.txt", Danger::Label::harmless); !read) return read.error();
  for (std::string_view intent : intent_names) {  // what is everyday is no alarm, but an illness may be one
    const bool ill = intent == "help_medical" || intent == "help_mental";
    auto read = add(config / "intents" / (std::string(intent) + ".txt"),
                    ill ? Danger::Label::doubtful : Danger::Label::harmless);
    if (!read) return read.error();
  }
  for (auto& sample : samples) sample.listed = distress.spoken(sample.text).listed;
  distress.danger_.train(samples);
  return distress;
}

Distress::Spoken Distress::spoken(std::u32string_view text) const {
  auto hits = first_parts_.find_all(text);
  std::vector<Lexicon::Hit> context;
  bool told_of = false, jokes = false, reports = false, asks = false, over = false, presses = false;
  if (!hits.empty()) {
    context = context_.find_all(text);
    for (const auto& hit : context) {
      told_of |= hit.tag == told;
      jokes |= hit.tag == joke;
      reports |= hit.tag == report;
      asks |= hit.tag == question;
      over |= hit.tag == settled;
      presses |= hit.tag == now;
    }
  }
  Spoken found{groups_.size(), {}};
  std::vector<std::vector<Lexicon::Hit>> excluded(groups_.size());
  std::vector<bool> looked(groups_.size());
  std::size_t counted = 0;
  for (const auto& hit : hits) {
    const Word& word = words_[hit.tag];
    if (!looked[word.group]) {
      excluded[word.group] = excluded_[word.group].find_all(text);
      looked[word.group] = true;
    }
    bool harmless = std::ranges::any_of(excluded[word.group], [&](const Lexicon::Hit& other) {
      return other.at < hit.at + hit.length && hit.at < other.at + other.length;
    });
    if (harmless) continue;
    std::size_t from = hit.at < near ? 0 : hit.at - near;
    auto around = text.substr(from, hit.at - from + hit.length + near);
    std::vector<std::size_t> places = {hit.at};
    for (const auto& part : word.rest) {
      auto place = around.find(part);
      if (place == around.npos) break;
      places.push_back(from + place);
    }
    if (places.size() != word.rest.size() + 1) continue;
    std::size_t clause_begin = 0;
    auto clause = clause_at(text, hit.at, clause_begin);
    bool denied = false, long_ago = false;
    for (const auto& other : context) {
      if (other.at < clause_begin || other.at >= clause_begin + clause.size()) continue;
      if (other.at >= hit.at && other.at < hit.at + hit.length) continue;  // the "不" of "喘不上气" itself
      const std::size_t reach = other.tag != denial ? thing_reach
                                : other.length == 1 ? short_reach
                                                    : denial_reach;
      for (std::size_t place : places) {
        const std::size_t end = other.at + other.length;
        denied |= (other.tag == denial || other.tag == thing) && end <= place && end + reach >= place;
      }
      long_ago |= other.tag == past;
    }
    if (denied || (long_ago && !presses) || ((told_of || jokes || reports || asks || over) && !presses)) {
      found.listed.excused |= !word.sign;
      continue;
    }
    if (!word.sign) {
      found.listed.word = true;
      found.group = std::min(found.group, word.group);
    } else if (hit.at >= counted) {
      found.listed.signs += word.rest.empty() ? 1 : 2;
      counted = hit.at + hit.length;
    }
  }
  return found;
}

/// From the beginning, or from a pause before the last part's end: no clause is cut.
double Distress::likeness(std::u32string_view text, const Spoken& said) const {
  if (text.size() <= most_at_once) return danger_.likeness(text, said.listed);
  double most = 0;
  for (std::size_t at = 0; at < text.size();) {
    auto part = text.substr(at, most_at_once);
    if (at + part.size() < text.size()) {
      std::size_t pause = part.find_last_of(pauses);
      if (pause != part.npos && pause > 0) part = part.substr(0, pause);
    }
    at += part.size();
    most = std::max(most, danger_.likeness(part, spoken(part).listed));
  }
  return most;
}

Alarm Distress::look(std::u32string_view text, const Features& features) const {
  Alarm alarm;
  if (text.empty()) return alarm;
  text = text.substr(0, most_looked_at);
  Spoken said = spoken(text);
  alarm.share = likeness(text, said);
  alarm.word = said.listed.word;
  alarm.signs = said.listed.signs;
  alarm.excused = said.listed.excused;
  if (alarm.share < (alarm.word ? beside_word_ : alone_)) return alarm;
  alarm.alarm = true;
  std::size_t group = said.group;
  if (group == groups_.size()) {
    auto shares = which_.shares(features.of(text));
    group = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
  }
  alarm.group = groups_[group];
  return alarm;
}

}  // namespace linli::understanding
