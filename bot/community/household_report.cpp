#include "bot/community/household_report.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace linli::community {

namespace {

struct StateRow {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<StateRow, 6> states = {{{"fine", "正常"},
                                             {"symptom", "有人不舒服"},
                                             {"empty", "空户"},
                                             {"unreachable", "没联系上"},
                                             {"refused", "不愿说"},
                                             {"moved", "搬走了"}}};

using enum HouseholdState;
// Longer ones first where one holds another: "不正常" is no "正常".
constexpr std::array<std::pair<std::string_view, std::optional<HouseholdState>>, 40> state_words = {{
    {"不正常", std::nullopt},
    {"不好", std::nullopt},
    {"不太好", std::nullopt},
    {"不舒服", std::nullopt},
    {"空户", empty},
    {"空房", empty},
    {"空着", empty},
    {"没人住", empty},
    {"无人居住", empty},
    {"不在家", unreachable},
    {"没人接", unreachable},
    {"无人接", unreachable},
    {"不接", unreachable},
    {"没接", unreachable},
    {"打不通", unreachable},
    {"没打通", unreachable},
    {"关机", unreachable},
    {"停机", unreachable},
    {"联系不上", unreachable},
    {"没联系上", unreachable},
    {"敲门没人", unreachable},
    {"没人", unreachable},
    {"拒绝", refused},
    {"不配合", refused},
    {"不愿", refused},
    {"不肯说", refused},
    {"搬走", moved},
    {"搬家", moved},
    {"已搬", moved},
    {"不住这", moved},
    {"都好", fine},
    {"正常", fine},
    {"平安", fine},
    {"没事", fine},
    {"健康", fine},
    {"挺好", fine},
    {"好着", fine},
    {"无异常", fine},
    {"没问题", fine},
    {"ok", fine},
}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A room as typed: "501", "2单元501", "2-501", "501室". `end` is behind it.
struct RoomToken {
  std::size_t from{};
  std::size_t end{};
  std::string unit;
  std::string room;
};

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

std::size_t word_at(std::string_view text, std::size_t at, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (at <= text.size() && text.substr(at).starts_with(word)) return word.size();
  }
  return 0;
}

std::optional<RoomToken> room_at(std::string_view text, std::size_t at) {
  if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.')) return std::nullopt;
  RoomToken token{at, at, {}, {}};
  std::size_t count = digits_at(text, at);
  if (count == 0) return std::nullopt;
  if (count <= 2) {
    std::size_t joint = word_at(text, at + count, {"单元", "-"});
    if (joint == 0) return std::nullopt;
    token.unit = std::string(text.substr(at, count));
    at += count + joint;
    while (at < text.size() && text[at] == ' ') ++at;
    count = digits_at(text, at);
  }
  if (count < 3 || count > 4) return std::nullopt;
  token.room = std::string(text.substr(at, count));
  std::size_t end = at + count;
  if (word_at(text, end, {"号楼", "楼", "栋", "幢", ".", "单元", "人", "元"}) > 0) return std::nullopt;
  token.end = end + word_at(text, end, {"室", "号", "房", "户"});
  return token;
}

std::vector<RoomToken> rooms_in(std::string_view text) {
  std::vector<RoomToken> rooms;
  for (std::size_t at = 0; at < text.size();) {
    if (auto room = room_at(text, at)) {
      at = room->end;
      rooms.push_back(std::move(*room));
    } else {
      ++at;
    }
  }
  return rooms;
}

/// Without the marks and blanks around it.
std::string bare(std::string_view text) {
  constexpr std::array<std::string_view, 13> marks = {" ",  ",",  ".",  ";",  ":",  "!", "\n",
                                                      "、", "。", "，", "；", "：", "~"};
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view mark : marks) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), cut = true;
      if (text.ends_with(mark)) text.remove_suffix(mark.size()), cut = true;
    }
    constexpr std::string_view joint = "和";  // only behind: 和平苑 begins with it
    if (text.ends_with(joint)) text.remove_suffix(joint.size()), cut = true;
  }
  return std::string(text);
}

}  // namespace

std::string_view name(HouseholdState state) {
  return states[static_cast<std::size_t>(state)].name;
}
std::string_view title(HouseholdState state) {
  return states[static_cast<std::size_t>(state)].title;
}

std::optional<HouseholdState> household_state(std::string_view wanted) {
  auto found = std::ranges::find(states, wanted, &StateRow::name);
  if (found == states.end()) return std::nullopt;
  return static_cast<HouseholdState>(found - states.begin());
}

HouseholdReport read_household_report(std::string_view normal) {
  HouseholdReport report;
  auto rooms = rooms_in(normal);
  report.place = bare(normal.substr(0, rooms.empty() ? normal.size() : rooms.front().from));
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    std::size_t next = i + 1 < rooms.size() ? rooms[i + 1].from : normal.size();
    report.rooms.push_back(
        {rooms[i].unit, rooms[i].room, bare(normal.substr(rooms[i].end, next - rooms[i].end))});
  }
  // "2单元501正常 502空户": one goes up a unit and names it once.
  for (std::size_t i = 1; i < report.rooms.size(); ++i) {
    if (report.rooms[i].unit.empty()) report.rooms[i].unit = report.rooms[i - 1].unit;
  }
  // "501、502正常": a room without words of its own shares those of the next one.
  for (std::size_t i = report.rooms.size(); i-- > 1;) {
    if (report.rooms[i - 1].words.empty()) report.rooms[i - 1].words = report.rooms[i].words;
  }
  return report;
}

std::optional<HouseholdState> state_in_words(std::string_view words) {
  for (const auto& [word, state] : state_words) {
    if (words.find(word) != words.npos) return state;
  }
  return std::nullopt;
}

std::string number_in(std::string_view text) {
  auto first = std::ranges::find_if(text, is_digit);
  auto last = std::find_if_not(first, text.end(), is_digit);
  return std::string(first, last);
}

}  // namespace linli::community
