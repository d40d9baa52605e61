// What is known and asked about again and again, ready to be found by what people write: stories with their
// verdicts, the district's questions with their answers. Each is known by the caller's own number and has one
// or several wordings. Belongs to one thread, the network's; who changes the database tells it after the
// commit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/understanding/matcher.hpp"

namespace linli::understanding {

struct Book {
  std::int64_t id{};
  std::vector<std::string> wordings;  // none: it is taken off the shelf
  std::string about;                  // what is known about it; it helps to recognise long tellings
};

/// What a text was found to be, the best first, at most three. `tier` speaks of the first.
struct Found {
  Tier tier = Tier::fresh;
  double score{};
  std::vector<std::int64_t> ids;

  bool answer() const { return tier == Tier::answer && !ids.empty(); }
  bool suggest() const { return tier == Tier::suggest && !ids.empty(); }
};

class Shelf {
 public:
  Shelf(const Storyteller& teller, Thresholds thresholds) : matcher_(teller, thresholds) {}

  /// At start, once.
  void fill(const std::vector<Book>& books);
  /// Adds it, or replaces what has its number.
  void put(const Book& book);

  Found find(std::string_view text) const;

 private:
  void add(const Book& book);

  Matcher matcher_;
  std::vector<std::int64_t> owners_;  // of each of the matcher's claims; 0: no longer on the shelf
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> places_;
};

}  // namespace linli::understanding
