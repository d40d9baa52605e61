#include "bot/understanding/claim_index.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace linli::understanding {

namespace {

constexpr std::size_t most_pieces = 96;         // of a message; the rarest of a longer one
constexpr float least_claims = 1000;            // how rare a piece is cannot be told from fewer
constexpr std::size_t most_postings = 120'000;  // looked at for one message: what is everywhere tells nothing

std::uint64_t key(char32_t a, char32_t b) {
  return std::uint64_t{a} << 32 | b;
}

/// No character has this number.
std::uint64_t group_key(std::uint16_t group) {
  return key(0xFFFFFFFF, group);
}

template <class Visit>
void each_pair(std::u32string_view text, Visit visit) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != U' ' && text[at + 1] != U' ') visit(text[at], text[at + 1]);
  }
}

}  // namespace

void ClaimIndex::put(std::uint64_t piece_key, std::uint32_t claim) {
  Piece& piece = pieces_[piece_key];
  if (!piece.claims.empty() && piece.claims.back() == claim) return;
  piece.claims.push_back(claim);
  if (!finished_) return;
  if (piece.claims.size() == 1) piece.weight = unknown_;
  weights_[claim] += piece.weight;
}

void ClaimIndex::add(std::u32string_view text, const std::vector<std::uint16_t>& groups) {
  auto claim = static_cast<std::uint32_t>(weights_.size());
  weights_.push_back(0);
  each_pair(text, [&](char32_t a, char32_t b) { put(key(a, b), claim); });
  for (std::uint16_t group : groups) put(group_key(group), claim);
  std::u32string seen(text);
  std::ranges::sort(seen);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (char32_t c : seen) {
    Character& character = characters_[c];
    if (++character.claims == 1) character.weight = unknown_;
  }
}

void ClaimIndex::finish() {
  const auto all = std::max(static_cast<float>(weights_.size()), least_claims);
  auto rarity = [all](std::size_t claims) {
    const auto count = static_cast<float>(claims);
    return std::log(1 + (all - count + 0.5F) / (count + 0.5F));
  };
  std::ranges::fill(weights_, 0.0F);
  for (auto& [pair, piece] : pieces_) {
    piece.claims.shrink_to_fit();
    piece.weight = rarity(piece.claims.size());
    for (std::uint32_t claim : piece.claims) weights_[claim] += piece.weight;
  }
  for (auto& [code, character] : characters_) character.weight = rarity(character.claims);
  unknown_ = rarity(0);
  finished_ = true;
}

float ClaimIndex::weight(char32_t a, char32_t b) const {
  auto found = pieces_.find(key(a, b));
  return found == pieces_.end() ? unknown_ : found->second.weight;
}

float ClaimIndex::weight(char32_t a) const {
  auto found = characters_.find(a);
  return found == characters_.end() ? unknown_ : found->second.weight;
}

std::vector<ClaimIndex::Found> ClaimIndex::find(std::u32string_view text,
                                                const std::vector<std::uint16_t>& groups,
                                                std::size_t most) const {
  std::vector<const Piece*> shared;
  each_pair(text, [&](char32_t a, char32_t b) {
    auto found = pieces_.find(key(a, b));
    if (found != pieces_.end()) shared.push_back(&found->second);
  });
  for (std::uint16_t group : groups) {
    auto found = pieces_.find(group_key(group));
    if (found != pieces_.end()) shared.push_back(&found->second);
  }
  std::ranges::sort(shared, [](const Piece* a, const Piece* b) {
    return a->weight != b->weight ? a->weight > b->weight : a < b;
  });
  shared.erase(std::ranges::unique(shared).begin(), shared.end());
  if (shared.size() > most_pieces) shared.resize(most_pieces);
  thread_local std::vector<float>
      sums;  // all 0 between calls; kept, so that a look-up need not clear 100,000
  sums.resize(std::max(sums.size(), weights_.size()));
  std::vector<std::uint32_t> touched;
  std::size_t postings = 0;
  for (const Piece* piece : shared) {
    postings += piece->claims.size();
    if (postings > most_postings && !touched.empty()) break;
    for (std::uint32_t claim : piece->claims) {
      if (sums[claim] == 0) touched.push_back(claim);
      sums[claim] += piece->weight;
    }
  }
  std::vector<Found> found;
  found.reserve(touched.size());
  for (std::uint32_t claim : touched) {
    found.push_back({claim, sums[claim] / std::sqrt(weights_[claim] + 20)});
    sums[claim] = 0;
  }
  auto better = [](const Found& a, const Found& b) {
    return a.score != b.score ? a.score > b.score : a.claim < b.claim;
  };
  if (found.size() > most) {
    std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(most), better);
    found.resize(most);
  }
  std::ranges::sort(found, better);
  return found;
}

}  // namespace linli::understanding
