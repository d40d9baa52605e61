#include "bot/understanding/reader.hpp"

#include <array>
#include <opencc/opencc.h>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/numerals.hpp"

namespace linli::understanding {

namespace {

constexpr char32_t first_ideograph = 0x4E00, last_ideograph = 0x9FFF;
constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百千万亿两";

/// OpenCC is asked once, for every ideograph by itself: a table look-up a character is all that a message
/// costs, and offsets stay.
Result<std::vector<char16_t>> read_simplified() {
  std::u32string all;
  for (char32_t c = first_ideograph; c <= last_ideograph; ++c) {
    all += c;
    all += U'\n';
  }
  std::u32string converted;
  try {
    opencc::SimpleConverter converter("t2s.json");
    converted = to_u32(converter.Convert(to_utf8(all)));
  } catch (const std::exception& error) {
    return Error{Errc::bad_config,
                 std::string("OpenCC: ") + error.what() + "; is libopencc-data installed (t2s.json)?"};
  }
  std::vector<char16_t> table(last_ideograph - first_ideograph + 1);
  if (converted.size() != all.size())
    return Error{Errc::bad_config, "OpenCC: t2s.json does not map character by character"};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<char16_t>(converted[2 * i]);
  return table;
}

bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_word_character(char32_t c) {
  return (c >= first_ideograph && c <= last_ideograph) || (c >= U'a' && c <= U'z') || is_ascii_digit(c);
}

/// Said three times or thirty, it is the same; numbers are what they are.
bool is_stretched(const std::u32string& text, char32_t c) {
  if (is_ascii_digit(c)) return false;
  const std::size_t most = is_word_character(c) ? 2 : 1;
  if (text.size() < most) return false;
  for (std::size_t i = 1; i <= most; ++i) {
    if (text[text.size() - i] != c) return false;
  }
  return true;
}

/// What base/text.hpp makes of one character with the marks on it.
std::u32string unit_form(std::u32string_view unit) {
  return to_u32(normalise(to_utf8(unit)));
}

bool is_wide_blank(char32_t c) {
  return c == 0x3000 || c == 0xA0 || c == 0x85 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x1680;
}

bool is_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x3099 && c <= 0x309A) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE20 && c <= 0xFE2F) || c == 0xFF9E || c == 0xFF9F;
}

}  // namespace

std::string_view Reading::quote(std::string_view original, std::size_t begin, std::size_t end) const {
  if (begin >= end || end >= from.size()) return {};
  return original.substr(from[begin], from[end] - from[begin]);
}

Result<Reader> Reader::load(const std::filesystem::path& words) {
  Reader reader;
  auto simplified = read_simplified();
  if (!simplified) return simplified.error();
  reader.simplified_ = std::move(*simplified);
  auto file = TomlFile::read((words / "dialect.toml").string());
  if (!file) return file.error();
  for (const char* list : {"dialect", "slips", "elsewhere"}) {
    auto table = file->table(list);
    if (!table) return table.error();
    for (const auto& meaning : table->keys()) {
      auto said = table->list(meaning);
      if (!said) return said.error();
      for (const auto& word : *said) {
        reader.words_.add(reader.characters(word).text, static_cast<std::uint32_t>(reader.meant_.size()));
      }
      reader.meant_.push_back(reader.characters(meaning).text);
    }
  }
  if (auto others = file->no_others(); !others) return others.error();
  return reader;
}

Reading Reader::characters(std::string_view text) const {
  Reading out;
  out.text.reserve(text.size() / 3 + 8);
  out.from.reserve(text.size() / 3 + 9);
  bool blank = false;
  auto add = [&](char32_t c, std::size_t from) {
    if (c == U' ') {
      blank = !out.text.empty();
      return;
    }
    if (is_stretched(out.text, c)) return;
    if (blank) out.text += U' ', out.from.push_back(static_cast<std::uint32_t>(from));
    blank = false;
    if (c >= first_ideograph && c <= last_ideograph) c = simplified_[c - first_ideograph];
    out.text += c;
    out.from.push_back(static_cast<std::uint32_t>(from));
  };
  std::string_view kept = text.substr(0, most_characters * 4);
  std::size_t at = 0;
  std::u32string pending;  // a character that only Unicode's tables know, with its marks
  std::size_t pending_at = 0;
  auto flush = [&] {
    if (pending.empty()) return;
    for (char32_t c : unit_form(pending)) add(c, pending_at);
    pending.clear();
  };
  while (at < kept.size() && out.text.size() < most_characters) {
    const std::size_t begin = at;
    auto lead = static_cast<unsigned char>(kept[at]);
    std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    length = std::min(length, kept.size() - at);
    std::string_view bytes = kept.substr(at, length);
    char32_t c = 0xFFFD;
    if (lead < 0x80) {
      c = lead;
    } else if (is_utf8(bytes)) {
      c = to_u32(bytes).front();
    } else {
      length = 1;
    }
    at += length;
    if (is_mark(c) && pending.size() < 8) {
      if (pending.empty()) pending_at = begin;
      pending += c;
      continue;
    }
    flush();
    if (c < 0x80) {
      if (c > 0x20 && c < 0x7F) {
        add(c >= U'A' && c <= U'Z' ? c + 32 : c, begin);
      } else if (c == 0x20 || (c >= 9 && c <= 13)) {
        add(U' ', begin);
      }
    } else if (is_wide_blank(c)) {
      add(U' ', begin);
    } else if ((c >= first_ideograph && c <= last_ideograph) || c == U'。') {
      add(c, begin);
    } else {
      pending = std::u32string(1, c);
      pending_at = begin;
    }
  }
  flush();
  out.from.push_back(static_cast<std::uint32_t>(at));
  return out;
}

Reading Reader::with_words(Reading reading) const {
  Reading out;
  out.text.reserve(reading.text.size());
  out.from.reserve(reading.from.size());
  for (std::size_t at = 0; at < reading.text.size();) {
    auto hit = words_.longest_at(reading.text, at);
    if (!hit) {
      out.text += reading.text[at];
      out.from.push_back(reading.from[at++]);
      continue;
    }
    for (char32_t c : meant_[hit->tag]) {
      out.text += c;
      out.from.push_back(reading.from[at]);
    }
    at += hit->length;
  }
  out.from.push_back(reading.from.back());
  return out;
}

Reading Reader::with_numerals(Reading reading) {
  auto is_numeral = [](char32_t c) { return numerals.find(c) != numerals.npos; };
  bool any = false;
  for (char32_t c : reading.text) any |= is_numeral(c);
  if (!any) return reading;
  Reading out;
  out.text.reserve(reading.text.size());
  out.from.reserve(reading.from.size());
  for (std::size_t at = 0; at < reading.text.size();) {
    if (!is_numeral(reading.text[at])) {
      out.text += reading.text[at];
      out.from.push_back(reading.from[at++]);
      continue;
    }
    std::size_t end = at;
    while (end < reading.text.size() && is_numeral(reading.text[end])) ++end;
    std::u32string_view run(reading.text.data() + at, end - at);
    // "万一" is no number, and neither is a lone "万" behind digits ("3万").
    std::u32string value = run == U"万一" ? std::u32string(run) : community::with_digits(run);
    for (char32_t c : value) {
      out.text += c;
      out.from.push_back(reading.from[at]);
    }
    at = end;
  }
  out.from.push_back(reading.from.back());
  return out;
}

Reading Reader::read(std::string_view text) const {
  return with_numerals(with_words(characters(text)));
}

}  // namespace linli::understanding
