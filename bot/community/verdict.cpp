#include "bot/community/verdict.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "bot/base/text.hpp"

namespace linli::community {

namespace {

struct VerdictRow {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<VerdictRow, 5> verdicts = {{
    {"", "还在核实"},
    {"false", "不实"},
    {"true", "属实"},
    {"misleading", "有误导"},
    {"unproven", "暂时无法核实"},
}};

// The longer ones first, so that "不属实" is not read as "属实" with something before it.
constexpr std::pair<std::string_view, Verdict> spoken[] = {
    {"没有这回事", Verdict::not_true}, {"情况不属实", Verdict::not_true}, {"暂时无法核实", Verdict::unproven},
    {"没有的事", Verdict::not_true},   {"没这回事", Verdict::not_true},   {"不是真的", Verdict::not_true},
    {"情况属实", Verdict::is_true},    {"确有其事", Verdict::is_true},    {"半真半假", Verdict::misleading},
    {"部分属实", Verdict::misleading}, {"断章取义", Verdict::misleading}, {"无法核实", Verdict::unproven},
    {"没法核实", Verdict::unproven},   {"无法证实", Verdict::unproven},   {"没法证实", Verdict::unproven},
    {"核实不了", Verdict::unproven},   {"是谣言", Verdict::not_true},     {"不属实", Verdict::not_true},
    {"是假的", Verdict::not_true},     {"是真的", Verdict::is_true},      {"有误导", Verdict::misleading},
    {"说不准", Verdict::unproven},     {"查不清", Verdict::unproven},     {"谣言", Verdict::not_true},
    {"不实", Verdict::not_true},       {"虚假", Verdict::not_true},       {"假的", Verdict::not_true},
    {"属实", Verdict::is_true},        {"真的", Verdict::is_true},        {"真实", Verdict::is_true},
    {"误导", Verdict::misleading},     {"夸大", Verdict::misleading},     {"片面", Verdict::misleading},
    {"待查", Verdict::unproven},       {"存疑", Verdict::unproven},       {"假", Verdict::not_true},
    {"真", Verdict::is_true},
};

constexpr std::string_view openings[] = {"已完成", "完成了", "完成",     "办完了",   "办好了", "办结",
                                         "搞定了", "搞定",   "核实结果", "辟谣结论", "已核实", "核实",
                                         "结论",   "定性",   "裁定",     "辟谣",     "传言"};
constexpr std::string_view separators[] = {" ",  ",", "，", ".", "。", "、", ":", "：", ";",
                                           "；", "!", "！", "#", "\n", "\t", "-", "—"};
/// After these a number is part of the story ("3号楼没有病例"), not a ticket.
constexpr std::string_view counted[] = {"号楼", "楼", "栋", "单元", "室", "人", "例", "户", "月",  "日",
                                        "天",   "点", "年", "度",   "岁", "块", "元", "%",  "号院"};

std::string_view skip_separators(std::string_view text) {
  for (bool cut = true; cut;) {
    cut = false;
    for (auto mark : separators) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), cut = true;
    }
  }
  return text;
}

std::string_view drop_separators_at_end(std::string_view text) {
  for (bool cut = true; cut;) {
    cut = false;
    for (auto mark : separators) {
      if (text.ends_with(mark)) text.remove_suffix(mark.size()), cut = true;
    }
  }
  return text;
}

bool take_number(std::string_view& text, std::optional<std::int64_t>& number) {
  std::string_view rest = text;
  for (std::string_view before : {"编号", "第"}) {
    if (rest.starts_with(before)) rest = skip_separators(rest.substr(before.size()));
  }
  std::int64_t read = 0;
  auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), read);
  if (ec != std::errc{} || read <= 0) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (std::ranges::any_of(counted, [&](std::string_view unit) { return rest.starts_with(unit); }))
    return false;
  if (rest.starts_with("号")) rest.remove_prefix(std::string_view("号").size());
  number = read;
  text = rest;
  return true;
}

bool take_verdict(std::string_view& text, Verdict& verdict) {
  for (const auto& [word, meant] : spoken) {
    if (!text.starts_with(word)) continue;
    verdict = meant;
    text.remove_prefix(word.size());
    return true;
  }
  return false;
}

bool take_opening(std::string_view& text) {
  for (auto word : openings) {
    if (!text.starts_with(word) || text.starts_with("核实不了")) continue;
    text.remove_prefix(word.size());
    return true;
  }
  return false;
}

/// A verdict that stands last, behind a blank or a mark: "核实 12 水箱没有投药，假".
void take_verdict_at_end(std::string_view& text, Verdict& verdict) {
  std::string_view bare = drop_separators_at_end(text);
  for (const auto& [word, meant] : spoken) {
    if (!bare.ends_with(word)) continue;
    std::string_view before = bare.substr(0, bare.size() - word.size());
    if (drop_separators_at_end(before).size() == before.size()) continue;
    verdict = meant;
    text = drop_separators_at_end(before);
    return;
  }
}

/// "有效到 3月8日", "有效3天": a day or a span behind the word, else it is part of the clarification
/// ("口罩有效").
std::string take_validity(std::string_view whole, std::string& left) {
  constexpr std::string_view words[] = {"有效期到", "有效期至", "有效期", "有效到", "有效至", "有效"};
  constexpr std::string_view beginnings[] = {"今", "明", "后天", "大后天", "长期", "永久", "一", "二", "两",
                                             "三", "四", "五",   "六",     "七",   "八",   "九", "十", "半"};
  constexpr std::string_view ends[] = {" ", ",", "，", "。", ";", "；", "\n", "来源", "澄清"};
  for (std::string_view word : words) {
    auto at = whole.rfind(word);
    if (at == whole.npos) continue;
    std::string_view behind = skip_separators(whole.substr(at + word.size()));
    bool time = !behind.empty() && behind.front() >= '0' && behind.front() <= '9';
    time = time || std::ranges::any_of(beginnings, [&](auto begin) { return behind.starts_with(begin); });
    if (!time) continue;
    std::size_t end = behind.size();
    for (std::string_view mark : ends) end = std::min(end, behind.find(mark));
    std::string_view after = behind.substr(end);
    left = std::string(drop_separators_at_end(whole.substr(0, at)));
    if (!skip_separators(after).empty()) left += std::string(left.empty() ? "" : " ") + std::string(after);
    return std::string(behind.substr(0, end));
  }
  left = std::string(whole);
  return {};
}

std::string take_source(std::string_view& text) {
  constexpr std::string_view word = "来源";
  auto at = text.rfind(word);
  if (at == text.npos) return {};
  std::string_view behind = text.substr(at + word.size());
  std::string_view source = skip_separators(behind);
  if (source.empty() || source.size() == behind.size()) return {};  // "来源不明" is part of the clarification
  text = drop_separators_at_end(text.substr(0, at));
  return std::string(drop_separators_at_end(source));
}

}  // namespace

std::string_view name(Verdict verdict) {
  return verdicts[static_cast<std::size_t>(verdict)].name;
}
std::string_view title(Verdict verdict) {
  return verdicts[static_cast<std::size_t>(verdict)].title;
}

std::optional<Verdict> verdict(std::string_view wanted) {
  auto found = std::ranges::find(verdicts, wanted, &VerdictRow::name);
  if (found == verdicts.end()) return std::nullopt;
  return static_cast<Verdict>(found - verdicts.begin());
}

VerdictOrder read_verdict_order(std::string_view text) {
  VerdictOrder order;
  bool opened = false;
  for (bool more = true; more;) {
    text = skip_separators(text);
    more = !order.number && take_number(text, order.number);
    if (!more && order.verdict == Verdict::none) more = take_verdict(text, order.verdict);
    if (!more && !opened) more = opened = take_opening(text);
  }
  std::string left;
  order.validity = take_validity(text, left);
  text = left;
  order.source = take_source(text);
  if (order.verdict == Verdict::none) take_verdict_at_end(text, order.verdict);
  order.clarification = std::string(drop_separators_at_end(text));
  // The full stop of the last sentence is not a separator to the reader.
  for (std::string_view stop : {"。", "！", "."}) {
    std::string whole = order.clarification + std::string(stop);
    if (!order.clarification.empty() && text.starts_with(whole)) order.clarification = whole;
  }
  return order;
}

VerdictOrder read_parts(std::string_view text) {
  VerdictOrder order;
  std::string left;
  order.validity = take_validity(text, left);
  text = left;
  order.source = take_source(text);
  order.clarification = std::string(drop_separators_at_end(skip_separators(text)));
  return order;
}

NewStory read_new_story(std::string_view text) {
  NewStory found;
  found.order = read_parts(text);
  std::string rest = std::exchange(found.order.clarification, {});
  std::string_view words = rest;
  std::string_view behind = words;
  Verdict verdict{};
  if (take_verdict(behind, verdict) && skip_separators(behind).size() < behind.size()) {
    found.order.verdict = verdict;
    words = skip_separators(behind);
  }
  constexpr std::string_view mark = "澄清";
  auto at = words.find(mark);
  std::string_view after = at == words.npos ? std::string_view() : words.substr(at + mark.size());
  if (at != words.npos && skip_separators(after).size() < after.size()) {
    found.order.clarification = std::string(drop_separators_at_end(skip_separators(after)));
    words = words.substr(0, at);
  }
  if (found.order.verdict == Verdict::none) take_verdict_at_end(words, found.order.verdict);
  found.story = std::string(drop_separators_at_end(words));
  return found;
}

Verdict verdict_said(std::string_view text) {
  std::string_view bare = drop_separators_at_end(skip_separators(text));
  for (const auto& [word, meant] : spoken) {
    if (bare == word) return meant;
  }
  return Verdict::none;
}

}  // namespace linli::community
