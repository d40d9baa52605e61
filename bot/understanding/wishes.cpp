#include "bot/understanding/wishes.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "bot/base/toml_file.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t most_read = 400;  // characters; who writes more tells a story
constexpr std::size_t most_clauses = 12;
constexpr std::size_t least_clause = 3;             // characters of a clause that can say what it wants
constexpr double least_share = 0.02;                // one clause alone never rules a wish out
constexpr double price = 3.0, price_further = 1.0;  // of beginning another wish, in logarithms of shares
constexpr Intent other = intent_names.size() - 1;   // a greeting is no wish of its own
constexpr std::u32string_view pauses = U",，。;；!！?？、~ \n";

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool ends_clause(std::u32string_view text, std::size_t at) {
  if (pauses.find(text[at]) == pauses.npos) return false;
  return !(at > 0 && at + 1 < text.size() && text[at] != U' ' && is_digit(text[at - 1]) &&
           is_digit(text[at + 1]));
}

Intent surest(const std::vector<double>& shares) {
  return static_cast<Intent>(std::ranges::max_element(shares) - shares.begin());
}

Result<Intent> intent_named(const TomlFile& file, std::string_view name) {
  auto found = std::ranges::find(intent_names, name);
  if (found == intent_names.end()) return file.wrong("apart", fmt::format("no such intent: \"{}\"", name));
  return static_cast<Intent>(found - intent_names.begin());
}

}  // namespace

Result<Wishes> Wishes::load(const std::filesystem::path& words, const Reader& reader) {
  auto file = TomlFile::read((words / "wishes.toml").string());
  if (!file) return file.error();
  auto further = file->list("further");
  auto not_further = file->list("not_further");
  auto apart = file->list("apart");
  auto sure_further = file->number("sure_further");
  auto sure_apart = file->number("sure_apart");
  if (!further) return further.error();
  if (!not_further) return not_further.error();
  if (!apart) return apart.error();
  if (!sure_further) return sure_further.error();
  if (!sure_apart) return sure_apart.error();
  Wishes wishes;
  for (const auto& word : *further) wishes.further_.add(reader.text(word), 0);
  for (const auto& word : *not_further) wishes.not_further_.add(reader.text(word), 0);
  for (const auto& pair : *apart) {
    auto blank = pair.find(' ');
    if (blank == pair.npos) return file->wrong("apart", "expected two intents with a blank between");
    auto one = intent_named(*file, std::string_view(pair).substr(0, blank));
    auto two = intent_named(*file, std::string_view(pair).substr(blank + 1));
    if (!one) return one.error();
    if (!two) return two.error();
    wishes.apart_[*one][*two] = wishes.apart_[*two][*one] = true;
  }
  wishes.sure_further_ = *sure_further;
  wishes.sure_apart_ = *sure_apart;
  if (auto others = file->no_others(); !others) return others.error();
  return wishes;
}

std::vector<Wishes::Clause> Wishes::clauses_of(std::u32string_view text) const {
  std::vector<Clause> clauses;
  std::size_t begin = 0;
  bool further = false;
  auto close = [&](std::size_t end) {
    if (end > begin) {
      clauses.push_back({begin, end, further});
      further = false;
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    if (ends_clause(text, at)) {
      close(at);
      begin = ++at;
      continue;
    }
    // "另外" and "顺便" begin a wish without a pause before them too; shorter words would be parts of others.
    auto word = further_.longest_at(text, at);
    if (!word || not_further_.longest_at(text, at) || (at > begin && word->length < 2) ||
        (at > begin && text[at] != U'另' && text[at] != U'顺')) {
      ++at;
      continue;
    }
    close(at);
    further = true;
    begin = at += word->length;
  }
  close(text.size());
  return clauses;
}

/// The most likely wish of each clause when every change of wishes has its price.
Wishes::Labels Wishes::most_likely(const std::vector<Clause>& clauses,
                                   const std::vector<std::vector<double>>& shares) const {
  std::vector<std::array<double, other>> best(clauses.size());
  std::vector<std::array<Intent, other>> from(clauses.size());
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    for (Intent now = 0; now < other; ++now) {
      double said = shares[at].empty() ? 0 : std::log(std::max(shares[at][now], least_share));
      if (at == 0) {
        best[0][now] = said;
        continue;
      }
      best[at][now] = best[at - 1][now];
      from[at][now] = now;
      for (Intent before = 0; before < other; ++before) {
        if (before == now || (!clauses[at].further && !apart_[before][now])) continue;
        double changed = best[at - 1][before] - (clauses[at].further ? price_further : price);
        if (changed <= best[at][now]) continue;
        best[at][now] = changed;
        from[at][now] = before;
      }
      best[at][now] += said;
    }
  }
  Labels labels(clauses.size());
  Intent now = static_cast<Intent>(std::ranges::max_element(best.back()) - best.back().begin());
  for (std::size_t at = clauses.size(); at-- > 0;) {
    labels[at] = now;
    now = from[at][now];
  }
  return labels;
}

std::vector<Wish> Wishes::told(std::u32string_view text, const Guess& whole, const Shares& shares) const {
  const Wish uncut{whole.intents.front(), 0, text.size(), whole.confidence};
  if (uncut.intent == other || text.size() > most_read) return {uncut};
  auto clauses = clauses_of(text);
  if (clauses.size() < 2 || clauses.size() > most_clauses) return {uncut};
  std::vector<std::vector<double>> of_clause(clauses.size());
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    const auto& clause = clauses[at];
    if (clause.end - clause.begin >= least_clause)
      of_clause[at] = shares(text.substr(clause.begin, clause.end - clause.begin));
  }
  auto labels = most_likely(clauses, of_clause);
  std::vector<Wish> wishes;
  std::vector<double> needed;
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    if (!wishes.empty() && wishes.back().intent == labels[at]) {
      wishes.back().end = clauses[at].end;
      continue;
    }
    const double sure = at == 0 || clauses[at].further ? sure_further_ : sure_apart_;
    if (!needed.empty()) needed.back() = std::max(needed.back(), sure);
    needed.push_back(sure);
    wishes.push_back({labels[at], clauses[at].begin, clauses[at].end, 0});
  }
  if (wishes.size() < 2) return {uncut};
  bool holds_the_whole = false;
  for (std::size_t at = 0; at < wishes.size(); ++at) {
    auto& wish = wishes[at];
    auto of_part = shares(text.substr(wish.begin, wish.end - wish.begin));
    wish.confidence = of_part[wish.intent];
    if (surest(of_part) != wish.intent || wish.confidence < needed[at]) return {uncut};
    holds_the_whole |= wish.intent == uncut.intent;
  }
  if (!holds_the_whole) return {uncut};
  wishes.front().begin = 0;
  wishes.back().end = text.size();
  return wishes;
}

}  // namespace linli::understanding
