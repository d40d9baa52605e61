#include "bot/understanding/lexicon.hpp"

#include <algorithm>

namespace linli::understanding {

namespace {

std::uint64_t step(std::uint32_t node, char32_t character) {
  return std::uint64_t{node} << 32 | character;
}

}  // namespace

std::uint32_t Lexicon::next(std::uint32_t node, char32_t character) const {
  const std::uint64_t from = step(node, character);
  if (from == 0) return 0;
  for (std::size_t place = place_of(from);; place = (place + 1) & (steps_.size() - 1)) {
    if (steps_[place].from == from) return steps_[place].to;
    if (steps_[place].from == 0) return 0;
  }
}

void Lexicon::grow() {
  std::vector<Step> old(steps_.size() * 2);
  old.swap(steps_);
  --shift_;
  for (const auto& kept : old) {
    if (kept.from == 0) continue;
    std::size_t place = place_of(kept.from);
    while (steps_[place].from != 0) place = (place + 1) & (steps_.size() - 1);
    steps_[place] = kept;
  }
}

void Lexicon::add(std::u32string_view word, std::uint32_t tag) {
  if (word.empty() || word.find(U'\0') != word.npos) return;
  begins_[word.front() & 0xFFFF] = true;
  std::uint32_t node = 0;
  for (char32_t character : word) {
    std::uint32_t known = next(node, character);
    if (known == 0) {
      if (tags_.size() * 2 > steps_.size()) grow();
      known = static_cast<std::uint32_t>(tags_.size());
      tags_.emplace_back();
      std::size_t place = place_of(step(node, character));
      while (steps_[place].from != 0) place = (place + 1) & (steps_.size() - 1);
      steps_[place] = {step(node, character), known};
    }
    node = known;
  }
  auto& tags = tags_[node];
  if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
}

std::vector<Lexicon::Hit> Lexicon::find_all(std::u32string_view text) const {
  std::vector<Hit> hits;
  each(text, [&](const Hit& hit) { hits.push_back(hit); });
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
