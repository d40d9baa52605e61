// Which part of a message carries which wish: "体温36.5，另外家里没米了" is a report and a need, and each
// topic is given its own words. A wrong cut does more harm than a missed one, so a message is cut only where
// both sides are sure by themselves and either a word says that something else follows ("另外") or the two
// wishes are known to stand side by side (config/words/wishes.toml). Asked by Understanding for messages of
// several clauses.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/intents.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

class Wishes {
 public:
  /// Reads wishes.toml of config/words; Errc::bad_config names file, line and key.
  static Result<Wishes> load(const std::filesystem::path& words, const Reader& reader);

  using Shares = std::function<std::vector<double>(std::u32string_view)>;
  /// Of a text of the reader, in its characters and in the order told; one that spans it all if it is not
  /// cut. `whole` is what all of it wants; `shares` tells the same of a part.
  std::vector<Wish> told(std::u32string_view text, const Guess& whole, const Shares& shares) const;

 private:
  struct Clause {
    std::size_t begin{}, end{};  // without what stands between clauses
    bool further{};              // a word before it says that something else follows
  };
  using Labels = std::vector<Intent>;  // of each clause

  Wishes() = default;
  std::vector<Clause> clauses_of(std::u32string_view text) const;
  Labels most_likely(const std::vector<Clause>& clauses,
                     const std::vector<std::vector<double>>& shares) const;

  Lexicon further_, not_further_;
  std::array<std::array<bool, intent_names.size()>, intent_names.size()> apart_{};
  double sure_further_{}, sure_apart_{};
};

}  // namespace linli::understanding
