#include "bot/community/care_words.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

bool has(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

std::optional<int> number_at(std::string_view text, std::size_t at) {
  int number = 0;
  auto [end, ec] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (ec != std::errc{} || number < 1) return std::nullopt;
  return number;
}

struct Fixed {
  std::string_view words;
  int days;
};

/// The number before `unit`, with what may stand before it: "每2天", "3天后".
struct Counted {
  int number{};
  std::size_t begin{}, end{};
};
std::optional<Counted> counted(std::string_view text, std::string_view before, std::string_view unit) {
  for (std::size_t at = text.find(before); at != text.npos; at = text.find(before, at + 1)) {
    std::size_t digits = at + before.size();
    auto number = number_at(text, digits);
    if (!number) continue;
    std::size_t end = digits;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (text.substr(end).starts_with(unit)) return Counted{*number, at, end + unit.size()};
  }
  return std::nullopt;
}

int weekday(Day day) {  // Monday 1 ... Sunday 7
  std::chrono::weekday w(std::chrono::sys_days(std::chrono::year_month_day(
      std::chrono::year(day.year), std::chrono::month(day.month), std::chrono::day(day.day))));
  return static_cast<int>(w.iso_encoding());
}

int weekday_said(std::string_view text) {
  constexpr std::string_view days[] = {"1", "2", "3", "4", "5", "6"};
  for (int i = 0; i < 6; ++i) {
    if (text.starts_with(days[i])) return i + 1;
  }
  return text.starts_with("日") || text.starts_with("天") || text.starts_with("7") ? 7 : 0;
}

std::optional<Day> day_said(std::string_view normal, const Zone& zone, Time now) {
  std::string text = with_digits(normal);
  Day today = zone.day(now);
  for (const auto& [words, days] : {Fixed{"大后天", 3}, {"后天", 2}, {"明天", 1}, {"明儿", 1}}) {
    if (text.find(words) != text.npos) return zone.next_day(today, days);
  }
  for (std::string_view week : {"下个星期", "下星期", "下个礼拜", "下礼拜", "下周"}) {
    auto at = text.find(week);
    if (at == text.npos) continue;
    int on = weekday_said(std::string_view(text).substr(at + week.size()));
    if (on == 0) return zone.next_day(today, 7);
    return zone.next_day(today, 7 - weekday(today) + on);
  }
  if (has(text, {"下个月", "下月"})) return zone.next_day(today, 30);
  for (std::string_view unit : {"天后", "天以后", "天再", "天之后"}) {
    if (auto found = counted(text, "", unit); found && found->number <= 90)
      return zone.next_day(today, found->number);
  }
  if (auto found = counted(text, "过", "天"); found && found->number <= 90)
    return zone.next_day(today, found->number);
  return std::nullopt;
}

}  // namespace

std::optional<int> take_interval(std::string& words) {
  std::string text = with_digits(words);
  for (std::string_view before : {"每隔", "每"}) {
    if (auto found = counted(text, before, "天"); found && found->number <= 60) {
      int days = before == "每隔" ? found->number + 1 : found->number;
      text.erase(found->begin, found->end - found->begin);
      words = text;
      return days;
    }
  }
  constexpr Fixed fixed[] = {{"每周2次", 3},   {"1周2次", 3},  {"每周1次", 7}, {"1周1次", 7}, {"每周3次", 2},
                             {"每半个月", 15}, {"每半月", 15}, {"每个月", 30}, {"每月", 30},  {"每星期", 7},
                             {"每礼拜", 7},    {"每周", 7},    {"隔1天", 2},   {"隔天", 2},   {"每天", 1},
                             {"天天", 1},      {"每日", 1}};
  for (const auto& [named, days] : fixed) {
    auto at = text.find(named);
    if (at == text.npos) continue;
    text.erase(at, named.size());
    words = text;
    return days;
  }
  return std::nullopt;
}

std::string take_carer(std::string& words) {
  auto at = words.find("由");
  if (at == words.npos) return {};
  std::size_t begin = at + std::string_view("由").size();
  while (begin < words.size() && words[begin] == ' ') ++begin;
  std::size_t end = std::min(words.find_first_of(" ,", begin), words.size());
  std::string carer = words.substr(begin, end - begin);
  words.erase(at, end - at);
  for (std::string_view tail : {"来联系", "联系", "负责", "来"}) {
    if (carer.ends_with(tail) && carer.size() > tail.size()) carer.resize(carer.size() - tail.size());
  }
  return carer;
}

std::string interval_text(int days) {
  return days == 1 ? "每天" : fmt::format("每{}天", days);
}

bool nobody_answered(std::string_view normal) {
  return has(normal, {"没人应", "没人接", "没人开门", "敲门没", "无人应", "不开门", "联系不上", "没联系上",
                      "打不通", "没接电话", "不接电话", "家里没人", "没有人应"});
}

bool all_well(std::string_view normal) {
  return has(normal, {"都好", "挺好", "很好", "好着", "没事", "平安", "正常", "一切好", "不缺", "都有"});
}

bool needs_something(std::string_view normal) {
  return has(normal, {"要买", "要药", "要取", "要帮", "要去", "要看",   "需要", "缺",   "没药",
                      "没菜", "没米", "没面", "没水", "没电", "断药",   "想要", "想买", "帮忙",
                      "帮他", "帮她", "坏了", "要送", "要换", "不舒服", "难受"}) &&
         !has(normal, {"不缺", "不需要", "什么都不要"});
}

std::optional<Day> follow_up_day(std::string_view normal, const Zone& zone, Time now) {
  if (!has(normal, {"再问", "再看", "再联系", "再打", "再来", "再去", "回访", "复查", "再说", "再跟",
                    "问结果", "提醒"}))
    return std::nullopt;
  return day_said(normal, zone, now);
}

std::optional<bool> agrees(std::string_view normal) {
  if (has(normal, {"不同意", "不愿意", "不要问", "不用问", "不让问", "别问了", "不需要问", "不愿"}))
    return false;
  if (has(normal, {"同意", "愿意"})) return true;
  return std::nullopt;
}

}  // namespace linli::community
