#include "bot/community/temperature.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "bot/base/utf8.hpp"

namespace linli::community {

namespace {

constexpr int lowest = 340, highest = 430, fever = 373;
constexpr std::size_t context_reach = 6;  // characters between "体温" and its number: "体温刚才量了是36"

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// 0-9 for a Chinese digit, -1 otherwise.
int chinese_digit(char32_t c) {
  constexpr std::u32string_view digits = U"零一二三四五六七八九";
  if (c == U'〇') return 0;
  auto at = digits.find(c);
  return at == digits.npos ? -1 : static_cast<int>(at);
}

std::u32string digits_of(int value) {
  std::u32string out;
  for (char c : std::to_string(value)) out += static_cast<char32_t>(c);
  return out;
}

/// "三十六度五" as "36度5", "三六五" as "365", so that one reader does for both ways of writing.
std::u32string with_arabic_digits(const std::u32string& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    int tens = chinese_digit(text[i]);
    bool ten_follows = i + 1 < text.size() && text[i + 1] == U'十';
    if (tens >= 0 && ten_follows) {
      int ones = i + 2 < text.size() ? chinese_digit(text[i + 2]) : -1;
      out += digits_of(tens * 10 + std::max(ones, 0));
      i += ones >= 0 ? 3 : 2;
    } else {
      out += tens >= 0 ? static_cast<char32_t>(U'0' + tens) : text[i];
      ++i;
    }
  }
  return out;
}

bool starts_with(std::u32string_view text, std::size_t at, std::u32string_view word) {
  return at <= text.size() && text.substr(at).starts_with(word);
}

std::size_t skip_blank(std::u32string_view text, std::size_t at) {
  while (at < text.size() && text[at] == U' ') ++at;
  return at;
}

/// The length of "度", "°c", "°", "c", "摄氏度" at `at`; 0 if none.
std::size_t degree_sign(std::u32string_view text, std::size_t at) {
  for (std::u32string_view sign : {U"摄氏度", U"度", U"°c", U"°"}) {
    if (starts_with(text, at, sign)) return sign.size();
  }
  bool letter_follows =
      at + 1 < text.size() && text[at + 1] < 0x80 && text[at + 1] >= U'a' && text[at + 1] <= U'z';
  return starts_with(text, at, U"c") && !letter_follows ? 1 : 0;
}

/// What stands behind a number that is no temperature: a room, an age, money, a distance ...
bool other_unit(std::u32string_view text, std::size_t at) {
  constexpr std::array<std::u32string_view, 40> units = {
      U"岁",   U"号", U"楼", U"栋", U"幢",   U"单元", U"室", U"房", U"层", U"户", U"门", U"座", U"路", U"斤",
      U"公斤", U"kg", U"元", U"块", U"钱",   U"公里", U"米", U"平", U"%",  U"万", U"天", U"日", U"月", U"年",
      U"次",   U"人", U"个", U"分", U"小时", U"点钟", U"份", U"盒", U"袋", U"瓶", U"片", U"毫"};
  at = skip_blank(text, at);
  return std::ranges::any_of(units, [&](std::u32string_view unit) { return starts_with(text, at, unit); });
}

/// Is it said shortly before that this is about a temperature?
bool temperature_is_the_subject(std::u32string_view text, std::size_t at) {
  std::size_t from = at > context_reach ? at - context_reach : 0;
  std::u32string_view before = text.substr(from, at - from);
  for (std::u32string_view word : {U"体温", U"温度", U"度数", U"烧", U"发热", U"高热", U"量"}) {
    if (before.find(word) != before.npos) return true;
  }
  return false;
}

bool names_a_place(std::u32string_view text) {
  for (std::u32string_view word :
       {U"楼", U"单元", U"室", U"栋", U"幢", U"房", U"户", U"门牌", U"住", U"号"}) {
    if (text.find(word) != text.npos) return true;
  }
  return false;
}

bool is_whole_text(std::u32string_view text, std::size_t from, std::size_t end) {
  constexpr std::u32string_view marks = U" ,.。!、~;:";
  auto blank = [&](std::u32string_view part) { return part.find_first_not_of(marks) == part.npos; };
  return blank(text.substr(0, from)) && blank(text.substr(end));
}

/// One number in the text, read as far as it could be a temperature.
struct Number {
  std::size_t from{};
  std::size_t whole_end{};  // behind the digits before the point
  std::size_t end{};
  int tenths{};
  bool has_fraction{};
  bool has_sign{};
};

/// The fraction behind `at`: ".5", "。50", "点五", "度5", "度半", ",8"; moves `number.end` behind it.
void read_fraction(std::u32string_view text, Number& number) {
  std::size_t at = number.whole_end;
  std::size_t sign = degree_sign(text, at);
  bool comma = false;
  std::size_t point = sign;
  if (sign == 0) {
    if (at >= text.size()) return;
    constexpr std::u32string_view points = U".。·点";
    comma = text[at] == U',';
    if (points.find(text[at]) == points.npos && !comma) return;
    point = 1;
  }
  number.has_sign = sign > 0;
  if (sign > 0) number.end = at + sign;
  std::size_t digits = sign > 0 || comma ? at + point : skip_blank(text, at + point);
  if (starts_with(text, digits, U"半")) {
    number.tenths += 5;
    number.has_fraction = true;
    number.end = digits + 1;
    return;
  }
  std::size_t count = 0;
  while (digits + count < text.size() && is_digit(text[digits + count])) ++count;
  if (count == 0 || count > 2 || (comma && count != 1)) return;
  // "37度8号楼有人发烧": the 8 belongs to what follows.
  if (sign > 0 && other_unit(text, digits + count) && !starts_with(text, digits + count, U"分")) return;
  int hundredths = static_cast<int>(text[digits] - U'0') * 10;
  if (count == 2) hundredths += static_cast<int>(text[digits + 1] - U'0');
  number.tenths += (hundredths + 5) / 10;
  number.has_fraction = true;
  number.end = digits + count;
}

bool stands_alone(std::u32string_view text, std::size_t from) {
  if (from == 0) return true;
  char32_t before = text[from - 1];
  if (before < 0x80 && (is_digit(before) || (before >= U'a' && before <= U'z') || before == U'$'))
    return false;
  if (before == U'¥' || before == U'第') return false;
  bool point = before == U'.' || before == U'点';
  return !(point && from >= 2 && is_digit(text[from - 2]));  // "1.36.5", "3点36"
}

std::optional<TemperatureReading> judge_two_digits(std::u32string_view text, Number number) {
  std::size_t behind = number.end + degree_sign(text, number.end);
  if (other_unit(text, behind) && !(number.has_sign && starts_with(text, behind, U"分"))) return std::nullopt;
  if (number.tenths < lowest || number.tenths > highest) return std::nullopt;
  if (number.has_fraction || number.has_sign) return TemperatureReading{number.tenths, false};
  if (temperature_is_the_subject(text, number.from)) return TemperatureReading{number.tenths, false};
  if (is_whole_text(text, number.from, number.end)) return TemperatureReading{number.tenths, true};
  return std::nullopt;
}

/// "365" for 36.5. A room number looks the same, so it needs a reason, and always a question back.
std::optional<TemperatureReading> judge_three_digits(std::u32string_view text, const Number& number,
                                                     int value) {
  if (value < lowest || value > highest || other_unit(text, number.whole_end)) return std::nullopt;
  char32_t before = number.from == 0 ? U' ' : text[number.from - 1];
  if (before == U'-' || before == U'#' || before == U'楼' || before == U'元' || before == U'室')
    return std::nullopt;
  bool likely = value >= 350 && value < 400 && !names_a_place(text);
  if (likely || is_whole_text(text, number.from, number.whole_end) ||
      degree_sign(text, number.whole_end) > 0 || temperature_is_the_subject(text, number.from)) {
    return TemperatureReading{value, true};
  }
  return std::nullopt;
}

}  // namespace

std::optional<TemperatureReading> read_temperature(std::string_view normal) {
  const std::u32string text = with_arabic_digits(to_u32(normal));
  std::optional<TemperatureReading> found;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    Number number{at, at, at, 0, false, false};
    int value = 0;
    while (number.whole_end < text.size() && is_digit(text[number.whole_end])) {
      if (number.whole_end - at < 6) value = value * 10 + static_cast<int>(text[number.whole_end] - U'0');
      ++number.whole_end;
    }
    number.end = number.whole_end;
    std::size_t length = number.whole_end - at;
    std::optional<TemperatureReading> read;
    if (stands_alone(text, at) && length == 2) {
      number.tenths = value * 10;
      read_fraction(text, number);
      read = judge_two_digits(text, number);
    } else if (stands_alone(text, at) && length == 3) {
      read = judge_three_digits(text, number, value);
    }
    // Of several, a sure one counts before a guessed one, and the higher one: no fever may be overlooked.
    bool better = read && (!found || (found->guessed && !read->guessed) ||
                           (found->guessed == read->guessed && read->tenths > found->tenths));
    if (better) found = read;
    at = std::max(number.end, number.whole_end);
  }
  return found;
}

bool is_fever(int tenths) {
  return tenths >= fever;
}

}  // namespace linli::community
