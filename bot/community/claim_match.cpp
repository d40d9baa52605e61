#include "bot/community/claim_match.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

constexpr double near_enough = 0.9;
constexpr std::size_t piece_length = 3;
constexpr std::size_t most_pieces = 8;

// What people put before and after a story. Longer ones first where one begins another.
constexpr std::u32string_view openings[] = {
    U"群里都在传",   U"网上都在传", U"朋友圈里说", U"群里有人说", U"刚接到通知", U"刚得到消息", U"想问一下",
    U"帮忙核实一下", U"今天有人说", U"刚才有人说", U"听他们说",   U"听别人说",   U"听邻居说",   U"我听人说",
    U"群里都说",     U"群里发的",   U"抖音上说",   U"视频里说",   U"帮忙核实",   U"核实一下",   U"紧急通知",
    U"重要通知",     U"紧急提醒",   U"最新消息",   U"内部消息",   U"内部通知",   U"小道消息",   U"大家注意",
    U"各位邻居",     U"各位业主",   U"各位居民",   U"听人说",     U"我听说",     U"刚听说",     U"网上说",
    U"网上传",       U"群里说",     U"群里传",     U"朋友圈",     U"都在传",     U"有人说",     U"他们说",
    U"别人说",       U"人家说",     U"外面说",     U"我妈说",     U"我爸说",     U"邻居说",     U"亲戚说",
    U"同学说",       U"同事说",     U"想问下",     U"问一下",     U"我想问",     U"帮我看看",   U"核实下",
    U"请转发",       U"家人们",     U"是不是真的", U"真的假的",   U"是真的吗",   U"转发自",     U"听说",
    U"据说",         U"据传",       U"网传",       U"都说",       U"请问",       U"问下",       U"转发",
    U"速转",         U"扩散",       U"核实",       U"求证",       U"辟谣",       U"传言",       U"谣言",
    U"各位",         U"大家",       U"你好",       U"您好",       U"紧急",       U"通知",       U"这个",
    U"说是",         U"说",
};
constexpr std::u32string_view endings[] = {
    U"有没有这回事", U"是真的还是假的", U"请大家互相转告", U"帮忙核实一下", U"是真的假的", U"真的还是假的",
    U"到底真的假的", U"到底是不是真的", U"是不是真的",     U"是不是假的",   U"有没有这事", U"有这回事吗",
    U"真有这事吗",   U"请互相转告",     U"转发给家人",     U"大家转一转",   U"是真的吗",   U"是真的么",
    U"是真的不",     U"是真是假",       U"是假的吧",       U"是谣言吗",     U"是谣言吧",   U"是不是谣言",
    U"是否属实",     U"有这事吗",       U"核实一下",       U"帮忙核实",     U"互相转告",   U"相互转告",
    U"帮我看看",     U"真的假的",       U"可信吗",         U"能信吗",       U"靠谱吗",     U"属实吗",
    U"真的吗",       U"真的嘛",         U"核实下",         U"求辟谣",       U"求真相",     U"求核实",
    U"请转发",       U"这消息",         U"这说法",         U"核实",         U"求证",       U"转发",
    U"扩散",         U"对不对",         U"对吗",           U"是吗",         U"谢谢",       U"看看",
    U"这事",         U"真假",
};

// Said or left out, they change nothing.
constexpr std::u32string_view particles = U"的了吗呢啊吧呀哦嘛么哈";

// One more or one fewer of these makes another story: negation, time, place.
constexpr std::u32string_view telling =
    U"不没无未非别勿禁否假谣停封解今明昨前后早晚午夜周月日时点省市县区镇乡村街路巷苑园院楼栋座号校东南西北男"
    U"女老";
constexpr std::u32string_view places[] = {
    U"北京", U"天津",   U"上海",   U"重庆",   U"河北", U"山西", U"辽宁",   U"吉林", U"江苏", U"浙江",
    U"安徽", U"福建",   U"江西",   U"山东",   U"河南", U"湖北", U"湖南",   U"广东", U"海南", U"四川",
    U"贵州", U"云南",   U"陕西",   U"甘肃",   U"青海", U"台湾", U"广西",   U"西藏", U"宁夏", U"新疆",
    U"香港", U"澳门",   U"内蒙古", U"黑龙江", U"太原", U"大同", U"武汉",   U"广州", U"深圳", U"成都",
    U"西安", U"南京",   U"杭州",   U"郑州",   U"长沙", U"沈阳", U"大连",   U"青岛", U"济南", U"合肥",
    U"南昌", U"石家庄", U"哈尔滨", U"长春",   U"兰州", U"昆明", U"贵阳",   U"南宁", U"福州", U"厦门",
    U"苏州", U"无锡",   U"宁波",   U"温州",   U"晋中", U"运城", U"临汾",   U"长治", U"晋城", U"阳泉",
    U"忻州", U"朔州",   U"吕梁",   U"美国",   U"日本", U"韩国", U"意大利", U"英国",
};

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_letter(char32_t c) {
  if (is_digit(c) || (c >= U'a' && c <= U'z')) return true;
  if (c < 0xC0) return false;
  bool marks = (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE00 && c <= 0xFE6F) ||
               (c >= 0xFF00 && c <= 0xFFEF) || c == 0xFFFD || (c >= 0x1F000 && c <= 0x1FAFF);
  return !marks || c == U'〇';
}

bool is_url_character(char32_t c) {
  return c > 0x20 && c < 0x7F && std::u32string_view(U"\"<>\\^`{|}").find(c) == std::u32string_view::npos;
}

/// Where a web address begins, from `from` on.
std::size_t url_begin(std::u32string_view text, std::size_t from) {
  auto at = text.npos;
  for (std::u32string_view start : {U"http://", U"https://", U"www."})
    at = std::min(at, text.find(start, from));
  return at;
}

std::size_t url_end(std::u32string_view text, std::size_t begin) {
  while (begin < text.size() && is_url_character(text[begin])) ++begin;
  return begin;
}

std::u32string without_urls(std::u32string_view text) {
  std::u32string out;
  std::size_t done = 0;
  for (auto at = url_begin(text, 0); at != text.npos; at = url_begin(text, done)) {
    out += text.substr(done, at - done);
    out += U' ';
    done = url_end(text, at);
  }
  return out += text.substr(done);
}

/// "@所有人 明天停水": whoever is called is no part of the story. A name that runs into the story stays.
std::u32string without_mentions(std::u32string_view text) {
  constexpr std::size_t longest_name = 12;
  std::u32string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != U'@') {
      out += text[at];
      continue;
    }
    constexpr std::u32string_view everybody = U"所有人";
    if (text.substr(at + 1).starts_with(everybody)) {
      at += everybody.size();
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end < text.size() && end - at <= longest_name) at = end;
  }
  return out;
}

std::u32string letters_only(std::u32string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char32_t c = text[at];
    bool after_digit = at > 0 && is_digit(text[at - 1]);
    bool point = c == U'.' && after_digit && at + 1 < text.size() && is_digit(text[at + 1]);
    if (is_letter(c) || point || (c == U'%' && after_digit)) out += c;
  }
  return out;
}

std::u32string_view without_frame(std::u32string_view text) {
  for (bool cut = true; cut;) {
    cut = false;
    for (auto word : openings) {
      if (text.starts_with(word)) text.remove_prefix(word.size()), cut = true;
    }
    for (auto word : endings) {
      if (text.ends_with(word)) text.remove_suffix(word.size()), cut = true;
    }
    while (!text.empty() && particles.find(text.back()) != particles.npos) text.remove_suffix(1), cut = true;
  }
  return text;
}

std::string facts_of(std::u32string_view skeleton) {
  std::u32string facts;
  for (std::size_t at = 0; at < skeleton.size();) {
    std::u32string_view rest = skeleton.substr(at);
    auto place =
        std::ranges::find_if(places, [&](std::u32string_view name) { return rest.starts_with(name); });
    if (place != std::end(places)) {
      facts += *place;
      at += place->size();
      continue;
    }
    char32_t c = rest.front();
    bool number = is_digit(c) || c == U'.' || c == U'%';
    bool number_before = !facts.empty() && (is_digit(facts.back()) || facts.back() == U'.');
    if (number && !(number_before && at > 0 && (is_digit(skeleton[at - 1]) || skeleton[at - 1] == U'.')))
      facts += U' ';
    if (number || telling.find(c) != telling.npos) facts += c;
    ++at;
  }
  return to_utf8(facts);
}

std::vector<std::uint64_t> pairs(std::u32string_view text) {
  std::vector<std::uint64_t> found;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    found.push_back(static_cast<std::uint64_t>(text[i]) << 32 | text[i + 1]);
  }
  std::ranges::sort(found);
  return found;
}

bool is_contained(std::u32string_view shorter, std::u32string_view longer) {
  std::size_t at = 0;
  for (char32_t c : longer) {
    if (at < shorter.size() && shorter[at] == c) ++at;
  }
  return at == shorter.size();
}

std::uint64_t mix(std::uint64_t x) {  // splitmix64's finisher
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Marks and blanks at both ends; brackets that the story needs stay with it only in the middle.
std::u32string_view without_marks(std::u32string_view text) {
  auto letter = [](char32_t c) { return is_letter(c) || (c >= U'A' && c <= U'Z') || c == U'%'; };
  while (!text.empty() && !letter(text.front())) text.remove_prefix(1);
  while (!text.empty() && !letter(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

Story story_of_skeleton(std::u32string skeleton) {
  Story story;
  story.facts = facts_of(skeleton);
  story.skeleton = std::move(skeleton);
  return story;
}

Story read_story(std::string_view text) {
  std::u32string letters = letters_only(without_mentions(without_urls(to_u32(normalise(text)))));
  std::u32string skeleton = with_digits(without_frame(letters));
  std::erase_if(skeleton, [](char32_t c) { return particles.find(c) != particles.npos; });
  return story_of_skeleton(std::move(skeleton));
}

double dice(std::u32string_view a, std::u32string_view b) {
  auto left = pairs(a), right = pairs(b);
  if (left.empty() || right.empty()) return a == b ? 1 : 0;
  std::vector<std::uint64_t> both;
  std::ranges::set_intersection(left, right, std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size());
}

std::string without_trimmings(std::string_view text) {
  const std::u32string wide = to_u32(text);
  std::u32string_view left = without_marks(wide);
  for (std::size_t before = left.size() + 1; left.size() < before;) {
    before = left.size();
    left = without_marks(without_frame(left));
  }
  return left.size() < 4 ? std::string(text) : to_utf8(left);
}

bool same_story(const Story& a, const Story& b) {
  if (a.skeleton == b.skeleton) return !a.empty();
  if (a.is_short() || b.is_short() || a.facts != b.facts) return false;
  bool a_is_shorter = a.skeleton.size() < b.skeleton.size();
  const auto& shorter = a_is_shorter ? a.skeleton : b.skeleton;
  const auto& longer = a_is_shorter ? b.skeleton : a.skeleton;
  return is_contained(shorter, longer) && dice(shorter, longer) >= near_enough;
}

std::vector<std::int64_t> pieces(const Story& story, std::uint64_t seed) {
  std::vector<std::int64_t> found;
  const auto& text = story.skeleton;
  for (std::size_t i = 0; i + piece_length <= text.size(); ++i) {
    std::uint64_t value = seed;
    for (std::size_t k = 0; k < piece_length; ++k) value = mix(value ^ text[i + k]);
    found.push_back(static_cast<std::int64_t>(value >> 1));
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > most_pieces) found.resize(most_pieces);
  return found;
}

Lengths near_lengths(const Story& story) {
  // Contained in the other, the shorter one has at most all its pairs in common: least/most follow from Dice.
  constexpr double ratio = near_enough / (2 - near_enough);
  double pair_count = static_cast<double>(story.skeleton.size()) - 1;
  return {static_cast<std::int64_t>(std::floor(pair_count * ratio)) + 1,
          static_cast<std::int64_t>(std::ceil(pair_count / ratio)) + 1};
}

}  // namespace linli::community
