// A linear classifier (LIBLINEAR, logistic regression, one against the rest) trained at start from examples
// that people write, one a line of a file. Used for intents and for distress. Immutable after training.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/features.hpp"

namespace linli::understanding {

/// The lines of an example file as people wrote them, without empty ones and those that begin with "#".
/// Errc::bad_config if there are fewer than `least`.
Result<std::vector<std::string>> read_examples(const std::filesystem::path& file, std::size_t least);

struct Example {
  std::size_t label{};
  std::vector<Feature> features;
};

class Classifier {
 public:
  /// `labels` kinds, each with an example at least. The same examples give the same weights.
  static Classifier train(const std::vector<Example>& examples, std::size_t labels, double strength);

  /// How likely each label is; they add up to one.
  std::vector<double> shares(const std::vector<Feature>& features) const;

 private:
  explicit Classifier(std::size_t labels) : labels_(labels), bias_(labels) {}

  std::size_t labels_;
  std::unordered_map<std::uint64_t, std::uint32_t> ids_;
  std::vector<float> weights_;  // a row of `labels_` a feature
  std::vector<double> bias_;
};

}  // namespace linli::understanding
