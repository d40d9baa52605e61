#include "bot/community/adjustment.hpp"

#include <algorithm>

#include "bot/community/invitation.hpp"

namespace linli::community {

namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view marks = " ,.;:";
  auto first = text.find_first_not_of(marks);
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(marks) - first + 1));
}

std::string name_behind(std::string_view text) {
  for (std::string_view end : {"接任", "接替", "担任", "来当", "来做", "接手", "顶上", "接", "当", "做"}) {
    if (auto at = text.find(end); at != text.npos && at > 0) text = text.substr(0, at);
  }
  return name_in(trimmed(text));
}

/// What is said behind a role may also be where: "楼院长 和平苑".
bool place_like(std::string_view text) {
  constexpr std::string_view words[] = {"苑",   "里", "园", "院", "村",   "社区",
                                        "小区", "街", "乡", "楼", "宿舍", "区"};
  return std::ranges::any_of(words, [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace

Adjustment read_adjustment(std::string_view words) {
  Adjustment read;
  std::string_view before = words;
  for (std::string_view cut : {"改由", "换成", "改成", "交给", "由"}) {
    auto at = words.find(cut);
    if (at == words.npos) continue;
    before = words.substr(0, at);
    read.successor = name_behind(words.substr(at + cut.size()));
    break;
  }
  std::string place(before);
  if (auto said = role_in(before)) {
    read.role = said->role;
    // "和平苑3号楼 楼院长 张三": what stands alone at the end is who comes after.
    std::string behind = name_behind(before.substr(said->at + said->length));
    std::string ahead = trimmed(before.substr(0, said->at));
    bool named = read.successor.empty() && !behind.empty() && !ahead.empty() && !place_like(behind);
    if (named) read.successor = behind;
    place = named ? ahead : place.replace(said->at, said->length, " ");
  }
  for (std::string_view filler : {"的", "把"}) {
    for (auto at = place.find(filler); at != place.npos; at = place.find(filler))
      place.erase(at, filler.size());
  }
  read.place = trimmed(place);
  return read;
}

bool says_adjustment(std::string_view normal) {
  constexpr std::string_view changes[] = {"改由", "换成", "改成", "接任", "接替"};
  bool changed =
      std::ranges::any_of(changes, [&](std::string_view word) { return normal.find(word) != normal.npos; });
  if (!changed) return false;
  auto read = read_adjustment(normal);
  return read.role && !read.successor.empty();
}

}  // namespace linli::community
