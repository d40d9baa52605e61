#include "bot/community/suggestion_words.hpp"

#include <algorithm>

namespace linli::community {

bool complains_about_bot(std::string_view normal) {
  constexpr std::string_view complaints[] = {
      "消息太多",   "信息太多",     "发太多",     "发得太多",   "发的太多",     "通知太多",
      "老是发消息", "总是发消息",   "天天发消息", "问得太多",   "问的太多",     "问太多",
      "老问我",     "总问我",       "听不懂我",   "听不懂人话", "不懂我说",     "不懂我的话",
      "答非所问",   "机器人听不懂", "机器人太笨", "机器人真笨", "机器人不好用", "这个机器人太",
  };
  return std::ranges::any_of(complaints,
                             [&](std::string_view word) { return normal.find(word) != normal.npos; });
}

}  // namespace linli::community
