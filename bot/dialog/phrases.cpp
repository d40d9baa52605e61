#include "bot/dialog/phrases.hpp"

#include <algorithm>

#include "bot/base/text.hpp"

namespace linli::dialog {

namespace {

constexpr std::size_t near_bytes = 12 * 3;  // a dozen Chinese characters

std::size_t character_bytes(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

}  // namespace

std::uint32_t first_character(std::string_view text) {
  std::uint32_t key = 0;
  std::size_t bytes = std::min(character_bytes(text.front()), text.size());
  for (std::size_t i = 0; i < bytes; ++i) key = key << 8 | static_cast<unsigned char>(text[i]);
  return key;
}

void Phrases::add(std::string_view phrase, int tag) {
  Phrase made;
  made.tag = tag;
  for (std::size_t from = 0; from <= phrase.size();) {
    auto plus = std::min(phrase.find('+', from), phrase.size());
    std::string part = normalise(phrase.substr(from, plus - from));
    if (!part.empty()) (made.first.empty() ? made.first : made.rest.emplace_back()) = part;
    from = plus + 1;
  }
  if (made.first.empty()) return;
  begins_.set(begins_bit(first_character(made.first)));
  by_first_[first_character(made.first)].push_back(static_cast<std::uint32_t>(phrases_.size()));
  phrases_.push_back(std::move(made));
}

bool Phrases::near(std::string_view normal, std::size_t at, const Phrase& phrase) {
  std::size_t from = at < near_bytes ? 0 : at - near_bytes;
  std::size_t end = std::min(normal.size(), at + phrase.first.size() + near_bytes);
  std::string_view around = normal.substr(from, end - from);
  return std::ranges::all_of(phrase.rest,
                             [&](const std::string& part) { return around.find(part) != around.npos; });
}

template <class Visit>
void Phrases::scan(std::string_view normal, Visit visit) const {
  for (std::size_t at = 0; at < normal.size(); at += character_bytes(normal[at])) {
    const std::uint32_t character = first_character(normal.substr(at));
    if (!begins_[begins_bit(character)]) continue;
    auto found = by_first_.find(character);
    if (found == by_first_.end()) continue;
    for (std::uint32_t index : found->second) {
      const Phrase& phrase = phrases_[index];
      if (!normal.substr(at).starts_with(phrase.first) || !near(normal, at, phrase)) continue;
      if (!visit(Hit{phrase.tag, at, phrase.first.size()})) return;
    }
  }
}

std::vector<Phrases::Hit> Phrases::find_all(std::string_view normal) const {
  std::vector<Hit> hits;
  scan(normal, [&](const Hit& hit) {
    hits.push_back(hit);
    return true;
  });
  return hits;
}

bool Phrases::any(std::string_view normal) const {
  bool found = false;
  scan(normal, [&](const Hit&) {
    found = true;
    return false;
  });
  return found;
}

int Phrases::lowest(std::string_view normal) const {
  int lowest = -1;
  scan(normal, [&](const Hit& hit) {
    if (lowest < 0 || hit.tag < lowest) lowest = hit.tag;
    return true;
  });
  return lowest;
}

}  // namespace linli::dialog
