#include "bot/community/notice_words.hpp"

#include <algorithm>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"

namespace linli::community {

namespace {

constexpr std::size_t line_length = 20;

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

AudienceRead read_audience(std::string_view normal, const CareRules& care) {
  AudienceRead read;
  std::string left(normal);
  for (auto said = role_in(left); said; said = role_in(left)) {
    if (std::ranges::find(read.roles, said->role) == read.roles.end()) read.roles.push_back(said->role);
    left.replace(said->at, said->length, " ");
  }
  if (!read.roles.empty()) {
    read.kind = AudienceRead::Kind::staff;
    return read;
  }
  read.care_kind = care.named(normal);
  if (!read.care_kind.empty() || mentions(normal, {"关爱"})) {
    read.kind = AudienceRead::Kind::care;
  } else if (mentions(normal, {"工作人员", "全体干部", "所有干部", "干部们"})) {
    read.kind = AudienceRead::Kind::staff;
  } else if (mentions(normal,
                      {"居民", "住户", "大家", "全体", "所有人", "业主", "村民", "全小区", "全社区"})) {
    read.kind = AudienceRead::Kind::residents;
  }
  return read;
}

bool takes_receipt(std::string& words) {
  constexpr std::string_view orders[] = {"要回执", "需回执", "需要回执"};
  for (std::string_view order : orders) {
    if (!words.starts_with(order) && !words.ends_with(order)) continue;
    if (words.starts_with(order))
      words.erase(0, order.size());
    else
      words.erase(words.size() - order.size());
    constexpr std::string_view edge = " ,:;\n\r\t";
    constexpr std::string_view marks[] = {"，", "：", "。", "；", "、"};
    for (bool again = true; again && !words.empty();) {
      again = edge.find(words.front()) != edge.npos;
      if (again) words.erase(0, 1);
      for (std::string_view mark : marks) {
        if (!words.starts_with(mark)) continue;
        words.erase(0, mark.size());
        again = true;
      }
    }
    while (!words.empty() && edge.find(words.back()) != edge.npos) words.pop_back();
    return true;
  }
  return false;
}

CardLines card_lines(std::string_view text) {
  std::u32string flat;
  for (char32_t c : to_u32(text)) flat += c == U'\n' || c == U'\r' || c == U'\t' ? U' ' : c;
  CardLines lines;
  lines.first = to_utf8(std::u32string_view(flat).substr(0, line_length));
  if (flat.size() <= line_length) return lines;
  std::u32string_view rest = std::u32string_view(flat).substr(line_length);
  bool more = rest.size() > line_length;
  lines.second = to_utf8(rest.substr(0, more ? line_length - 1 : line_length)) + (more ? "…" : "");
  return lines;
}

}  // namespace linli::community
