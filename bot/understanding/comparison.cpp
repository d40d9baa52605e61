#include "bot/understanding/comparison.hpp"

#include <algorithm>
#include <unordered_map>

namespace linli::understanding {

namespace {

constexpr std::size_t most_rest = 12;    // characters of a sentence that are looked at beside what is shared
constexpr float character_share = 0.8F;  // of a character's weight beside that of pairs
constexpr float about_share = 0.6F;      // of a pair's weight that stands only in what is known about a claim
constexpr float near_share = 0.75F;      // of a word's weight if the other telling has another of its group

std::uint64_t key(char32_t a, char32_t b) {
  return std::uint64_t{a} << 32 | b;
}

std::uint32_t short_key(char32_t a, char32_t b) {
  return static_cast<std::uint32_t>((key(a, b) * 0x9E3779B97F4A7C15ULL) >> 32);
}

template <class Value>
void make_set(std::vector<Value>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// What a stretch of a text has: pairs, characters (as pairs with 0), words and groups of words.
class Pieces {
 public:
  Pieces(const Weighed& weighed, std::size_t begin, std::size_t end, const Meanings& meanings) {
    const std::u32string_view text = weighed.text;
    pieces_.reserve(2 * (end - begin));
    for (std::size_t i = begin; i < end; ++i) {
      if (text[i] == U' ') continue;
      pieces_.push_back(key(text[i], 0));
      if (i + 1 < end && text[i + 1] != U' ') pieces_.push_back(key(text[i], text[i + 1]));
    }
    make_set(pieces_);
    for (const auto& word : weighed.words) {
      if (word.at < begin || word.at + word.length > end) continue;
      words_.push_back(word.number);
      const auto& groups = meanings.groups_of(word.number);
      groups_.insert(groups_.end(), groups.begin(), groups.end());
    }
    make_set(words_);
    make_set(groups_);
  }

  bool has(char32_t a, char32_t b) const { return std::ranges::binary_search(pieces_, key(a, b)); }
  bool has(char32_t a) const { return has(a, 0); }
  bool has_word(std::uint32_t word) const { return std::ranges::binary_search(words_, word); }
  bool is_near(const Meanings& meanings, std::uint32_t word) const {
    return std::ranges::any_of(meanings.groups_of(word), [this](std::uint16_t group) {
      return std::ranges::binary_search(groups_, group);
    });
  }

 private:
  std::vector<std::uint64_t> pieces_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint16_t> groups_;
};

/// How much of each place the other telling has.
struct Cover {
  std::vector<float> exact, held;  // by the same characters; or by other words too
};

Cover cover(const Weighed& weighed, std::size_t begin, std::size_t end, const Pieces& other,
            const Meanings& meanings) {
  const std::u32string_view text = weighed.text;
  Cover cover{std::vector<float>(end - begin), {}};
  for (std::size_t i = begin; i < end; ++i) {
    if (text[i] == U' ') continue;
    if (other.has(text[i])) cover.exact[i - begin] += character_share * weighed.characters[i];
    if (i + 1 < end && text[i + 1] != U' ' && other.has(text[i], text[i + 1])) {
      cover.exact[i - begin] += weighed.pairs[i] / 2;
      cover.exact[i + 1 - begin] += weighed.pairs[i] / 2;
    }
  }
  cover.held = cover.exact;
  for (const auto& word : weighed.words) {
    if (word.at < begin || word.at + word.length > end || !other.is_near(meanings, word.number)) continue;
    for (std::size_t i = word.at; i < word.at + word.length; ++i)
      cover.held[i - begin] = std::max(cover.held[i - begin], near_share * weighed.mass[i]);
  }
  return cover;
}

/// The heaviest stretch of which less than half is held, a sentence's end not within.
double gap(const Weighed& weighed, std::size_t begin, const std::vector<float>& held) {
  double most = 0, run = 0;
  for (std::size_t i = 0; i < held.size(); ++i) {
    const float mass = weighed.mass[begin + i];
    run = weighed.text[begin + i] == U' ' || held[i] >= mass / 2 ? 0
                                                                 : run + static_cast<double>(mass - held[i]);
    most = std::max(most, run);
  }
  return most;
}

struct Stretch {
  std::size_t begin{}, end{};
};

/// The stretch of at most `window` characters that has the most of the claim's pieces.
Stretch best_stretch(const Weighed& asked, const Pieces& known, const Meanings& meanings,
                     std::size_t window) {
  const std::u32string_view text = asked.text;
  struct Event {
    std::uint64_t piece{};
    float weight{};
  };
  // What ends at a place, by that place; the same events leave when the window has passed their begin.
  std::vector<std::size_t> word_at(text.size(), asked.words.size()), word_end = word_at;
  for (std::size_t w = 0; w < asked.words.size(); ++w) {
    const auto& word = asked.words[w];
    if (known.has_word(word.number) || !known.is_near(meanings, word.number)) continue;
    word_at[word.at] = word_end[word.at + word.length - 1] = w;
  }
  std::unordered_map<std::uint64_t, int> inside;
  float found = 0, best_found = -1;
  auto enter = [&](Event event) {
    if (event.weight > 0 && ++inside[event.piece] == 1) found += event.weight;
  };
  auto leave = [&](Event event) {
    if (event.weight > 0 && --inside[event.piece] == 0) found -= event.weight;
  };
  auto character = [&](std::size_t i) {
    return Event{key(text[i], 0), known.has(text[i]) ? character_share * asked.characters[i] : 0};
  };
  auto pair = [&](std::size_t i) {
    return Event{key(text[i], text[i + 1]), known.has(text[i], text[i + 1]) ? asked.pairs[i] : 0};
  };
  auto word = [&](std::size_t w) {
    const auto& one = asked.words[w];
    float mass = 0;
    for (std::size_t i = one.at; i < one.at + one.length; ++i) mass += asked.mass[i];
    return Event{key(0xFFFFFFFF, one.number), near_share * mass};
  };
  Stretch best;
  std::size_t begin = 0;
  for (std::size_t end = 0; end < text.size(); ++end) {
    enter(character(end));
    if (end > 0) enter(pair(end - 1));
    // A word that began before the window did is not counted: it would leave before it entered.
    if (word_end[end] < asked.words.size() && asked.words[word_end[end]].at >= begin)
      enter(word(word_end[end]));
    while (end + 1 - begin > window) {
      leave(character(begin));
      leave(pair(begin));
      if (word_at[begin] < asked.words.size() &&
          asked.words[word_at[begin]].at + asked.words[word_at[begin]].length <= end + 1)
        leave(word(word_at[begin]));
      ++begin;
    }
    if (found > best_found + 1e-4F) {
      best_found = found;
      best = {begin, end + 1};
    }
  }
  return best;
}

}  // namespace

std::vector<std::uint32_t> pairs_of(std::u32string_view text, std::size_t most) {
  std::vector<std::uint32_t> pairs;
  for (std::size_t i = 0; i + 1 < text.size() && pairs.size() < most; ++i) {
    if (text[i] != U' ' && text[i + 1] != U' ') pairs.push_back(short_key(text[i], text[i + 1]));
  }
  make_set(pairs);
  pairs.shrink_to_fit();
  return pairs;
}

Weighed weigh(std::u32string_view text, const ClaimIndex& index, const Storyteller& teller) {
  const Everyday& everyday = teller.everyday();
  Weighed weighed{text, std::vector<float>(text.size()), std::vector<float>(text.size()),
                  std::vector<float>(text.size()), teller.meanings().words(text)};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U' ') continue;
    weighed.characters[i] = index.weight(text[i]) * everyday.tells(text[i]);
    weighed.mass[i] += character_share * weighed.characters[i];
    if (i + 1 >= text.size() || text[i + 1] == U' ') continue;
    weighed.pairs[i] = index.weight(text[i], text[i + 1]) * everyday.tells(text[i], text[i + 1]);
    weighed.mass[i] += weighed.pairs[i] / 2;
    weighed.mass[i + 1] += weighed.pairs[i] / 2;
  }
  return weighed;
}

Likeness liken(const Weighed& asked, const Weighed& claim, const std::vector<std::uint32_t>& about,
               const Meanings& meanings) {
  Likeness like;
  const Pieces known(claim, 0, claim.text.size(), meanings);
  const std::u32string_view text = asked.text;
  Stretch best = best_stretch(asked, known, meanings, std::max<std::size_t>(claim.text.size() * 2, 24));
  Cover whole = cover(asked, 0, text.size(), known, meanings);
  // Without what stands before the first and behind the last shared place, unless it is the same sentence.
  auto shared = [&](std::size_t i) { return whole.held[i] >= asked.mass[i] / 3 && asked.mass[i] > 0; };
  std::size_t first = best.begin, last = best.end;
  while (first < last && !shared(first)) ++first;
  while (last > first && !shared(last - 1)) --last;
  // The rest of the sentence may say something else ("... 没有发生").
  const std::size_t least = first < most_rest ? 0 : first - most_rest;
  const std::size_t most = std::min(text.size(), last + most_rest);
  while (first > least && text[first - 1] != U' ') --first;
  while (last < most && text[last] != U' ') ++last;
  like.begin = first;
  like.end = last;
  double all = 0, found = 0, exact = 0;
  const Pieces part(asked, first, last, meanings);
  const Cover claimed = cover(claim, 0, claim.text.size(), part, meanings);
  for (std::size_t i = 0; i < claim.text.size(); ++i) {
    all += static_cast<double>(claim.mass[i]);
    found += static_cast<double>(claimed.held[i]);
    exact += static_cast<double>(claimed.exact[i]);
  }
  if (all <= 0) return like;
  like.evidence = found;
  like.claim_cover = found / all;
  like.near = (found - exact) / all;
  like.claim_gap = gap(claim, 0, claimed.held);
  // What is known about the claim explains the rest of a long telling.
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (asked.pairs[i] <= 0 || known.has(text[i], text[i + 1]) ||
        !std::ranges::binary_search(about, short_key(text[i], text[i + 1])))
      continue;
    like.about += static_cast<double>(asked.pairs[i]);
    for (std::size_t j : {i, i + 1})
      whole.held[j] = std::min(asked.mass[j], whole.held[j] + about_share * asked.pairs[i] / 2);
  }
  double sum = 0, held = 0, part_sum = 0, part_held = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    sum += static_cast<double>(asked.mass[i]);
    held += static_cast<double>(whole.held[i]);
    if (i < first || i >= last) continue;
    part_sum += static_cast<double>(asked.mass[i]);
    part_held += static_cast<double>(whole.held[i]);
  }
  like.whole_cover = sum > 0 ? held / sum : 0;
  like.part_cover = part_sum > 0 ? part_held / part_sum : 0;
  const std::vector<float> inner(whole.held.begin() + static_cast<std::ptrdiff_t>(first),
                                 whole.held.begin() + static_cast<std::ptrdiff_t>(last));
  like.part_gap = gap(asked, first, inner);
  return like;
}

}  // namespace linli::understanding
