#include "bot/understanding/meanings.hpp"

#include <algorithm>

namespace linli::understanding {

void Meanings::add_near(const std::vector<std::u32string>& words) {
  const std::uint16_t group = groups_++;
  for (const auto& word : words) {
    if (word.empty()) continue;
    auto known = near_.longest_at(word, 0);
    if (!known || known->length != word.size()) {
      near_.add(word, static_cast<std::uint32_t>(groups_of_.size()));
      groups_of_.push_back({group});
    } else if (auto& groups = groups_of_[known->tag]; groups.back() != group) {
      groups.push_back(group);
    }
  }
}

void Meanings::add_apart(std::uint32_t kind, const std::vector<std::u32string>& names) {
  const std::uint32_t thing = kind << 16 | things_++;
  for (const auto& name : names) apart_.add(name, thing);
}

std::vector<Meanings::Word> Meanings::words(std::u32string_view text) const {
  std::vector<Word> words;
  for (std::uint32_t at = 0; at < text.size();) {
    auto hit = near_.longest_at(text, at);
    if (!hit) {
      ++at;
      continue;
    }
    words.push_back({at, static_cast<std::uint32_t>(hit->length), hit->tag});
    at += static_cast<std::uint32_t>(hit->length);
  }
  return words;
}

std::vector<std::uint16_t> Meanings::groups(std::u32string_view text) const {
  std::vector<std::uint16_t> groups;
  for (const auto& word : words(text)) {
    const auto& of_word = groups_of(word.number);
    groups.insert(groups.end(), of_word.begin(), of_word.end());
  }
  std::ranges::sort(groups);
  groups.erase(std::ranges::unique(groups).begin(), groups.end());
  return groups;
}

std::vector<std::uint32_t> Meanings::things(std::u32string_view text) const {
  std::vector<std::uint32_t> things;
  for (std::size_t at = 0; at < text.size();) {
    auto hit = apart_.longest_at(text, at);
    if (hit) things.push_back(hit->tag);
    at += hit ? hit->length : 1;
  }
  std::ranges::sort(things);
  things.erase(std::ranges::unique(things).begin(), things.end());
  return things;
}

}  // namespace linli::understanding
