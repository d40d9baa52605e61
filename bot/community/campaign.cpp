#include "bot/community/campaign.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utility>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/deadline_words.hpp"
#include "bot/community/household_report.hpp"

namespace linli::community {

namespace {

struct StateRow {
  std::string_view name;
  std::string_view title;
};

constexpr std::array<StateRow, campaign_states> states = {{{"not_yet", "还没到"},
                                                           {"done", "完成"},
                                                           {"refused", "拒访"},
                                                           {"unreachable", "联系不上"},
                                                           {"empty", "空户"},
                                                           {"moved", "搬走了"},
                                                           {"found", "新增"}}};

using enum CampaignState;
// Those that deny come first: "没完成" holds 完成.
constexpr std::array<std::pair<std::string_view, CampaignState>, 40> state_words = {{
    {"没完成", not_yet}, {"未完成", not_yet}, {"没做完", not_yet}, {"还没", not_yet},   {"没到", not_yet},
    {"没去", not_yet},   {"记错", not_yet},   {"没发", not_yet},   {"未发", not_yet},   {"没接种", not_yet},
    {"没打针", not_yet}, {"拒访", refused},   {"拒绝", refused},   {"不配合", refused}, {"不开门", refused},
    {"不愿", refused},   {"不肯", refused},   {"不接种", refused}, {"不打针", refused}, {"不要", refused},
    {"完成", done},      {"做完", done},      {"查完", done},      {"查了", done},      {"登记了", done},
    {"已发", done},      {"发了", done},      {"发到", done},      {"送到", done},      {"收到", done},
    {"已接种", done},    {"接种了", done},    {"打了", done},      {"打过", done},      {"看望了", done},
    {"走访了", done},    {"去过", done},      {"联系上了", done},  {"已查", done},      {"办了", done},
}};

CampaignState from_report(HouseholdState state) {
  switch (state) {
    case HouseholdState::empty:
      return empty;
    case HouseholdState::unreachable:
      return unreachable;
    case HouseholdState::refused:
      return refused;
    case HouseholdState::moved:
      return moved;
    default:
      return done;
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " ,.;:";
  auto from = text.find_first_not_of(blanks);
  if (from == text.npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(blanks) - from + 1));
}

/// Eleven digits, the first a 1: taken out of the text.
std::string take_phone(std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at == 11 && text[at] == '1') {
      std::string phone = text.substr(at, 11);
      text.replace(at, 11, " ");
      return phone;
    }
    at = end;
  }
  return {};
}

/// "粮站家属院8号", "河边组6号院": a door without a staircase, the number at the end.
void take_yard(FoundHousehold& read) {
  for (std::string_view word : {"号院", "号", "院", "户"}) {
    if (!read.place.ends_with(word)) continue;
    std::size_t at = read.place.size() - word.size(), from = at;
    while (from > 0 && is_digit(read.place[from - 1])) --from;
    if (from == at) return;
    read.room = read.place.substr(from);
    read.place = trimmed(read.place.substr(0, from));
    return;
  }
}

/// "3月5日" of this year, or of the next one if that is past.
std::optional<Day> day_of_month(std::string_view text, const Zone& zone, Time now) {
  constexpr std::string_view month_word = "月";
  auto at = text.find(month_word);
  if (at == text.npos) return std::nullopt;
  std::size_t from = at;
  while (from > 0 && is_digit(text[from - 1])) --from;
  int month = 0, day = 0;
  std::from_chars(text.data() + from, text.data() + at, month);
  const char* behind = text.data() + at + month_word.size();
  std::from_chars(behind, text.data() + text.size(), day);
  std::string today = zone.iso_day(zone.day(now));
  for (int year = std::stoi(today.substr(0, 4)), tries = 0; tries < 2; ++tries) {
    auto named = parse_day(fmt::format("{:04}-{:02}-{:02}", year + tries, month, day));
    if (!named) return std::nullopt;
    if (zone.iso_day(*named) >= today) return *named;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(CampaignState state) {
  return states[static_cast<std::size_t>(state)].name;
}
std::string_view title(CampaignState state) {
  return states[static_cast<std::size_t>(state)].title;
}

std::optional<CampaignState> campaign_state(std::string_view wanted) {
  auto row = std::ranges::find(states, wanted, &StateRow::name);
  if (row == states.end()) return std::nullopt;
  return static_cast<CampaignState>(row - states.begin());
}

std::optional<CampaignState> campaign_state_in_words(std::string_view words) {
  for (const auto& [word, state] : state_words) {
    if (words.find(word) != words.npos) return state;
  }
  auto reported = state_in_words(words);
  if (!reported) return std::nullopt;
  return from_report(*reported);
}

std::int64_t CampaignTotals::owed() const {
  return of(not_yet) + of(found) + of(unreachable);
}

CampaignTotals operator+(const CampaignTotals& a, const CampaignTotals& b) {
  CampaignTotals sum = a;
  sum.base += b.base;
  sum.found_ever += b.found_ever;
  for (std::size_t i = 0; i < campaign_states; ++i) sum.by_state[i] += b.by_state[i];
  return sum;
}

std::string totals_text(const CampaignTotals& totals, std::string_view done_word) {
  std::string text = fmt::format("{} 户：{} {}", totals.base, done_word, totals.of(done));
  for (CampaignState state : {refused, empty, moved, unreachable, found, not_yet}) {
    if (totals.of(state) != 0) text += fmt::format("，{} {}", title(state), totals.of(state));
  }
  return text;
}

std::optional<Alike> alike(std::string_view normal, std::string_view other) {
  std::string a(normal), b(other);
  std::erase(a, ' ');
  std::erase(b, ' ');
  if (a.empty() || b.empty()) return std::nullopt;
  if (a == b) return Alike::same;
  std::u32string x = to_u32(a), y = to_u32(b);
  if (x.size() < 3 || x.size() != y.size()) return std::nullopt;
  std::size_t differ = 0;
  for (std::size_t i = 0; i < x.size(); ++i) differ += x[i] != y[i];
  if (differ == 1) return Alike::similar;
  return std::nullopt;
}

FoundHousehold read_found_household(std::string_view normal) {
  FoundHousehold read;
  std::string rest(normal);
  read.phone = take_phone(rest);
  auto report = read_household_report(rest);
  if (report.rooms.empty()) {  // a door without a number of three digits: the name stands apart, behind it
    read.place = trimmed(rest);
    auto blank = read.place.rfind(' ');
    bool named = blank != read.place.npos && std::ranges::none_of(read.place.substr(blank), is_digit);
    if (named) {
      read.name = read.place.substr(blank + 1);
      read.place = trimmed(read.place.substr(0, blank));
    }
    take_yard(read);
    return read;
  }
  const HouseholdEntry& door = report.rooms.front();
  read.place = report.place;
  if (!door.unit.empty()) read.place += (read.place.empty() ? "" : " ") + door.unit + "单元";
  read.room = door.room;
  read.name = trimmed(door.words);
  return read;
}

std::optional<Time> campaign_deadline(std::string_view normal, const Zone& zone, Time now) {
  if (auto day = day_of_month(normal, zone, now)) {
    Time at = zone.at(*day, 18 * 60);
    if (at <= now) return std::nullopt;
    return at;
  }
  return deadline_in(normal, zone, now);
}

}  // namespace linli::community
