// Number plates in running text.
#include <array>

#include "bot/base/utf8.hpp"
#include "bot/community/gate_entry.hpp"
#include "bot/community/gate_text.hpp"

namespace linli::community {

using gate::Text;

namespace {

constexpr Text provinces = U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr Text forces = U"军空海北沈兰济南广成";
constexpr Text last_characters = U"学警挂港澳领试超";
constexpr Text separators = U"·・•.-_ ";

bool letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}
bool digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// I and O are never on a plate: people type them for 1 and 0.
char32_t serial(char32_t c) {
  if (c == U'o') return U'0';
  if (c == U'i') return U'1';
  return letter(c) ? c - U'a' + U'A' : c;
}

/// So many letters and digits from `at` on, at most `most`.
std::u32string run(Text text, std::size_t at, std::size_t most) {
  std::u32string found;
  while (at < text.size() && found.size() < most && (letter(text[at]) || digit(text[at])))
    found += serial(text[at++]);
  return found;
}

std::size_t skip(Text text, std::size_t at) {
  while (at < text.size() && separators.find(text[at]) != Text::npos) ++at;
  return at;
}

bool has_digit(const std::u32string& text) {
  return text.find_first_of(U"0123456789") != text.npos;
}

struct Plate {
  std::u32string text;
  std::size_t end{};
};

/// Behind the province and its letter: 5 or 6, or 4 and a last word.
std::optional<Plate> civil(Text text, std::size_t at, std::u32string head) {
  at = skip(text, at);
  std::u32string body = run(text, at, 7);
  std::size_t end = at + body.size();
  if (!has_digit(body)) return std::nullopt;
  if (body.size() == 4 && text.substr(end).starts_with(U"应急")) return Plate{head + body + U"应急", end + 2};
  if (body.size() == 4 && end < text.size() && last_characters.find(text[end]) != Text::npos)
    return Plate{head + body + text[end], end + 1};
  if (body.size() == 5 || body.size() == 6) return Plate{head + body, end};
  return std::nullopt;
}

std::optional<Plate> plate_at(Text text, std::size_t at) {
  char32_t first = text[at];
  auto next = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
  if (first == U'使') {
    std::u32string body = run(text, skip(text, at + 1), 4);
    std::size_t end = skip(text, at + 1) + body.size();
    if (body.size() == 3) {  // 使014·578
      std::size_t second = skip(text, end);
      std::u32string rest = run(text, second, 4);
      body += rest;
      end = second + rest.size();
    } else if (body.size() == 4) {
      body = run(text, skip(text, at + 1), 7);
      end = skip(text, at + 1) + body.size();
    }
    if (body.size() == 6 && has_digit(body)) return Plate{U"使" + body, end};
    return std::nullopt;
  }
  if (first == U'w' && next(at + 1) == U'j') {
    std::size_t province = skip(text, at + 2);
    if (province >= text.size() || provinces.find(text[province]) == Text::npos) return std::nullopt;
    std::size_t body_at = skip(text, province + 1);
    std::u32string body = run(text, body_at, 6);
    if (body.size() != 5) return std::nullopt;
    return Plate{std::u32string(U"WJ") + text[province] + body, body_at + body.size()};
  }
  bool civil_head = provinces.find(first) != Text::npos;
  if (!civil_head && forces.find(first) == Text::npos) return std::nullopt;
  std::size_t letter_at = skip(text, at + 1);
  if (letter_at >= text.size() || !letter(text[letter_at])) return std::nullopt;
  auto found = civil(text, letter_at + 1,
                     std::u32string(1, first) + static_cast<char32_t>(text[letter_at] - U'a' + U'A'));
  if (found && !civil_head && found->text.size() != 7) return std::nullopt;
  return found;
}

}  // namespace

namespace gate {

std::optional<PlateSpan> find_plate(Text text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (auto plate = plate_at(text, at)) return PlateSpan{to_utf8(plate->text), at, plate->end};
  }
  return std::nullopt;
}

/// A province and a letter followed by digits, and yet no plate: "晋A123".
bool begins_like_plate(Text text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (provinces.find(text[at]) == Text::npos) continue;
    std::size_t letter_at = skip(text, at + 1);
    if (letter_at >= text.size() || !letter(text[letter_at])) continue;
    if (has_digit(run(text, skip(text, letter_at + 1), 8))) return true;
  }
  return false;
}

}  // namespace gate

std::optional<std::string> plate_in(std::string_view normal) {
  auto found = gate::find_plate(to_u32(normal));
  if (!found) return std::nullopt;
  return found->plate;
}

}  // namespace linli::community
