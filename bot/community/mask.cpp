#include "bot/community/mask.hpp"

#include "bot/base/utf8.hpp"

namespace linli::community {

namespace {

bool digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

constexpr std::u32string_view numerals = U"一二三四五六七八九十零〇两";
bool numeral(char32_t c) {
  return digit(c) || numerals.find(c) != numerals.npos;
}

bool starts_with_any(std::u32string_view text, std::initializer_list<std::u32string_view> words) {
  for (auto word : words) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

/// How many characters from `at` on are a number below the building: "2单元", "5楼" is one only behind a
/// building, "501", "501室". 0 if none stands here.
std::size_t below_building(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && numeral(text[end])) ++end;
  if (end == at) return 0;
  auto rest = text.substr(end);
  if (rest.starts_with(U"单元")) return end + 2 - at;
  if (starts_with_any(rest, {U"室", U"户"})) return end + 1 - at;
  if (rest.starts_with(U"层")) return end + 1 - at;
  bool all_digits = true;
  for (std::size_t i = at; i < end; ++i) all_digits = all_digits && digit(text[i]);
  auto number = text.substr(at, end - at);
  if (number == U"120" || number == U"119" || number == U"110") return 0;  // "120打不通" is no room
  bool room = all_digits && end - at >= 3 && end - at <= 4;
  if (room && !starts_with_any(
                  rest, {U"号楼", U"度", U"元", U"块", U"斤", U"克", U"米", U"天", U"年", U".", U"号线"}))
    return end - at;
  if (all_digits && end - at >= 7) return end - at;  // a phone number or a longer code
  return 0;
}

}  // namespace

std::string mask_place(std::string_view text) {
  std::u32string from = to_u32(text);
  std::u32string to;
  for (std::size_t at = 0; at < from.size();) {
    std::size_t cut = below_building(from, at);
    if (cut == 0) {
      to += from[at++];
      continue;
    }
    if (to.empty() || to.back() != U'…') to += U'…';
    at += cut;
  }
  return to_utf8(to);
}

std::string mask_phone(std::string_view phone) {
  if (phone.size() < 8) return phone.empty() ? std::string() : "****";
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

std::string brief(std::string_view text, std::size_t characters) {
  std::u32string wide = to_u32(text);
  if (wide.size() <= characters) return std::string(text);
  wide.resize(characters - 1);
  wide += U'…';
  return to_utf8(wide);
}

}  // namespace linli::community
