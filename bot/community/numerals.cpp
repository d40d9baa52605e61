#include "bot/community/numerals.hpp"

#include <optional>

#include "bot/base/utf8.hpp"

namespace linli::community {

namespace {

constexpr std::u32string_view digits = U"零一二三四五六七八九";
constexpr std::u32string_view units = U"十百千万亿";
constexpr std::int64_t worth[] = {10, 100, 1000, 10'000, 100'000'000};
constexpr std::size_t longest_number = 12;  // longer runs are no number that anybody means

std::optional<int> digit(char32_t c) {
  if (c == U'〇') return 0;
  if (c == U'两') return 2;
  auto at = digits.find(c);
  if (at == digits.npos) return std::nullopt;
  return static_cast<int>(at);
}

bool is_unit(char32_t c) {
  return units.find(c) != units.npos;
}

std::u32string plain(std::int64_t number) {
  std::string text = std::to_string(number);
  return {text.begin(), text.end()};
}

/// "三〇二": each digit by itself.
std::u32string digit_by_digit(std::u32string_view run) {
  std::u32string out;
  for (char32_t c : run) out += static_cast<char32_t>(U'0' + *digit(c));
  return out;
}

std::u32string value_of(std::u32string_view run) {
  std::int64_t total = 0, section = 0, pending = 0, last_unit = 1;
  for (char32_t c : run) {
    if (auto value = digit(c)) {
      pending = *value;
      if (*value == 0) last_unit = 1;  // "一百零五" is 105, "一百五" 150
      continue;
    }
    std::int64_t unit = worth[units.find(c)];
    if (unit < 10'000) {
      section += (pending == 0 ? 1 : pending) * unit;
    } else {
      total = (total + section + pending) * unit;
      section = 0;
    }
    pending = 0;
    last_unit = unit;
  }
  if (last_unit >= 100) pending *= last_unit / 10;
  return plain(total + section + pending);
}

std::u32string convert(std::u32string_view run) {
  bool has_digit = false, has_unit = false, has_big = false;
  for (char32_t c : run) {
    has_digit |= digit(c).has_value() || c == U'十';
    has_unit |= is_unit(c);
    has_big |= c == U'亿';
  }
  if (!has_digit || has_big || run.size() > longest_number) return std::u32string(run);
  return has_unit ? value_of(run) : digit_by_digit(run);
}

}  // namespace

std::u32string with_digits(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && (digit(text[end]) || is_unit(text[end]))) ++end;
    if (end == at) {
      out += text[at++];
    } else {
      out += convert(text.substr(at, end - at));
      at = end;
    }
  }
  return out;
}

std::string with_digits(std::string_view text) {
  return to_utf8(with_digits(to_u32(text)));
}

}  // namespace linli::community
