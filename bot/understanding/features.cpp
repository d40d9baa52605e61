#include "bot/understanding/features.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"

namespace linli::understanding {

namespace {

constexpr char32_t usual_temperature = 0xE001, fever = 0xE002, other_number = 0xE003, edge = 0xE004;
constexpr char32_t first_kind_character = 0xF000;  // stands for a word of the first kind
constexpr std::size_t most_judged = 160;  // characters; what a long text is about, it says first or last
constexpr std::size_t most_read = 400;    // characters; longer ones are not mere courtesy
constexpr std::uint32_t most_kinds = 64;
constexpr float piece_share = 1.0F, kind_share = 0.3F,
                pattern_share = 0.3F;  // how much each weighs; by cross-validation
constexpr float character_weight = 1.3F, pair_weight = 1.0F;

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// What a feature is, and of which characters or kinds: no two have the same key.
enum Sort : std::uint64_t {
  character = 1,
  pair,
  kind,
  first_kind,
  last_kind,
  neighbours,
  length_class,
  no_kind,
  pattern_of_two,
  pattern_of_three
};

std::uint64_t key_of(Sort sort, std::uint64_t one, std::uint64_t two = 0) {
  return std::uint64_t{sort} << 58 | one << 24 | two;
}

/// "36.5", "36度5", "38", "39.2℃": the value, and where it ends; 0 if it is no temperature of a person.
double temperature_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  std::size_t digits = at;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits - at != 2) return 0;
  double value = static_cast<double>((text[at] - U'0') * 10 + (text[at + 1] - U'0'));
  if (value < 35 || value > 42) return 0;
  end = digits;
  bool marked = false;
  if (end < text.size() && (text[end] == U'.' || text[end] == U'点' || text[end] == U'。' ||
                            text[end] == U',' || text[end] == U'度')) {
    marked = text[end] == U'度';
    if (end + 1 < text.size() && is_digit(text[end + 1]) &&
        (end + 2 >= text.size() || !is_digit(text[end + 2]))) {
      value += static_cast<double>(text[end + 1] - U'0') / 10;
      end += 2;
      return value;
    }
    if (marked) ++end;
  }
  if (text.substr(end).starts_with(U"°")) marked = true;
  return marked || text.size() <= digits ? value : 0;
}

/// Three characters do not fit into a key: no two patterns that occur have the same one in practice.
std::uint64_t key_of(Sort sort, char32_t one, char32_t two, char32_t three) {
  std::uint64_t mixed = (std::uint64_t{one} * 0x9E3779B97F4A7C15ULL + two) * 0xD6E8FEB86659FD93ULL + three;
  return std::uint64_t{sort} << 58 | mixed * 0x9E3779B97F4A7C15ULL >> 6;
}

bool is_kind(char32_t c) {
  return c >= first_kind_character && c < first_kind_character + most_kinds;
}

/// Which keys a text has already: there are at most some hundred, so a table on the stack is enough.
class Seen {
 public:
  /// False if it was there.
  bool add(std::uint64_t key) {
    std::size_t place = key * 0x9E3779B97F4A7C15ULL >> (64 - bits);
    while (keys_[place] != 0) {
      if (keys_[place] == key) return false;
      place = (place + 1) % keys_.size();
    }
    keys_[place] = key;
    return true;
  }

 private:
  static constexpr int bits = 9;
  static_assert((most_judged + 2) * 2 < 1 << bits);
  std::array<std::uint64_t, 1 << bits> keys_{};
};

void scale(std::vector<Feature>& features, std::size_t from, float share) {
  if (features.size() == from) return;
  float sum = 0;
  for (std::size_t i = from; i < features.size(); ++i) sum += features[i].weight * features[i].weight;
  const float factor = share / std::sqrt(sum);
  for (std::size_t i = from; i < features.size(); ++i) features[i].weight *= factor;
}

/// What stands around the words of a kind, whichever word it is: "没<food>了". `line`: such words as one
/// character.
void add_patterns(std::u32string_view line, std::vector<Feature>& out) {
  const std::size_t from = out.size();
  Seen seen;
  auto add = [&](std::uint64_t key) {
    if (seen.add(key)) out.push_back({key, 1.0F});
  };
  char32_t one = edge, two = edge;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    const char32_t three = at < line.size() ? line[at] : edge;
    if (at > 0 && (is_kind(one) || is_kind(two) || is_kind(three)))
      add(key_of(pattern_of_three, one, two, three));
    if (is_kind(two) || is_kind(three)) add(key_of(pattern_of_two, two, three));
    one = two;
    two = three;
  }
  scale(out, from, pattern_share);
}

/// `text` with its numbers as kinds.
void add_pieces(std::u32string_view text, std::vector<Feature>& out) {
  Seen seen;
  char32_t before = edge;
  auto add = [&](std::uint64_t key, float weight) {
    if (seen.add(key)) out.push_back({key, weight});
  };
  for (char32_t c : text) {
    if (c == U' ') continue;
    add(key_of(pair, before, c), pair_weight);
    add(key_of(character, c), character_weight);
    before = c;
  }
  add(key_of(pair, before, edge), pair_weight);
  scale(out, 0, piece_share);
}

}  // namespace

std::u32string with_number_kinds(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      out += text[at++];
      continue;
    }
    std::size_t end = at;
    if (double value = temperature_at(text, at, end); value > 0) {
      out += value < 37.4 ? usual_temperature : fever;
      at = end;
      continue;
    }
    end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::u32string_view number = text.substr(at, end - at);
    if (number == U"120" || number == U"119" || number == U"110" || number == U"12345" || number == U"84") {
      out += number;
    } else {
      out += other_number;
    }
    at = end;
  }
  return out;
}

Result<Features> Features::load(const std::filesystem::path& words, const Reader& reader) {
  auto file = TomlFile::read((words / "classes.toml").string());
  if (!file) return file.error();
  Features features;
  for (const auto& kind : file->keys()) {
    auto list = file->list(kind);
    if (!list) return list.error();
    if (features.kind_count_ == most_kinds)
      return file->wrong(kind, "more than 64 kinds of words; merge some");
    for (const auto& word : *list) features.kinds_.add(reader.text(word), features.kind_count_);
    ++features.kind_count_;
  }
  auto courtesy = TomlFile::read((words / "courtesy.toml").string());
  if (!courtesy) return courtesy.error();
  auto list = courtesy->list("words");
  if (!list) return list.error();
  for (const auto& word : *list) features.courtesies_.add(reader.text(word), 0);
  if (auto others = courtesy->no_others(); !others) return others.error();
  return features;
}

/// "你好，家里没菜了，谢谢" is no greeting. Empty if nothing was left out or nothing would remain.
std::u32string Features::without_courtesies(std::u32string_view text) const {
  std::u32string kept;
  bool left_out = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(U",，。;；!！?？~ ", begin), text.size());
    std::size_t at = begin;
    while (at < end) {
      auto courtesy = courtesies_.longest_at(text.substr(0, end), at);
      if (!courtesy) break;
      at += courtesy->length;
    }
    if (at == end && end > begin) {
      left_out = true;
    } else if (end > begin) {
      kept += text.substr(begin, std::min(end + 1, text.size()) - begin);
    }
    begin = end + 1;
  }
  while (!kept.empty() && (kept.back() == U',' || kept.back() == U'，' || kept.back() == U' '))
    kept.pop_back();
  return left_out ? kept : std::u32string();
}

void Features::add_kinds(std::u32string_view text, std::vector<Feature>& out) const {
  const std::size_t from = out.size();
  std::uint64_t present = 0;
  std::uint32_t first = most_kinds, last = most_kinds;
  std::array<std::uint64_t, most_kinds> followed{};  // by which kinds, a bit each
  std::size_t covered = 0;
  std::array<Lexicon::Hit, most_judged> longest{};  // word that begins there
  kinds_.each(text, [&](const Lexicon::Hit& hit) {
    if (hit.length > longest[hit.at].length) longest[hit.at] = hit;
    present |= std::uint64_t{1} << hit.tag;
    if (first == most_kinds) first = hit.tag;
    if (last != most_kinds && last != hit.tag && hit.at >= covered)
      followed[last] |= std::uint64_t{1} << hit.tag;
    last = hit.tag;
    covered = std::max(covered, hit.at + hit.length);
  });
  for (std::uint64_t rest = present; rest != 0; rest &= rest - 1) {
    const auto one = static_cast<std::uint64_t>(std::countr_zero(rest));
    out.push_back({key_of(kind, one), 1.0F});
    for (std::uint64_t next = followed[one]; next != 0; next &= next - 1)
      out.push_back({key_of(neighbours, one, static_cast<std::uint64_t>(std::countr_zero(next))), 0.5F});
  }
  if (present != 0) {
    out.push_back({key_of(first_kind, first), 0.6F});
    out.push_back({key_of(last_kind, last), 0.6F});
  } else {
    out.push_back({key_of(no_kind, 0), 1.0F});
  }
  const std::size_t length = text.size() < 3    ? 0
                             : text.size() < 6  ? 1
                             : text.size() < 12 ? 2
                             : text.size() < 30 ? 3
                                                : 4;
  out.push_back({key_of(length_class, length), 0.5F});
  scale(out, from, kind_share);
  if (present == 0) return;
  std::u32string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto& word = longest[at];
    if (word.length > 0) {
      line += first_kind_character + word.tag;
      at += word.length;
    } else if (const char32_t c = text[at++]; c != U' ') {
      line += c;
    }
  }
  add_patterns(std::ranges::any_of(line, is_digit) ? with_number_kinds(line) : line, out);
}

std::vector<Feature> Features::of(std::u32string_view text) const {
  const std::u32string plain = without_courtesies(text.substr(0, most_read));
  if (!plain.empty() && text.size() <= most_read) text = plain;
  std::u32string shortened;
  if (text.size() > most_judged) {
    shortened = std::u32string(text.substr(0, most_judged / 2 - 1)) + U" " +
                std::u32string(text.substr(text.size() - most_judged / 2));
    text = shortened;
  }
  std::vector<Feature> out;
  out.reserve(text.size() * 4 + 24);
  if (std::ranges::any_of(text, is_digit)) {
    add_pieces(with_number_kinds(text), out);
  } else {
    add_pieces(text, out);
  }
  add_kinds(text, out);
  return out;
}

}  // namespace linli::understanding
