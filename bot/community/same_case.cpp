#include "bot/community/same_case.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace linli::community {

namespace {

constexpr std::array<std::string_view, 24> elder = {
    "老人", "老太太", "老大娘", "大娘", "大爷", "老爷子", "老头", "奶奶", "爷爷", "姥姥",   "姥爷", "我妈",
    "我爸", "母亲",   "父亲",   "老妈", "老爸", "老母亲", "老父", "婆婆", "公公", "老两口", "老汉", "老伴"};
constexpr std::array<std::string_view, 7> child = {"孩子", "小孩", "娃", "儿子", "女儿", "宝宝", "小朋友"};
constexpr std::array<std::string_view, 5> pregnant = {"孕妇", "怀孕", "待产", "要生了", "临产"};

template <std::size_t N>
bool any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

bool same_person_words(std::string_view a, std::string_view b) {
  return (any(a, elder) && any(b, elder)) || (any(a, child) && any(b, child)) ||
         (any(a, pregnant) && any(b, pregnant));
}

}  // namespace linli::community
