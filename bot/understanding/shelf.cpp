#include "bot/understanding/shelf.hpp"

namespace linli::understanding {

void Shelf::add(const Book& book) {
  if (book.wordings.empty()) return;
  auto claim = matcher_.add(book.wordings.front(), book.about);
  for (std::size_t i = 1; i < book.wordings.size(); ++i) matcher_.add_variant(claim, book.wordings[i]);
  places_[book.id] = claim;
  owners_.resize(claim + 1);
  owners_[claim] = book.id;
}

void Shelf::fill(const std::vector<Book>& books) {
  for (const auto& book : books) add(book);
  matcher_.finish();
}

void Shelf::put(const Book& book) {
  if (auto known = places_.find(book.id); known != places_.end()) {
    matcher_.remove(known->second);
    places_.erase(known);
  }
  add(book);
}

Found Shelf::find(std::string_view text) const {
  Found found;
  if (places_.empty()) return found;
  Match match = matcher_.match(text);
  for (auto candidate : match.candidates) found.ids.push_back(owners_[candidate]);
  if (found.ids.empty()) return found;
  found.tier = match.tier;
  found.score = match.score;
  return found;
}

}  // namespace linli::understanding
