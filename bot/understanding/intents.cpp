#include "bot/understanding/intents.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <linear.h>
#include <numeric>

#include "bot/base/file.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t least_examples = 20;
constexpr std::size_t least_part = 3;  // characters of a part that can be a wish of its own
constexpr double sure_part = 0.75;     // of a further wish in the same message
constexpr double strength = 6.0;       // LIBLINEAR's C
constexpr double sharpness = 1.0;      // from decision values to shares

struct Example {
  Intent intent{};
  std::vector<Feature> features;
};

/// Where one wish ends and another may begin: between sentences, and before "另外", "还有", "顺便".
std::vector<std::u32string_view> parts_of(std::u32string_view text) {
  static constexpr std::u32string_view ends = U",，。;；!！?？、\n";
  static constexpr std::u32string_view joins[] = {U"另外",   U"还有", U"顺便", U"对了",
                                                  U"再就是", U"同时", U"然后"};
  std::vector<std::u32string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::size_t skip = 0;
    if (at == text.size() || ends.find(text[at]) != ends.npos) skip = 1;
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

Result<void> read_examples(const std::filesystem::path& file, Intent intent, const Reader& reader,
                           const Features& features, std::vector<Example>& out) {
  auto text = read_file(file.string());
  if (!text) return text.error();
  std::size_t count = 0;
  for (std::size_t from = 0; from < text->size();) {
    std::size_t end = std::min(text->find('\n', from), text->size());
    std::string_view line(text->data() + from, end - from);
    from = end + 1;
    if (line.empty() || line.front() == '#') continue;
    auto form = reader.text(line);
    if (form.empty()) continue;
    out.push_back({intent, features.of(form)});
    ++count;
  }
  if (count < least_examples)
    return Error{Errc::bad_config, fmt::format("{}: {} examples; write at least {}, better 150",
                                               file.string(), count, least_examples)};
  return {};
}

/// The arrays that LIBLINEAR wants.
class Problem {
 public:
  Problem(const std::vector<Example>& examples, const std::unordered_map<std::uint64_t, std::uint32_t>& ids) {
    rows_.reserve(examples.size());
    for (const auto& example : examples) {
      std::vector<feature_node> row;
      for (const auto& feature : example.features) {
        if (auto found = ids.find(feature.key); found != ids.end())
          row.push_back({static_cast<int>(found->second) + 1, feature.weight});
      }
      std::ranges::sort(row, {}, &feature_node::index);
      row.push_back({static_cast<int>(ids.size()) + 1, 0.5});
      row.push_back({-1, 0});
      rows_.push_back(std::move(row));
      labels_.push_back(static_cast<double>(example.intent));
    }
    for (auto& row : rows_) pointers_.push_back(row.data());
    problem_ = {static_cast<int>(rows_.size()), static_cast<int>(ids.size()) + 1, labels_.data(),
                pointers_.data(), 0.5};
  }
  const problem& get() const { return problem_; }

 private:
  std::vector<std::vector<feature_node>> rows_;
  std::vector<double> labels_;
  std::vector<feature_node*> pointers_;
  problem problem_{};
};

struct FreeModel {
  void operator()(model* trained) const { free_and_destroy_model(&trained); }
};

}  // namespace

Result<Intents> Intents::train(const std::filesystem::path& folder, const Reader& reader, Features features) {
  Intents intents(std::move(features));
  std::vector<Example> examples;
  for (Intent intent = 0; intent < intent_names.size(); ++intent) {
    auto file = folder / (std::string(intent_names[intent]) + ".txt");
    auto read = read_examples(file, intent, reader, intents.features_, examples);
    if (!read) return read.error();
  }
  intents.examples_ = examples.size();
  std::unordered_map<std::uint64_t, int> seen;
  for (const auto& example : examples) {
    for (const auto& feature : example.features) ++seen[feature.key];
  }
  for (const auto& example : examples) {  // in the order of the examples: the same files, the same weights
    for (const auto& feature : example.features) {
      if (seen[feature.key] >= 2) intents.ids_.try_emplace(feature.key, intents.ids_.size());
    }
  }
  Problem problem(examples, intents.ids_);
  parameter how{};
  how.solver_type = L2R_LR;
  how.C = strength;
  how.eps = 0.01;
  set_print_string_function([](const char*) {});
  std::unique_ptr<model, FreeModel> trained(::train(&problem.get(), &how));
  std::array<int, intent_names.size()> labels{};
  get_labels(trained.get(), labels.data());
  intents.weights_.resize(intents.ids_.size());
  for (std::size_t column = 0; column < labels.size(); ++column) {
    auto intent = static_cast<std::size_t>(labels[column]);
    for (std::size_t id = 0; id < intents.weights_.size(); ++id)
      intents.weights_[id][intent] = static_cast<float>(trained->w[id * labels.size() + column]);
    intents.bias_[intent] = 0.5 * trained->w[intents.weights_.size() * labels.size() + column];
  }
  return intents;
}

std::array<double, intent_names.size()> Intents::shares(std::u32string_view text) const {
  std::array<float, intent_names.size()> sums{};
  for (const auto& feature : features_.of(text)) {
    auto found = ids_.find(feature.key);
    if (found == ids_.end()) continue;
    const auto& weights = weights_[found->second];
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weights[i] * feature.weight;
  }
  std::array<double, intent_names.size()> shares{};
  double total = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    shares[i] = std::exp(sharpness * (static_cast<double>(sums[i]) + bias_[i]));
    total += shares[i];
  }
  for (double& share : shares) share /= total;
  return shares;
}

Guess Intents::guess(std::u32string_view text) const {
  Guess guess;
  guess.shares = shares(text);
  auto best = static_cast<Intent>(std::ranges::max_element(guess.shares) - guess.shares.begin());
  guess.intents.push_back(best);
  guess.confidence = guess.shares[best];
  auto parts = parts_of(text);
  if (parts.size() < 2 || parts.size() > 12) return guess;
  constexpr Intent other = intent_names.size() - 1;  // a greeting is no second wish
  for (auto part : parts) {
    if (part.size() < least_part) continue;
    auto of_part = shares(part);
    auto wish = static_cast<Intent>(std::ranges::max_element(of_part) - of_part.begin());
    if (of_part[wish] < sure_part || wish == other) continue;
    if (std::ranges::find(guess.intents, wish) == guess.intents.end()) guess.intents.push_back(wish);
  }
  return guess;
}

}  // namespace linli::understanding
