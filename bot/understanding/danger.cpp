#include "bot/understanding/danger.hpp"

#include <algorithm>
#include <cmath>
#include <linear.h>
#include <memory>
#include <unordered_map>

#include "bot/base/toml_file.hpp"
#include "bot/understanding/features.hpp"

namespace linli::understanding {

namespace {

constexpr char32_t edge = 0xE004;
constexpr std::size_t most_judged = 400;  // characters
constexpr std::size_t pair_reach = 12;    // characters between two words of a pair
constexpr std::size_t beside = 2;         // and between a word and what takes it back at once
constexpr std::uint32_t most_dangers = 6;
constexpr int least_seen = 2;
constexpr double strength = 30, bias_value = 0.5;
constexpr double cry_weight = 1.5;  // there are fewer of them, and a missed one weighs more
constexpr float one_character = 0.8F, kind_weight = 0.7F, pair_weight = 0.5F, order_weight = 0.7F,
                context_weight = 0.5F, listed_weight = 1;
constexpr std::u32string_view pauses = U",，。;；!！?？、.~…\n ";

/// What a piece is about; keys of different families never meet.
enum Family : std::uint64_t {
  characters,
  kind,
  pair,
  order,
  how_many,
  beside_danger,
  at_danger,
  with_danger,
  without_danger,
  last_clause,
  listed_as
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xD6E8FEB86659FD93ULL;
}

std::uint64_t key_of(Family family, std::uint64_t a, std::uint64_t b = 0) {
  std::uint64_t hash = mix(mix(mix(17, family), a), b);
  return hash ^ hash >> 32;
}

struct FreeModel {
  void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

}  // namespace

struct Danger::Place {
  std::uint32_t kind{};
  std::uint32_t begin{}, end{};
  std::uint32_t clause{};
};

Result<Danger> Danger::load(const std::filesystem::path& words, const Reader& reader) {
  auto file = TomlFile::read((words / "danger.toml").string());
  if (!file) return file.error();
  Danger danger;
  static constexpr std::string_view tables[] = {"people", "danger", "manner", "harmless"};
  for (std::size_t i = 0; i < std::size(tables); ++i) {
    auto table = file->table(tables[i]);
    if (!table) return table.error();
    for (const auto& name : table->keys()) {
      auto list = table->list(name);
      if (!list) return list.error();
      for (const auto& word : *list)
        danger.kinds_.add(with_number_kinds(reader.text(word)),
                          static_cast<std::uint32_t>(danger.tables_.size()));
      danger.tables_.push_back(static_cast<Table>(i));
    }
  }
  if (auto others = file->no_others(); !others) return others.error();
  return danger;
}

void Danger::add_characters(std::u32string_view text, std::vector<Piece>& out) const {
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint64_t hash = mix(17, characters);
    for (std::size_t length = 1; length <= 3 && at + length <= text.size(); ++length) {
      hash = mix(hash, text[at + length - 1]);
      if (length == 1 && text[at] == edge) continue;
      out.push_back({hash ^ hash >> 32, length == 1 ? one_character : 1});
    }
  }
}

/// Each kind that stands in the text, and each two of them near each other in one clause.
void Danger::add_kinds(const std::vector<Place>& places, std::vector<Piece>& out) const {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& a = places[i];
    out.push_back({key_of(kind, a.kind), kind_weight});
    for (std::size_t j = i + 1; j < places.size() && places[j].begin <= a.end + pair_reach; ++j) {
      const Place& b = places[j];
      if (b.clause != a.clause) break;
      if (b.begin >= a.end && b.kind != a.kind) out.push_back({key_of(pair, a.kind, b.kind), pair_weight});
    }
  }
}

/// Pieces of two and three, where a word of a kind (the longest) stands for its kind: "捂着 BODY 说 PAIN".
void Danger::add_order(std::u32string_view text, const std::vector<Place>& places,
                       std::vector<Piece>& out) const {
  constexpr std::uint64_t is_kind = 1ULL << 32;
  std::vector<std::uint64_t> signs;
  signs.reserve(text.size());
  std::size_t next = 0;
  for (std::uint32_t at = 0; at < text.size();) {
    while (next < places.size() && places[next].begin < at) ++next;
    const Place* longest = nullptr;
    for (; next < places.size() && places[next].begin == at; ++next) {
      if (!longest || places[next].end > longest->end) longest = &places[next];
    }
    signs.push_back(longest ? is_kind | longest->kind : text[at]);
    at = longest ? longest->end : at + 1;
  }
  for (std::size_t at = 0; at + 1 < signs.size(); ++at) {
    std::uint64_t hash = mix(mix(17, order), signs[at]);
    bool any = (signs[at] & is_kind) != 0;
    for (std::size_t i = at + 1; i < std::min(at + 3, signs.size()); ++i) {
      hash = mix(hash, signs[i]);
      any |= (signs[i] & is_kind) != 0;
      if (any) out.push_back({hash ^ hash >> 32, order_weight});
    }
  }
}

/// How many kinds of danger, and how each harmless word stands to them: before or after, in the same clause
/// or in another, right beside; and what the last clause says, where people tell that it is over.
void Danger::add_context(const std::vector<Place>& places, std::vector<Piece>& out) const {
  std::vector<bool> seen(tables_.size());
  std::uint32_t dangers = 0, last = 0;
  for (const Place& place : places) {
    last = std::max(last, place.clause);
    if (tables_[place.kind] != Table::danger || seen[place.kind]) continue;
    seen[place.kind] = true;
    if (dangers < most_dangers) out.push_back({key_of(how_many, ++dangers), context_weight});
  }
  for (const Place& place : places) {
    if (last > 0 && place.clause == last) out.push_back({key_of(last_clause, place.kind), context_weight});
    if (tables_[place.kind] != Table::harmless) continue;
    out.push_back({key_of(dangers > 0 ? with_danger : without_danger, place.kind), context_weight});
    for (const Place& other : places) {
      if (tables_[other.kind] != Table::danger || (other.begin < place.end && place.begin < other.end))
        continue;
      const bool before = place.begin < other.begin, same = place.clause == other.clause;
      const std::uint64_t how = (before ? 0 : 1) + (same ? 2 : 0);
      const std::size_t between = before ? other.begin - place.end : place.begin - other.end;
      out.push_back({key_of(at_danger, place.kind, how), context_weight});
      if (same && between <= beside) out.push_back({key_of(beside_danger, place.kind, how), context_weight});
    }
  }
}

void Danger::add_listed(const Listed& listed, std::vector<Piece>& out) {
  auto add = [&](bool holds, std::uint64_t what) {
    if (holds) out.push_back({key_of(listed_as, what), listed_weight});
  };
  add(listed.word, 1);
  add(listed.excused, 2);
  add(listed.signs > 0, 3);
  add(listed.signs > 1, 4);
  add(listed.signs > 2, 5);
  add(listed.word && listed.signs > 0, 6);
  add(!listed.word && !listed.excused && listed.signs == 0, 7);
}

std::vector<Danger::Piece> Danger::pieces(std::u32string_view text, const Listed& listed) const {
  std::u32string marked(1, edge);
  marked += with_number_kinds(text.substr(0, most_judged));
  marked += edge;
  std::vector<Piece> out;
  out.reserve(marked.size() * 12);
  add_characters(marked, out);
  std::vector<std::uint32_t> clause(marked.size());
  for (std::size_t at = 1; at < marked.size(); ++at)
    clause[at] = clause[at - 1] + (pauses.find(marked[at]) != pauses.npos ? 1 : 0);
  std::vector<Place> places;
  for (const auto& hit : kinds_.find_all(marked)) {
    const auto begin = static_cast<std::uint32_t>(hit.at);
    places.push_back({hit.tag, begin, begin + static_cast<std::uint32_t>(hit.length), clause[begin]});
  }
  add_kinds(places, out);
  add_order(marked, places, out);
  add_context(places, out);
  add_listed(listed, out);
  return out;
}

std::uint32_t Danger::number_of(std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = key & mask;; at = (at + 1) & mask) {
    if (slots_[at].number == unknown || slots_[at].key == key) return slots_[at].number;
  }
}

void Danger::remember(std::uint64_t key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = key & mask;
  while (slots_[at].number != unknown) at = (at + 1) & mask;
  slots_[at] = {key, known_++};
}

void Danger::train(const std::vector<Sample>& samples) {
  std::vector<std::vector<Piece>> all;
  std::vector<Sample> sure;
  std::vector<std::vector<Piece>> of_sure;
  all.reserve(samples.size());
  for (const auto& sample : samples) {
    all.push_back(pieces(sample.text, sample.listed));
    if (sample.label == Label::doubtful) continue;
    sure.push_back({{}, {}, sample.label});
    of_sure.push_back(all.back());
  }
  fit(of_sure, sure);
  const std::size_t before = sure.size();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (samples[i].label != Label::doubtful || score(all[i]) >= 0) continue;
    sure.push_back({{}, {}, Label::harmless});
    of_sure.push_back(std::move(all[i]));
  }
  if (sure.size() > before) fit(of_sure, sure);
}

void Danger::fit(const std::vector<std::vector<Piece>>& pieces, const std::vector<Sample>& samples) {
  std::unordered_map<std::uint64_t, std::pair<int, std::size_t>> seen;  // in how many texts; in which last
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (const auto& piece : pieces[i]) {
      auto& [count, last] = seen[piece.key];
      if (last == i + 1) continue;
      last = i + 1;
      if (++count == least_seen) ++kept;
    }
  }
  std::size_t size = 16;
  while (size < kept * 2) size *= 2;
  slots_.assign(size, {});
  known_ = 0;
  weights_.clear();
  for (const auto& text : pieces) {  // in their order: the same files, the same weights
    for (const auto& piece : text) {
      if (seen[piece.key].first >= least_seen && number_of(piece.key) == unknown) remember(piece.key);
    }
  }
  std::vector<std::vector<feature_node>> rows;
  std::vector<double> labels;
  std::vector<feature_node*> pointers;
  rows.reserve(pieces.size());
  std::vector<bool> in_row(known_);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::vector<feature_node> row;
    double sum = 0;
    for (const auto& piece : pieces[i]) {
      const std::uint32_t number = number_of(piece.key);
      if (number == unknown || in_row[number]) continue;
      in_row[number] = true;
      row.push_back({static_cast<int>(number) + 1, piece.weight});
      sum += static_cast<double>(piece.weight * piece.weight);
    }
    for (auto& node : row) {
      in_row[static_cast<std::size_t>(node.index - 1)] = false;
      node.value /= std::sqrt(sum);
    }
    std::ranges::sort(row, {}, &feature_node::index);
    row.push_back({static_cast<int>(known_) + 1, bias_value});
    row.push_back({-1, 0});
    rows.push_back(std::move(row));
    pointers.push_back(rows.back().data());
    labels.push_back(samples[i].label == Label::cry ? 1 : -1);
  }
  problem given{static_cast<int>(rows.size()), static_cast<int>(known_) + 1, labels.data(), pointers.data(),
                bias_value};
  int weighted[] = {1};
  double by[] = {cry_weight};
  parameter how{};
  how.solver_type = L2R_LR;
  how.C = strength;
  how.eps = 0.01;
  how.nr_weight = 1;
  how.weight_label = weighted;
  how.weight = by;
  set_print_string_function([](const char*) {});
  std::unique_ptr<model, FreeModel> trained(::train(&given, &how));
  const double sign = trained->label[0] == 1 ? 1 : -1;
  weights_.resize(known_);
  for (std::size_t i = 0; i < known_; ++i) weights_[i] = static_cast<float>(sign * trained->w[i]);
  bias_ = sign * bias_value * trained->w[known_];
}

double Danger::score(const std::vector<Piece>& pieces) const {
  double dot = 0, sum = 0;
  std::vector<bool> counted(known_);
  for (const auto& piece : pieces) {
    const std::uint32_t number = number_of(piece.key);
    if (number == unknown || counted[number]) continue;
    counted[number] = true;
    dot += static_cast<double>(piece.weight * weights_[number]);
    sum += static_cast<double>(piece.weight * piece.weight);
  }
  return bias_ + (sum > 0 ? dot / std::sqrt(sum) : 0);
}

double Danger::likeness(std::u32string_view text, const Listed& listed) const {
  return 1 / (1 + std::exp(-score(pieces(text, listed))));
}

}  // namespace linli::understanding
