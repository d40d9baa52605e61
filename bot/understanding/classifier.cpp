#include "bot/understanding/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <linear.h>
#include <memory>

#include "bot/base/file.hpp"

namespace linli::understanding {

namespace {

constexpr double bias_value = 0.5;
constexpr int least_seen = 2;  // a piece that one example alone has tells nothing of others

/// The arrays that LIBLINEAR wants.
class Problem {
 public:
  Problem(const std::vector<Example>& examples, const std::unordered_map<std::uint64_t, std::uint32_t>& ids) {
    const auto features = static_cast<int>(ids.size());
    rows_.reserve(examples.size());
    for (const auto& example : examples) {
      std::vector<feature_node> row;
      for (const auto& feature : example.features) {
        if (auto found = ids.find(feature.key); found != ids.end())
          row.push_back({static_cast<int>(found->second) + 1, feature.weight});
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

Classifier Classifier::train(const std::vector<Example>& examples, std::size_t labels, double strength) {
  Classifier made(labels);
  if (examples.empty()) return made;
  std::unordered_map<std::uint64_t, int> seen;
  for (const auto& example : examples) {
    for (const auto& feature : example.features) ++seen[feature.key];
  }
  for (const auto& example : examples) {  // in their order: the same files, the same weights
    for (const auto& feature : example.features) {
      if (seen[feature.key] >= least_seen) made.ids_.try_emplace(feature.key, made.ids_.size());
    }
  }
  Problem problem(examples, made.ids_);
  parameter how{};
  how.solver_type = L2R_LR;
  how.C = strength;
  how.eps = 0.01;
  set_print_string_function([](const char*) {});
  std::unique_ptr<model, FreeModel> trained(::train(&problem.get(), &how));
  std::vector<int> order(labels);
  get_labels(trained.get(), order.data());
  made.weights_.resize(made.ids_.size() * labels);
  for (std::size_t column = 0; column < labels; ++column) {
    auto label = static_cast<std::size_t>(order[column]);
    for (std::size_t id = 0; id < made.ids_.size(); ++id)
      made.weights_[id * labels + label] = static_cast<float>(trained->w[id * labels + column]);
    made.bias_[label] = bias_value * trained->w[made.ids_.size() * labels + column];
  }
  return made;
}

std::vector<double> Classifier::shares(const std::vector<Feature>& features) const {
  std::vector<double> shares = bias_;
  for (const auto& feature : features) {
    auto found = ids_.find(feature.key);
    if (found == ids_.end()) continue;
    const float* row = weights_.data() + found->second * labels_;
    for (std::size_t label = 0; label < labels_; ++label)
      shares[label] += static_cast<double>(row[label] * feature.weight);
  }
  double total = 0;
  for (double& share : shares) total += share = std::exp(share);
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace linli::understanding
