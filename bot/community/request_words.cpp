#include "bot/community/request_words.hpp"

#include <algorithm>
#include <initializer_list>

#include "bot/base/utf8.hpp"
#include "bot/community/invitation.hpp"

namespace linli::community {

namespace {

using Text = std::u32string_view;

constexpr Text numerals = U"0123456789零一二两三四五六七八九十百半几";
constexpr std::size_t longest_thing = 4;  // characters behind a measure that may name the thing

bool numeral(char32_t c) {
  return numerals.find(c) != Text::npos;
}

std::size_t one_of(Text text, std::initializer_list<Text> words) {
  std::size_t length = 0;
  for (Text word : words) {
    if (text.starts_with(word)) length = std::max(length, word.size());
  }
  return length;
}

/// "7点", "7点半", "19:30", "三点多": how many characters; 0 if no hour stands here.
std::size_t hour_at(Text text) {
  std::size_t end = 0;
  while (end < text.size() && end < 3 && numeral(text[end])) ++end;
  if (end == 0 || end == text.size()) return 0;
  if (text[end] == U':' && end + 2 < text.size() && numeral(text[end + 1]) && numeral(text[end + 2]))
    return end + 3;
  if (text[end] != U'点' || one_of(text.substr(end), {U"点儿", U"点心"}) > 0) return 0;
  ++end;
  std::size_t minutes = end;
  while (minutes < text.size() && minutes < end + 2 && numeral(text[minutes])) ++minutes;
  if (minutes < text.size() && minutes > end && text[minutes] == U'分') ++minutes;
  return minutes;
}

std::size_t time_at(Text text) {
  std::size_t end = one_of(
      text, {U"今天", U"今儿", U"今晚", U"明天", U"明儿", U"明早", U"明晚", U"后天", U"大后天", U"这两天",
             U"周一", U"周二", U"周三", U"周四", U"周五", U"周六", U"周日", U"周末", U"下周"});
  std::size_t day = end;
  end += one_of(text.substr(end),
                {U"早上", U"早晨", U"上午", U"中午", U"下午", U"傍晚", U"晚上", U"夜里", U"黑夜"});
  bool part = end > day;
  if (std::size_t hour = hour_at(text.substr(end));
      hour > 0 && (end > 0 || one_of(text.substr(hour),
                                     {U"前", U"后", U"以前", U"以后", U"之前", U"之后", U"左右"}) > 0)) {
    end += hour;
    part = true;
  }
  if (end == 0) return 0;
  std::size_t close = one_of(text.substr(end), {U"前", U"后", U"以前", U"以后", U"之前", U"之后", U"左右"});
  // "今天没米了", "明天吃甚": a day alone counts only where somebody is to come or bring something.
  bool wanted =
      one_of(text.substr(end), {U"送", U"来", U"要", U"能来", U"能送", U"再来", U"取", U"就要", U"用"}) > 0;
  if (!part && close == 0 && !wanted) return 0;
  return end + close;
}

bool boundary(char32_t c) {
  static constexpr Text marks = U" ,.;:!?、。，；！？()（）和跟就行吧呢了吗啊还再另给送要能帮";
  return marks.find(c) != Text::npos;
}

std::size_t amount_at(Text text) {
  std::size_t end = 0;
  while (end < text.size() && end < 4 && numeral(text[end])) ++end;
  if (end == 0 || end == text.size()) return 0;
  std::size_t measure = one_of(
      text.substr(end), {U"袋", U"斤", U"公斤", U"千克", U"瓶", U"盒", U"箱", U"桶", U"包", U"份", U"板",
                         U"片", U"颗", U"粒",   U"罐",   U"把", U"棵", U"提", U"卷", U"支", U"升", U"板儿"});
  if (measure == 0) return 0;
  end += measure;
  std::size_t thing = end;
  while (thing < text.size() && thing < end + longest_thing && !boundary(text[thing]) &&
         !numeral(text[thing]))
    ++thing;
  return thing;
}

template <class Find>
std::string all_of(Text text, Find find) {
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    bool inside = at > 0 && numeral(text[at]) && numeral(text[at - 1]);
    std::size_t length = inside ? 0 : find(text.substr(at));
    if (length > 0) found += (found.empty() ? "" : "、") + to_utf8(std::u32string(text.substr(at, length)));
    at += std::max<std::size_t>(length, 1);
  }
  return found;
}

}  // namespace

RequestWords request_words(std::string_view normal, bool goods) {
  const std::u32string text = to_u32(normal);
  RequestWords words{all_of(text, time_at), goods ? all_of(text, amount_at) : std::string(),
                     phone_in(normal)};
  return words;
}

std::string RequestWords::summary() const {
  std::string text = when.empty() ? "" : "时间：" + when;
  if (!amount.empty()) text += (text.empty() ? "数量：" : "；数量：") + amount;
  return text;
}

}  // namespace linli::community
