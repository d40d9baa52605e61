#include "handlers/rota_words.hpp"

#include <algorithm>
#include <charconv>

#include "bot/community/numerals.hpp"

namespace linli::handlers {

namespace {

using community::Hours;
using community::OverrideKind;

struct NearDay {
  std::string_view word;
  int days;
};
constexpr NearDay near_days[] = {{"今天", 0}, {"明天", 1}, {"后天", 2}, {"大后天", 3}};

void skip_blanks(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == ',' || text.front() == ':'))
    text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || number < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<Day> take_day(std::string_view& text, const Zone& zone, Day today) {
  for (const NearDay& near : near_days) {
    if (take(text, near.word)) return zone.next_day(today, near.days);
  }
  std::string_view rest = text;
  auto month = take_number(rest);
  if (!month || !take(rest, "月")) return std::nullopt;
  auto day = take_number(rest);
  if (!day || !(take(rest, "日") || take(rest, "号"))) return std::nullopt;
  auto written = [&](int year) {
    auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return parse_day(std::to_string(year) + "-" + two(*month) + "-" + two(*day));
  };
  auto found = written(today.year);
  if (found && *found < zone.next_day(today, -180)) found = written(today.year + 1);  // in January, of March
  if (!found) return std::nullopt;
  text = rest;
  return *found;
}

/// "06:00", "6点", "6点半", "6点20分"
std::optional<int> take_clock(std::string_view& text) {
  std::string_view rest = text;
  auto hour = take_number(rest);
  if (!hour || *hour > 24) return std::nullopt;
  int minute = 0;
  if (take(rest, ":")) {
    auto read = take_number(rest);
    if (!read) return std::nullopt;
    minute = *read;
  } else if (take(rest, "点") || take(rest, "时")) {
    if (take(rest, "半")) {
      minute = 30;
    } else if (auto read = take_number(rest)) {
      minute = *read;
      take(rest, "分");
    }
  } else {
    return std::nullopt;
  }
  if (minute > 59 || *hour * 60 + minute > community::day_minutes) return std::nullopt;
  text = rest;
  return *hour * 60 + minute;
}

bool take_until(std::string_view& text) {
  skip_blanks(text);
  for (std::string_view word : {"-", "到", "至", "~"}) {
    if (take(text, word)) {
      skip_blanks(text);
      return true;
    }
  }
  return false;
}

std::optional<Hours> take_span(std::string_view& text) {
  std::string_view rest = text;
  auto start = take_clock(rest);
  if (!start || !take_until(rest)) return std::nullopt;
  auto end = take_clock(rest);
  if (!end || *start == *end || *start == community::day_minutes) return std::nullopt;
  text = rest;
  return Hours{community::every_day, *start, *end > *start ? *end : *end + community::day_minutes};
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  auto flush = [&] {
    if (!name.empty()) names.push_back(std::exchange(name, {}));
  };
  while (!text.empty()) {
    bool separator = false;
    for (std::string_view mark : {" ", ",", "、", ";", "/"}) separator = separator || take(text, mark);
    if (separator) {
      flush();
      continue;
    }
    name += text.front();
    text.remove_prefix(1);
  }
  flush();
  return names;
}

/// The end of a text that reads so once its numerals are digits: "张三" of "张3".
std::string as_typed(std::string_view normal, std::string_view end) {
  for (std::size_t at = normal.size(); at-- > 0;) {
    bool inside_a_character = (static_cast<unsigned char>(normal[at]) & 0xC0) == 0x80;
    if (!inside_a_character && community::with_digits(normal.substr(at)) == end)
      return std::string(normal.substr(at));
  }
  return std::string(end);
}

bool any_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

std::optional<ShiftChange> read_change(std::string_view normal, const Zone& zone, Day today) {
  std::string digits = community::with_digits(normal);
  std::string_view text = digits;
  take(text, "改班") || take(text, "改成") || take(text, "改");
  skip_blanks(text);
  auto day = take_day(text, zone, today);
  skip_blanks(text);
  auto minute = take_clock(text);
  skip_blanks(text);
  if (!day || !minute || text.empty()) return std::nullopt;
  ShiftChange change{*day, *minute, OverrideKind::instead, {}};
  if (text == "空" || text == "没人" || text == "不站") {
    change.kind = OverrideKind::nobody;
    return change;
  }
  if (take(text, "加")) {
    skip_blanks(text);
    change.kind = OverrideKind::extra;
  }
  change.name = as_typed(normal, text);
  if (change.name.empty()) return std::nullopt;
  return change;
}

std::optional<RotaLine> read_line(std::string_view normal) {
  RotaLine line;
  std::string_view text = normal;
  struct Days {
    std::string_view word, means;
  };
  constexpr Days known[] = {{"每天", "daily"}, {"工作日", "workdays"}, {"休息日", "rest_days"},
                            {"节假日", "off"}, {"周末", "Sat,Sun"},    {"放假", "holidays"}};
  std::string means;
  for (const Days& days : known) {
    if (means.empty() && take(text, days.word)) means = days.means;
  }
  if (means.empty() && text.starts_with("周")) {
    auto end = std::min(text.find(' '), text.size());
    means = std::string(text.substr(0, end));
    for (auto at = means.find("至"); at != means.npos; at = means.find("至")) means.replace(at, 3, "-");
    for (auto at = means.find("到"); at != means.npos; at = means.find("到")) means.replace(at, 3, "-");
    for (auto at = means.find("、"); at != means.npos; at = means.find("、")) means.replace(at, 3, ",");
    text.remove_prefix(end);
  }
  auto when = community::parse_recurrence(means);
  if (means.empty() || !when) return std::nullopt;
  skip_blanks(text);
  auto span = take_span(text);
  if (!span) return std::nullopt;
  line.when = *when;
  line.start_minute = span->start_minute;
  line.end_minute = span->end_minute;
  line.names = names_in(text);
  if (line.names.empty()) return std::nullopt;
  return line;
}

std::optional<Hours> read_hours_behind(std::string_view& rest) {
  for (std::size_t at = 0; at < rest.size(); ++at) {
    bool digit = rest[at] >= '0' && rest[at] <= '9';
    if (!digit || (at > 0 && rest[at - 1] >= '0' && rest[at - 1] <= '9')) continue;
    std::string_view text = rest.substr(at);
    auto span = take_span(text);
    skip_blanks(text);
    if (!span || !text.empty()) continue;
    rest = rest.substr(0, at);
    while (!rest.empty() && (rest.back() == ' ' || rest.back() == ',')) rest.remove_suffix(1);
    return span;
  }
  return std::nullopt;
}

bool says_was_there(std::string_view normal) {
  return any_of(normal, {"缺岗", "没到岗", "旷岗", "缺勤", "没来上岗", "未到岗"}) &&
         any_of(normal, {"到了", "在岗", "去了", "来了", "我在", "站了", "不对", "冤枉", "明明"});
}

bool says_cannot_come(std::string_view normal) {
  return any_of(normal, {"去不了", "来不了", "到不了", "上不了岗", "值不了", "站不了", "上不了班"}) &&
         !any_of(normal, {"你们来不了", "他来不了", "她来不了", "为什么"});
}

}  // namespace linli::handlers
