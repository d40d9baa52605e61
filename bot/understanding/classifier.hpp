// A linear classifier (LIBLINEAR, logistic regression, one against the rest) trained at start from examples
// that people write, one a line of a file. Used for intents and for distress. Immutable after training.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
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
  static constexpr std::size_t most_labels = 16;

  /// `labels` kinds, at most `most_labels`, each with an example at least. The same examples give the same
  /// weights. `sharpness` is what the sums are multiplied with before they become shares: below one, a
  /// strongly fitted classifier is less sure of itself. `counts`: how much a second vote weighs that only
  /// counts (how much more often a feature stands in examples of a label than in others: naive Bayes).
  static Classifier train(const std::vector<Example>& examples, std::size_t labels, double strength,
                          double sharpness = 1, double counts = 0);

  /// How likely each label is; they add up to one.
  std::vector<double> shares(const std::vector<Feature>& features) const;

 private:
  struct alignas(64) Row {  // one line of the processor's cache: what a feature adds to each label
    std::array<float, most_labels> of_label{};
  };

  explicit Classifier(std::size_t labels, double sharpness) : labels_(labels), sharpness_(sharpness) {}
  std::size_t place_of(std::uint64_t key) const {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ULL >> shift_);
  }
  void index(const std::vector<std::uint64_t>& keys);
  void vote(const std::vector<Example>& examples, double counts);
  std::size_t row_of(std::uint64_t key) const;  // keys_.size(): unknown

  std::size_t labels_;
  double sharpness_;
  int shift_ = 60;
  std::vector<std::uint32_t> rows_ = std::vector<std::uint32_t>(16);  // by place; 0: free, else row + 1
  std::vector<std::uint64_t> keys_;                                   // of the rows
  std::vector<Row> weights_;
  std::array<double, most_labels> bias_{};
};

}  // namespace linli::understanding
