#include "bot/understanding/lexicon.hpp"

namespace linli::understanding {

namespace {

std::uint64_t step(std::uint32_t node, char32_t character) {
  return std::uint64_t{node} << 32 | character;
}

}  // namespace

void Lexicon::add(std::u32string_view word, std::uint32_t tag) {
  if (word.empty()) return;
  begins_[word.front() & 0xFFFF] = true;
  std::uint32_t node = 0;
  for (char32_t character : word) {
    auto [found, fresh] = next_.try_emplace(step(node, character), static_cast<std::uint32_t>(nodes_.size()));
    if (fresh) nodes_.emplace_back();
    node = found->second;
  }
  for (std::uint32_t known : nodes_[node].tags) {
    if (known == tag) return;
  }
  nodes_[node].tags.push_back(tag);
}

template <class Visit>
void Lexicon::walk(std::u32string_view text, std::size_t at, Visit visit) const {
  if (!begins_[text[at] & 0xFFFF]) return;
  std::uint32_t node = 0;
  for (std::size_t end = at; end < text.size(); ++end) {
    auto found = next_.find(step(node, text[end]));
    if (found == next_.end()) return;
    node = found->second;
    for (std::uint32_t tag : nodes_[node].tags) visit(Hit{tag, at, end + 1 - at});
  }
}

std::vector<Lexicon::Hit> Lexicon::find_all(std::u32string_view text) const {
  std::vector<Hit> hits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    walk(text, at, [&](const Hit& hit) { hits.push_back(hit); });
  }
  return hits;
}

std::optional<Lexicon::Hit> Lexicon::longest_at(std::u32string_view text, std::size_t at) const {
  std::optional<Hit> longest;
  walk(text, at, [&](const Hit& hit) { longest = hit; });
  return longest;
}

bool Lexicon::any(std::u32string_view text) const {
  bool found = false;
  for (std::size_t at = 0; at < text.size() && !found; ++at) {
    walk(text, at, [&](const Hit&) { found = true; });
  }
  return found;
}

}  // namespace linli::understanding
