// Cross-validation of the intents on the project's own examples: every eighth is told by a classifier that
// has not seen it nor anything much like it (near duplicates stay together). Prints what other wording can
// expect, how far the confidence can be believed, and what is confused most. Run in the project's folder:
//   build/tests/bench/folds [sharpness]
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "bot/understanding/intents.hpp"

using namespace linli;
using namespace linli::understanding;

namespace {

constexpr std::size_t folds = 8;
constexpr double alike = 0.55;  // share of the pairs of characters that two lines have in common

/// The number of a group for each text: who is alike is in one.
std::vector<std::size_t> groups_of(const std::vector<std::u32string>& texts) {
  std::vector<std::size_t> parent(texts.size());
  std::iota(parent.begin(), parent.end(), 0);
  auto root = [&](std::size_t at) {
    while (parent[at] != at) at = parent[at] = parent[parent[at]];
    return at;
  };
  std::vector<std::set<std::uint64_t>> pairs(texts.size());
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> holders;
  for (std::size_t at = 0; at < texts.size(); ++at) {
    for (std::size_t i = 0; i + 1 < texts[at].size(); ++i)
      pairs[at].insert(std::uint64_t{texts[at][i]} << 32 | texts[at][i + 1]);
    std::unordered_map<std::size_t, std::size_t> common;
    for (auto pair : pairs[at]) {
      for (std::size_t other : holders[pair]) ++common[other];
    }
    for (auto [other, count] : common) {
      const auto all = static_cast<double>(pairs[at].size() + pairs[other].size() - count);
      if (static_cast<double>(count) >= alike * all) parent[root(at)] = root(other);
    }
    for (auto pair : pairs[at]) holders[pair].push_back(at);
  }
  for (std::size_t at = 0; at < texts.size(); ++at) parent[at] = root(at);
  return parent;
}

struct Told {
  Intent meant{}, told{};
  double confidence{};
};

void print(std::vector<Told>& all) {
  std::map<std::pair<Intent, Intent>, int> confused;
  std::array<double, intent_names.size()> right{}, said{}, meant{};
  for (const auto& one : all) {
    ++meant[one.meant];
    ++said[one.told];
    if (one.meant == one.told) {
      ++right[one.meant];
    } else {
      ++confused[{one.meant, one.told}];
    }
  }
  double sum = 0, f1 = 0;
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    const double precision = right[intent] / std::max(1.0, said[intent]),
                 recall = right[intent] / meant[intent];
    f1 += 2 * precision * recall / std::max(1e-9, precision + recall) /
          static_cast<double>(intent_names.size());
    sum += right[intent];
    fmt::print("  {:17} precision {:.2f} recall {:.2f}\n", intent_names[intent], precision, recall);
  }
  fmt::print("  {} examples, accuracy {:.3f}, macro-F1 {:.3f}\n", all.size(),
             sum / static_cast<double>(all.size()), f1);
  for (double least : {0.5, 0.6, 0.7, 0.75, 0.8, 0.9}) {
    double kept = 0, kept_right = 0, near = 0, near_right = 0;
    for (const auto& one : all) {
      const bool ok = one.meant == one.told;
      if (one.confidence >= least) ++kept, kept_right += ok;
      if (std::abs(one.confidence - least) < 0.05) ++near, near_right += ok;
    }
    fmt::print(
        "  ask_below {:.2f}: asks {:.3f}, of the rest right {:.3f}; of what is about that sure {:.2f}\n",
        least, 1 - kept / static_cast<double>(all.size()), kept_right / kept, near_right / near);
  }
  std::vector<std::pair<int, std::pair<Intent, Intent>>> order;
  for (const auto& [pair, count] : confused) order.push_back({count, pair});
  std::ranges::sort(order, std::greater{});
  order.resize(std::min<std::size_t>(order.size(), 12));
  for (const auto& [count, pair] : order)
    fmt::print("  {:3} {} taken for {}\n", count, intent_names[pair.first], intent_names[pair.second]);
}

}  // namespace

int main(int argc, char** argv) {
  const double sharpness = argc > 1 ? std::stod(argv[1]) : 0.65;
  auto reader = Reader::load("config/words");
  if (!reader) return 2;
  auto features = Features::load("config/words", *reader);
  if (!features) return 2;
  std::vector<std::u32string> texts;
  std::vector<Example> examples;
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    auto lines = read_examples("config/intents/" + std::string(intent_names[intent]) + ".txt", 1);
    if (!lines) return 2;
    for (const auto& line : *lines) {
      texts.push_back(reader->text(line));
      examples.push_back({intent, features->of(texts.back())});
    }
  }
  const auto groups = groups_of(texts);
  std::vector<Told> all;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    auto is_in = [&](std::size_t at) { return (groups[at] * 2654435761U >> 8) % folds == fold; };
    std::vector<Example> seen;
    for (std::size_t at = 0; at < examples.size(); ++at) {
      if (!is_in(at)) seen.push_back(examples[at]);
    }
    auto classifier = Intents::classifier(seen, sharpness);
    for (std::size_t at = 0; at < examples.size(); ++at) {
      if (!is_in(at)) continue;
      auto shares = classifier.shares(examples[at].features);
      auto told = static_cast<Intent>(std::ranges::max_element(shares) - shares.begin());
      all.push_back({examples[at].label, told, shares[told]});
    }
  }
  print(all);
}
