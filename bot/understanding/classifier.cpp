#include "bot/understanding/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <linear.h>
#include <memory>
#include <unordered_map>

#include "bot/base/file.hpp"

namespace linli::understanding {

namespace {

constexpr double bias_value = 0.5;
constexpr int least_seen = 2;           // what one example alone has tells nothing of others
constexpr double unseen_share = 0.001;  // of a label's examples, for a feature that none of them has
constexpr double usual_rarity = 3;      // logarithm of the share of the examples that have a feature

/// The features that the examples have in common.
struct Vocabulary {
  std::unordered_map<std::uint64_t, std::uint32_t> ids;
  std::vector<std::uint64_t> keys;
  std::vector<double> rarity;  // what is rare tells more
};

Vocabulary vocabulary_of(const std::vector<Example>& examples) {
  std::unordered_map<std::uint64_t, int> seen;
  for (const auto& example : examples) {
    for (const auto& feature : example.features) ++seen[feature.key];
  }
  Vocabulary made;
  const double all = static_cast<double>(examples.size()) + 1;
  for (const auto& example : examples) {  // in their order: the same files, the same weights
    for (const auto& feature : example.features) {
      const int count = seen[feature.key];
      if (count < least_seen || !made.ids.try_emplace(feature.key, made.ids.size()).second) continue;
      made.keys.push_back(feature.key);
      made.rarity.push_back(std::sqrt(std::log(all / count) / usual_rarity));
    }
  }
  return made;
}

/// The arrays that LIBLINEAR wants.
class Problem {
 public:
  Problem(const std::vector<Example>& examples, const Vocabulary& vocabulary) {
    const auto features = static_cast<int>(vocabulary.keys.size());
    rows_.reserve(examples.size());
    for (const auto& example : examples) {
      std::vector<feature_node> row;
      for (const auto& feature : example.features) {
        auto found = vocabulary.ids.find(feature.key);
        if (found == vocabulary.ids.end()) continue;
        row.push_back(
            {static_cast<int>(found->second) + 1, feature.weight * vocabulary.rarity[found->second]});
      }
      std::ranges::sort(row, {}, &feature_node::index);
      row.push_back({features + 1, bias_value});
      row.push_back({-1, 0});
      rows_.push_back(std::move(row));
      labels_.push_back(static_cast<double>(example.label));
    }
    for (auto& row : rows_) pointers_.push_back(row.data());
    problem_ = {static_cast<int>(rows_.size()), features + 1, labels_.data(), pointers_.data(), bias_value};
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

Result<std::vector<std::string>> read_examples(const std::filesystem::path& file, std::size_t least) {
  auto text = read_file(file.string());
  if (!text) return text.error();
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text->size();) {
    std::size_t end = std::min(text->find('\n', from), text->size());
    std::string line = text->substr(from, end - from);
    from = end + 1;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty() && line.front() != '#') lines.push_back(std::move(line));
  }
  if (lines.size() < least)
    return Error{Errc::bad_config, fmt::format("{}: {} examples; at least {} are needed, one a line",
                                               file.string(), lines.size(), least)};
  return lines;
}

void Classifier::index(const std::vector<std::uint64_t>& keys) {
  while (rows_.size() < keys.size() * 3) {
    rows_.resize(rows_.size() * 2);
    --shift_;
  }
  keys_ = keys;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    std::size_t place = place_of(keys[row]);
    while (rows_[place] != 0) place = (place + 1) & (rows_.size() - 1);
    rows_[place] = static_cast<std::uint32_t>(row + 1);
  }
}

Classifier Classifier::train(const std::vector<Example>& examples, std::size_t labels, double strength,
                             double sharpness, double counts) {
  Classifier made(std::min(labels, most_labels), sharpness);
  if (examples.empty()) return made;
  const Vocabulary vocabulary = vocabulary_of(examples);
  Problem problem(examples, vocabulary);
  parameter how{};
  how.solver_type = L2R_LR;
  how.C = strength;
  how.eps = 0.01;
  set_print_string_function([](const char*) {});
  std::unique_ptr<model, FreeModel> trained(::train(&problem.get(), &how));
  std::vector<int> order(labels);
  get_labels(trained.get(), order.data());
  made.index(vocabulary.keys);
  made.weights_.resize(vocabulary.keys.size());
  for (std::size_t column = 0; column < labels; ++column) {
    auto label = static_cast<std::size_t>(order[column]);
    for (std::size_t row = 0; row < vocabulary.keys.size(); ++row)
      made.weights_[row].of_label[label] =
          static_cast<float>(trained->w[row * labels + column] * vocabulary.rarity[row]);
    made.bias_[label] = bias_value * trained->w[vocabulary.keys.size() * labels + column];
  }
  if (counts > 0) made.vote(examples, counts);
  return made;
}

std::size_t Classifier::row_of(std::uint64_t key) const {
  for (std::size_t place = place_of(key); rows_[place] != 0; place = (place + 1) & (rows_.size() - 1)) {
    if (keys_[rows_[place] - 1] == key) return rows_[place] - 1;
  }
  return keys_.size();
}

/// Adds to the weights how often each feature stands in the examples of a label, beside its average: costs
/// nothing when messages come.
void Classifier::vote(const std::vector<Example>& examples, double counts) {
  std::vector<double> of_label(labels_);
  for (const auto& example : examples) ++of_label[example.label];
  std::vector<std::array<double, most_labels>> often(keys_.size());
  for (const auto& example : examples) {
    for (const auto& feature : example.features) {
      if (auto row = row_of(feature.key); row < keys_.size())
        often[row][example.label] += 1 / of_label[example.label];
    }
  }
  for (std::size_t row = 0; row < keys_.size(); ++row) {
    double sum = 0;
    for (std::size_t label = 0; label < labels_; ++label) sum += often[row][label] += unseen_share;
    for (std::size_t label = 0; label < labels_; ++label)
      weights_[row].of_label[label] +=
          static_cast<float>(counts * std::log(often[row][label] * static_cast<double>(labels_) / sum));
  }
}

std::vector<double> Classifier::shares(const std::vector<Feature>& features) const {
  std::array<float, most_labels> sums{};
  for (const auto& feature : features) {
    const std::size_t row = row_of(feature.key);
    if (row == keys_.size()) continue;
    for (std::size_t label = 0; label < most_labels; ++label)
      sums[label] += weights_[row].of_label[label] * feature.weight;
  }
  std::vector<double> shares(labels_);
  double total = 0;
  for (std::size_t label = 0; label < labels_; ++label)
    total += shares[label] = std::exp(sharpness_ * (bias_[label] + static_cast<double>(sums[label])));
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace linli::understanding
