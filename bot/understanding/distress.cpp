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
constexpr std::size_t least_clause = 5;
constexpr std::size_t most_clauses = 12;
constexpr std::size_t least_examples = 10;
constexpr double strength = 3.0;
constexpr int copies = 4;  // there are far more examples without danger: a missed cry weighs more
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
  auto alone = toml->number("alone");
  auto beside = toml->number("beside_word");
  auto sign = toml->number("beside_sign");
  auto signs = toml->number("beside_signs");
  auto excused = toml->number("excused");
  if (!alone) return alone.error();
  if (!beside) return beside.error();
  if (!sign) return sign.error();
  if (!signs) return signs.error();
  if (!excused) return excused.error();
  alone_ = *alone;
  beside_word_ = *beside;
  beside_sign_ = *sign;
  beside_signs_ = *signs;
  excused_ = *excused;
  return toml->no_others();
}

Result<Distress> Distress::load(const std::filesystem::path& words, const std::filesystem::path& config,
                                const Reader& reader, const Features& features) {
  static constexpr std::string_view groups[] = {"medical",   "labour",  "fire",    "gas", "violence",
                                                "self_harm", "trapped", "missing", "sos"};
  std::vector<Example> examples;
  Distress distress(Classifier::train({}, 0, 1));
  for (auto group : groups) {
    auto lines = read_examples(config / "distress" / (std::string(group) + ".txt"), least_examples);
    if (!lines) return lines.error();
    for (const auto& line : *lines) {
      Example example{distress.groups_.size(), features.of(reader.text(line))};
      for (int copy = 0; copy < copies; ++copy) examples.push_back(example);
    }
    distress.groups_.emplace_back(group);
  }
  distress.excluded_.resize(distress.groups_.size());
  if (auto read = distress.read_words(words / "life_safety.toml", reader, false); !read) return read.error();
  if (auto read = distress.read_words(words / "signs.toml", reader, true); !read) return read.error();
  if (auto read = distress.read_context(words / "context.toml", reader); !read) return read.error();
  const std::size_t none = distress.groups_.size();
  auto add = [&](const std::filesystem::path& file, bool without_words) -> Result<void> {
    auto lines = read_examples(file, 1);
    if (!lines) return lines.error();
    for (const auto& line : *lines) {
      auto text = reader.text(line);
      if (without_words && distress.spoken(text).word != none) continue;
      examples.push_back({none, features.of(text)});
    }
    return {};
  };
  if (auto read = add(config / "distress" / "none.txt", false); !read) return read.error();
  for (std::string_view intent : intent_names) {  // what is everyday is no alarm
    auto read = add(config / "intents" / (std::string(intent) + ".txt"), true);
    if (!read) return read.error();
  }
  distress.classifier_ = Classifier::train(examples, none + 1, strength);
  return distress;
}

Distress::Spoken Distress::spoken(std::u32string_view text) const {
  text = text.substr(0, most_looked_at);
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
  Spoken found{groups_.size(), groups_.size(), 0, false};
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
      found.excused |= !word.sign;
      continue;
    }
    (word.sign ? found.sign : found.word) = std::min(word.sign ? found.sign : found.word, word.group);
    if (word.sign && hit.at >= counted) {
      found.signs += word.rest.empty() ? 1 : 2;
      counted = hit.at + hit.length;
    }
  }
  return found;
}

/// A cry in the middle of other things is one: the most alarming of the whole and of its clauses.
std::vector<double> Distress::surest(std::u32string_view text, const Features& features) const {
  auto shares = classifier_.shares(features.of(text));
  std::size_t clauses = 0;
  for (std::size_t at = 0; at < text.size() && clauses < most_clauses; ++clauses) {
    std::size_t begin = 0;
    auto clause = clause_at(text, at, begin);
    at += std::max<std::size_t>(clause.size(), 1);
    if (clause.size() < least_clause || clause.size() == text.size()) continue;
    auto of_clause = classifier_.shares(features.of(clause));
    if (of_clause.back() < shares.back()) shares = std::move(of_clause);
  }
  return shares;
}

Alarm Distress::look(std::u32string_view text, const Features& features) const {
  Alarm alarm;
  if (text.empty()) return alarm;
  const std::size_t none = groups_.size();
  Spoken said = spoken(text);
  auto shares = surest(text, features);
  alarm.share = 1 - shares[none];
  alarm.word = said.word != none;
  alarm.signs = said.signs;
  alarm.excused = said.excused;
  double needed = alarm.word        ? beside_word_
                  : said.excused    ? excused_
                  : said.signs > 1  ? beside_signs_
                  : said.signs == 1 ? beside_sign_
                                    : alone_;
  if (alarm.share < needed) return alarm;
  alarm.alarm = true;
  std::size_t group = said.word;
  if (group == none)
    group = static_cast<std::size_t>(std::max_element(shares.begin(), shares.end() - 1) - shares.begin());
  alarm.group = groups_[group];
  return alarm;
}

}  // namespace linli::understanding
