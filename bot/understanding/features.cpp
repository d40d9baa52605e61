#include "bot/understanding/features.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>

#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"

namespace linli::understanding {

namespace {

constexpr char32_t usual_temperature = 0xE001, fever = 0xE002, other_number = 0xE003, edge = 0xE004;
constexpr std::size_t most_judged = 160;  // characters; what a long text is about, it says first or last
constexpr std::uint32_t most_kinds = 64;
constexpr float piece_share = 1.0F, kind_share = 0.9F;

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ULL + (hash << 6) + (hash >> 2);
  return hash * 0xD6E8FEB86659FD93ULL;
}

std::uint64_t finish(std::uint64_t hash) {
  return hash ^ hash >> 32;
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

void scale(std::vector<Feature>& features, std::size_t from, float share) {
  if (features.size() == from) return;
  float sum = 0;
  for (std::size_t i = from; i < features.size(); ++i) sum += features[i].weight * features[i].weight;
  const float factor = share / std::sqrt(sum);
  for (std::size_t i = from; i < features.size(); ++i) features[i].weight *= factor;
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
  return features;
}

void Features::add_pieces(std::u32string_view text, std::vector<Feature>& out) const {
  std::u32string padded;
  padded.reserve(text.size() + 2);
  padded += edge;
  for (char32_t c : text) {
    if (c != U' ') padded += c;
  }
  padded += edge;
  const std::size_t from = out.size();
  for (std::size_t at = 0; at < padded.size(); ++at) {
    std::uint64_t hash = 17;
    for (std::size_t length = 1; length <= 3 && at + length <= padded.size(); ++length) {
      hash = mix(hash, padded[at + length - 1]);
      if (length == 1 && padded[at] == edge) continue;
      out.push_back({finish(hash), length == 1 ? 0.8F : 1.0F});
    }
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
            [](const Feature& a, const Feature& b) { return a.key < b.key; });
  out.erase(std::unique(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
                        [](const Feature& a, const Feature& b) { return a.key == b.key; }),
            out.end());
  scale(out, from, piece_share);
}

void Features::add_kinds(std::u32string_view text, std::vector<Feature>& out) const {
  std::bitset<most_kinds> present;
  std::uint32_t first = most_kinds, last = most_kinds;
  std::size_t covered = 0;
  std::uint64_t before = most_kinds;
  std::vector<Feature> pairs;
  for (const auto& hit : kinds_.find_all(text)) {
    present.set(hit.tag);
    if (first == most_kinds) first = hit.tag;
    last = hit.tag;
    if (before != hit.tag && before != most_kinds && hit.at >= covered)
      pairs.push_back({finish(mix(mix(23, before), hit.tag)), 0.5F});
    before = hit.tag;
    covered = std::max(covered, hit.at + hit.length);
  }
  const std::size_t from = out.size();
  for (std::uint32_t a = 0; a < kind_count_; ++a) {
    if (!present[a]) continue;
    out.push_back({finish(mix(19, a)), 1.0F});
    for (std::uint32_t b = a + 1; b < kind_count_; ++b) {
      if (present[b]) out.push_back({finish(mix(mix(29, a), b)), 0.4F});
    }
  }
  if (first != most_kinds) {
    out.push_back({finish(mix(31, first)), 0.6F});
    out.push_back({finish(mix(37, last)), 0.6F});
  }
  std::ranges::sort(pairs, {}, &Feature::key);
  pairs.erase(std::unique(pairs.begin(), pairs.end(),
                          [](const Feature& a, const Feature& b) { return a.key == b.key; }),
              pairs.end());
  out.insert(out.end(), pairs.begin(), pairs.end());
  std::size_t length = text.size() < 3    ? 0
                       : text.size() < 6  ? 1
                       : text.size() < 12 ? 2
                       : text.size() < 30 ? 3
                                          : 4;
  out.push_back({finish(mix(41, length)), 0.5F});
  if (present.none()) out.push_back({finish(mix(43, 0)), 1.0F});
  scale(out, from, kind_share);
}

std::vector<Feature> Features::of(std::u32string_view text) const {
  std::u32string shortened;
  if (text.size() > most_judged) {
    shortened = std::u32string(text.substr(0, most_judged / 2)) + U" " +
                std::u32string(text.substr(text.size() - most_judged / 2));
    text = shortened;
  }
  std::u32string kinds = with_number_kinds(text);
  std::vector<Feature> out;
  out.reserve(kinds.size() * 3 + 32);
  add_pieces(kinds, out);
  add_kinds(text, out);
  return out;
}

}  // namespace linli::understanding
