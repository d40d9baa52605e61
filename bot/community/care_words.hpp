// How people speak about care: how often, by whom, how a contact went, when to ask again. Pure; on normalised
// text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::community {

/// "每2天", "隔天", "每周两次": days between contacts, taken out of the words. Nothing if none is named.
std::optional<int> take_interval(std::string& words);
/// "由 楼长": who is to do it, taken out of the words; empty if nobody is named.
std::string take_carer(std::string& words);
/// "每天", "每2天"
std::string interval_text(int days);

/// "没人应", "敲门没人", "联系不上"
bool nobody_answered(std::string_view normal);
/// "都好", "挺好的": nothing is needed. The word lists know more.
bool all_well(std::string_view normal);
/// "要买药", "缺米", "没菜了"
bool needs_something(std::string_view normal);

/// "下周再问问复查结果": the day to ask again; a day alone is no follow-up.
std::optional<Day> follow_up_day(std::string_view normal, const Zone& zone, Time now);

/// "好的" to being looked after, by the person themselves: true yes, false no.
std::optional<bool> agrees(std::string_view normal);

}  // namespace linli::community
