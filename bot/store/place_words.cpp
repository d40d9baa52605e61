#include "bot/store/place_words.hpp"

#include <array>

#include "bot/base/utf8.hpp"

namespace linli::store {

namespace {

using Text = std::u32string_view;

constexpr std::array<Text, 10> numbered_words = {U"号", U"栋", U"幢", U"座", U"单元",
                                                 U"室", U"房", U"户", U"层", U"#"};
constexpr std::array<Text, 6> building_words = {U"号楼", U"号栋", U"#楼", U"#", U"栋", U"幢"};

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

int numeral(char32_t c) {
  if (c == U'〇') return 0;
  if (c == U'两') return 2;
  auto at = Text(U"零一二三四五六七八九").find(c);
  return at == Text::npos ? -1 : static_cast<int>(at);
}

bool is_numeral(char32_t c) {
  return numeral(c) >= 0 || c == U'十' || c == U'百';
}

bool begins_with_one_of(Text text, std::span<const Text> words) {
  return std::ranges::any_of(words, [&](Text word) { return text.starts_with(word); });
}

std::size_t end_of_digits(Text text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

std::u32string digits(std::size_t number) {
  std::string text = std::to_string(number);
  return {text.begin(), text.end()};
}

/// "五零一" digit by digit, "二十三" by value.
std::u32string to_digits(Text numerals) {
  if (numerals.find_first_of(U"十百") == Text::npos) {
    std::u32string text;
    for (char32_t c : numerals) text += static_cast<char32_t>(U'0' + numeral(c));
    return text;
  }
  std::size_t value = 0, open = 0;
  bool some = false;
  for (char32_t c : numerals) {
    if (c == U'十' || c == U'百') {
      value += (some ? open : 1) * (c == U'十' ? 10 : 100);
      open = 0;
      some = false;
    } else {
      open = static_cast<std::size_t>(numeral(c));
      some = true;
    }
  }
  return digits(value + open);
}

/// A blank between a number and what follows it is dropped before these words.
std::size_t skip_blanks_before_word(Text text, std::size_t at) {
  std::size_t next = at;
  while (next < text.size() && text[next] == U' ') ++next;
  return next < text.size() && begins_with_one_of(text.substr(next), numbered_words) ? next : at;
}

std::u32string numerals_to_digits(Text text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_numeral(text[end])) ++end;
    if (end == at) {
      out += text[at++];
      continue;
    }
    Text run = text.substr(at, end - at);
    bool room_spelled_out = run.size() >= 3 && run.find_first_of(U"十百") == Text::npos;
    bool counts = room_spelled_out ||
                  begins_with_one_of(text.substr(skip_blanks_before_word(text, end)), numbered_words);
    out += counts ? to_digits(run) : std::u32string(run);
    at = end;
  }
  return out;
}

std::u32string one_building_word(Text text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      char32_t c = text[at++];
      out += c == U'—' || c == U'–' || c == U'‐' || c == U'−' ? U'-' : c;
      continue;
    }
    std::size_t end = end_of_digits(text, at);
    out += text.substr(at, end - at);
    at = skip_blanks_before_word(text, end);
    for (Text word : building_words) {
      if (!text.substr(at).starts_with(word)) continue;
      out += U"号楼";
      at += word.size();
      break;
    }
  }
  return out;
}

/// A number of so many digits at `at`, ended by anything but a digit; its length, or 0.
std::size_t number_length(Text text, std::size_t at, std::size_t shortest, std::size_t longest) {
  std::size_t length = end_of_digits(text, at) - at;
  return length >= shortest && length <= longest ? length : 0;
}

bool stands_free(Text text, std::size_t begin, std::size_t end) {
  constexpr Text joining = U".-:";
  auto joins = [&](std::size_t inner, std::size_t outer) {
    return is_digit(text[inner]) && (is_digit(text[outer]) || joining.find(text[outer]) != Text::npos);
  };
  if (begin > 0 && joins(begin, begin - 1)) return false;
  return end >= text.size() || !joins(end - 1, end);
}

constexpr std::array<Text, 6> room_words = {U"号院", U"号", U"室", U"户", U"房", U"院"};
constexpr std::array<Text, 20> measures = {U"人", U"个", U"天",   U"块",   U"元", U"斤", U"度",
                                           U"次", U"分", U"点",   U"月",   U"年", U"日", U"米",
                                           U"份", U"袋", U"号楼", U"单元", U"路", U"℃"};

struct Expansion {
  std::u32string text;
  std::size_t length{};
};

/// What stands at `at`, a digit that begins a number, if it is an address with dashes.
std::optional<Expansion> dashed(Text words, std::size_t at, bool behind_a_place, bool behind_building) {
  std::size_t first = number_length(words, at, 1, 2), second_at = at + first + 1;
  if (first == 0 || second_at >= words.size() || words[second_at - 1] != U'-') return std::nullopt;
  auto part = [&](std::size_t from, std::size_t length) {
    return std::u32string(words.substr(from, length));
  };
  std::size_t second = number_length(words, second_at, 1, 2), third_at = second_at + second + 1;
  if (second > 0 && third_at < words.size() && words[third_at - 1] == U'-') {
    std::size_t third = number_length(words, third_at, 3, 4);
    if (third == 0 || words.substr(third_at + third).starts_with(U'-')) return std::nullopt;
    return Expansion{part(at, first) + U"号楼" + part(second_at, second) + U"单元" + part(third_at, third),
                     third_at + third - at};
  }
  std::size_t room = number_length(words, second_at, 3, 4);
  if (!behind_a_place || room == 0) return std::nullopt;
  if (second_at + room < words.size() && words[second_at + room] == U'-') return std::nullopt;
  return Expansion{part(at, first) + (behind_building ? U"单元" : U"号楼") + part(second_at, room),
                   second_at + room - at};
}

}  // namespace

std::u32string place_words(std::string_view normal) {
  return one_building_word(numerals_to_digits(to_u32(normal)));
}

std::u32string expand_dashes(Text words, bool behind_a_place) {
  std::u32string out;
  for (std::size_t at = 0; at < words.size();) {
    bool begins = is_digit(words[at]) && (at == 0 || (!is_digit(words[at - 1]) && words[at - 1] != U'-'));
    auto address = begins ? dashed(words, at, behind_a_place, Text(out).ends_with(U"号楼")) : std::nullopt;
    if (address) {
      out += address->text;
      at += address->length;
    } else {
      out += words[at++];
    }
  }
  return out;
}

std::optional<Span> find_name(Text words, Text name) {
  if (name.empty()) return std::nullopt;
  for (std::size_t at = words.find(name); at != Text::npos; at = words.find(name, at + 1)) {
    if (stands_free(words, at, at + name.size())) return Span{at, at + name.size()};
  }
  return std::nullopt;
}

std::optional<Span> find_numbered(Text words, Text word) {
  for (std::size_t at = words.find(word); at != Text::npos; at = words.find(word, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(words[begin - 1])) --begin;
    if (begin < at && at - begin <= 3) return Span{begin, at + word.size()};
  }
  return std::nullopt;
}

std::optional<Span> find_room(Text words, Text name) {
  std::size_t number = end_of_digits(name, 0);
  bool numbered = number > 0 && (number == name.size() ||
                                 std::ranges::find(room_words, name.substr(number)) != room_words.end());
  if (!numbered) return name.size() < 2 ? std::nullopt : find_name(words, name);
  Text digits_only = name.substr(0, number);
  for (std::size_t at = words.find(digits_only); at != Text::npos; at = words.find(digits_only, at + 1)) {
    std::size_t end = at + number;
    if (!stands_free(words, at, end) || begins_with_one_of(words.substr(end), measures)) continue;
    for (Text word : room_words) {
      if (words.substr(end).starts_with(word)) return Span{at, end + word.size()};
    }
    if (number >= 3) return Span{at, end};
  }
  return std::nullopt;
}

std::optional<Span> room_number_at(Text words, std::size_t at) {
  while (at < words.size() && Text(U" ,、的|").find(words[at]) != Text::npos) ++at;
  std::size_t length = number_length(words, at, 3, 4);
  if (length == 0 || !stands_free(words, at, at + length)) return std::nullopt;
  if (begins_with_one_of(words.substr(at + length), measures)) return std::nullopt;
  return Span{at, at + length};
}

}  // namespace linli::store
