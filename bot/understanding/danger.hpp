// How much a text is like a cry for help: a linear model (LIBLINEAR, logistic regression) learnt at start
// from the examples of config/distress. It sees pieces of one to three characters, the kinds of words of
// config/words/danger.toml, in their order and in pairs, and what the word lists found; so it knows a danger
// from one that is denied, told, past or over without a rule for each. Distress asks it. Immutable after
// training.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

/// What life_safety.toml and signs.toml say of a text.
struct Listed {
  bool word{};          // a word stands in it, and its context does not take it back
  bool excused{};       // one stands in it that its context takes back
  std::size_t signs{};  // how many signs
};

class Danger {
 public:
  /// Errc::bad_config names file and key.
  static Result<Danger> load(const std::filesystem::path& words, const Reader& reader);

  enum class Label { harmless, cry, doubtful };  // doubtful: left out if the others make it look like a cry
  struct Sample {
    std::u32string text;
    Listed listed;
    Label label{};
  };
  /// Some of each label but doubtful. The same samples, the same model.
  void train(const std::vector<Sample>& samples);

  /// 0 to 1. `text` is the reader's.
  double likeness(std::u32string_view text, const Listed& listed) const;

 private:
  enum class Table : std::uint8_t { people, danger, manner, harmless };
  struct Piece {
    std::uint64_t key{};
    float weight{};
  };
  struct Place;  // a word of a kind, and in which clause it stands

  Danger() = default;
  std::vector<Piece> pieces(std::u32string_view text, const Listed& listed) const;
  void add_characters(std::u32string_view text, std::vector<Piece>& out) const;
  void add_kinds(const std::vector<Place>& places, std::vector<Piece>& out) const;
  void add_order(std::u32string_view text, const std::vector<Place>& places, std::vector<Piece>& out) const;
  void add_context(const std::vector<Place>& places, std::vector<Piece>& out) const;
  static void add_listed(const Listed& listed, std::vector<Piece>& out);
  void fit(const std::vector<std::vector<Piece>>& pieces, const std::vector<Sample>& samples);
  double score(const std::vector<Piece>& pieces) const;

  /// The number of a piece that training has seen; `unknown` of others.
  static constexpr std::uint32_t unknown = 0xFFFFFFFF;
  std::uint32_t number_of(std::uint64_t key) const;
  void remember(std::uint64_t key);

  Lexicon kinds_;
  std::vector<Table> tables_;  // by kind
  struct Slot {
    std::uint64_t key{};
    std::uint32_t number{unknown};
  };
  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
  std::uint32_t known_{};
  std::vector<float> weights_;  // by number
  double bias_{};
};

}  // namespace linli::understanding
