#include "bot/understanding/shelf.hpp"

#include <algorithm>

namespace linli::understanding {

void Shelf::add(const Book& book) {
  for (const auto& wording : book.wordings) {
    auto& places = places_[book.id];
    places.push_back(static_cast<std::uint32_t>(owners_.size()));
    owners_.push_back(book.id);
    matcher_.add(wording, book.about);
  }
}

void Shelf::fill(const std::vector<Book>& books) {
  for (const auto& book : books) add(book);
  matcher_.finish();
}

void Shelf::put(const Book& book) {
  if (auto known = places_.find(book.id); known != places_.end()) {
    for (auto place : known->second) owners_[place] = 0;
    places_.erase(known);
  }
  add(book);
}

Found Shelf::find(std::string_view text) const {
  Found found;
  if (places_.empty()) return found;
  Match match = matcher_.match(text);
  for (auto candidate : match.candidates) {
    auto owner = owners_[candidate];
    if (owner == 0) {  // the best is gone: what is left is no more than an offer
      if (found.ids.empty() && match.tier == Tier::answer) match.tier = Tier::suggest;
      continue;
    }
    if (std::ranges::find(found.ids, owner) == found.ids.end()) found.ids.push_back(owner);
  }
  if (found.ids.empty()) return found;
  found.tier = match.tier;
  found.score = match.score;
  return found;
}

}  // namespace linli::understanding
