#include "bot/pictures/read_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "bot/base/utf8.hpp"

namespace linli::pictures {

namespace {

constexpr double sure_word = 30;       // of 100: less is a guess
constexpr double sure_line = 60;       // on average over its characters
constexpr std::size_t least_said = 6;  // characters of a paragraph that says something
constexpr std::size_t longest = 3000;  // bytes; a screen holds a thousand characters

struct Word {
  int line{}, paragraph{};  // each unique on the page
  int top{}, height{};
  double sureness{};
  std::u32string text;
};

bool is_han(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x2ffff);
}

/// Stands beside Chinese characters without a blank: their punctuation too.
bool is_wide(char32_t c) {
  return is_han(c) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff00 && c <= 0xffef) || c == U'“' ||
         c == U'”' || c == U'‘' || c == U'’' || c == U'…' || c == U'—';
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

std::optional<Word> read_row(std::string_view row) {
  std::array<std::string_view, 12> column;
  for (std::size_t i = 0; i < column.size(); ++i) {
    auto end = i + 1 == column.size() ? row.size() : row.find('\t');
    if (end == row.npos) return std::nullopt;
    column[i] = row.substr(0, end);
    row.remove_prefix(std::min(end + 1, row.size()));
  }
  auto number = [&](std::size_t i) {
    int value = -1;
    std::from_chars(column[i].data(), column[i].data() + column[i].size(), value);
    return value;
  };
  double sureness = -1;
  std::from_chars(column[10].data(), column[10].data() + column[10].size(), sureness);
  if (number(0) != 5 || sureness < 0) return std::nullopt;
  int paragraph = number(2) * 1000 + number(3);
  Word word{paragraph * 1000 + number(4), paragraph, number(7), number(9), sureness, to_u32(column[11])};
  std::erase_if(word.text, [](char32_t c) { return c <= U' ' || c == 0xfffd || c == 0x3000; });
  if (word.text.empty()) return std::nullopt;
  return word;
}

std::vector<Word> read_rows(std::string_view tsv) {
  std::vector<Word> words;
  while (!tsv.empty()) {
    auto end = std::min(tsv.find('\n'), tsv.size());
    auto row = tsv.substr(0, end);
    if (row.ends_with('\r')) row.remove_suffix(1);
    if (auto word = read_row(row)) words.push_back(std::move(*word));
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
  }
  return words;
}

void join(std::u32string& text, const std::u32string& more) {
  bool blank = !text.empty() && !more.empty() && !is_wide(text.back()) && !is_wide(more.front());
  if (blank) text += U' ';
  text += more;
}

struct SeenLine {
  std::u32string text;  // empty if it is not sure enough
  int top{}, bottom{};  // of the middle word: single boxes are drawn too large
  int paragraph{};
};

/// The line from `from` on, up to the next.
SeenLine line_of(const std::vector<Word>& words, std::size_t& from) {
  SeenLine seen;
  const int line = words[from].line;
  seen.paragraph = words[from].paragraph;
  std::vector<int> tops, bottoms;
  double sum = 0;
  std::size_t characters = 0;
  for (; from < words.size() && words[from].line == line; ++from) {
    const Word& word = words[from];
    tops.push_back(word.top);
    bottoms.push_back(word.top + word.height);
    sum += word.sureness * static_cast<double>(word.text.size());
    characters += word.text.size();
    if (word.sureness >= sure_word) join(seen.text, word.text);
  }
  std::ranges::sort(tops);
  std::ranges::sort(bottoms);
  seen.top = tops[tops.size() / 2];
  seen.bottom = bottoms[bottoms.size() / 2];
  if (sum < sure_line * static_cast<double>(characters)) seen.text.clear();
  return seen;
}

/// One paragraph to the program, and on a screen the name above a bubble, or the bubble after the next.
bool apart(const SeenLine& above, const SeenLine& below) {
  if (above.paragraph != below.paragraph) return true;
  const int taller = std::max(above.bottom - above.top, below.bottom - below.top);
  return 4 * (below.top - above.bottom) > 3 * taller;
}

/// "昨天 21:30", "晚上9:42", "3月2日", "5G 87%": the clock and the battery of a screen.
bool is_clock(std::u32string_view line) {
  constexpr std::array<std::u32string_view, 22> marks{
      U"昨天", U"前天", U"今天", U"星期",   U"周",   U"凌晨", U"早上", U"上午", U"中午", U"下午", U"晚上",
      U"年",   U"月",   U"日",   U"分钟前", U"刚刚", U"KB/s", U"K/s",  U"WiFi", U"5G",   U"4G",   U"HD"};
  bool marked = false;
  while (!line.empty()) {
    auto mark = std::ranges::find_if(marks, [&](auto known) { return line.starts_with(known); });
    if (mark != marks.end()) {
      marked = true;
      line.remove_prefix(mark->size());
      if (*mark == U"星期" || *mark == U"周") line.remove_prefix(std::min<std::size_t>(line.size(), 1));
      continue;
    }
    const char32_t c = line.front();
    if (c == U':' || c == U'：' || c == U'%')
      marked = true;
    else if (!is_digit(c) && c != U' ' && c != U'.')
      return false;
    line.remove_prefix(1);
  }
  return marked;
}

/// "和平苑业主群(218)": the heading of a chat.
bool is_heading(std::u32string_view line) {
  if (line.empty() || (line.back() != U')' && line.back() != U'）')) return false;
  auto open = line.find_last_of(U"(（");
  if (open == line.npos || open == 0 || line.size() - open < 3 || line.size() - open > 6) return false;
  auto count = line.substr(open + 1, line.size() - open - 2);
  return std::ranges::all_of(count, is_digit) && line.find_first_of(U"，。！？,!?") == line.npos;
}

bool says_something(const std::u32string& text) {
  std::size_t han = 0, counted = 0, latin = 0;
  for (char32_t c : text) {
    han += is_han(c);
    latin += is_latin(c);
    counted += is_han(c) || is_digit(c);
  }
  return (counted >= least_said && han * 2 >= counted) || latin + counted >= 4 * least_said;
}

}  // namespace

std::string words_of(std::string_view tsv) {
  const auto words = read_rows(tsv);
  std::string all;
  std::u32string text;
  auto finish = [&] {
    if (says_something(text)) all += (all.empty() ? "" : "\n") + to_utf8(text);
    text.clear();
  };
  std::optional<SeenLine> before;
  for (std::size_t at = 0; at < words.size();) {
    auto line = line_of(words, at);
    if (before && apart(*before, line)) finish();
    if (!is_clock(line.text) && !is_heading(line.text)) join(text, line.text);
    before = std::move(line);
  }
  finish();
  return std::string(utf8_prefix(all, longest));
}

}  // namespace linli::pictures
