// Reading: what somebody types is taken apart, filled up and corrected.
#include "bot/community/gate_entry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "bot/base/utf8.hpp"
#include "bot/community/gate_text.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

using gate::Text;

namespace {

struct Word {
  Text word;
  GateKind kind;
};
// The longer before the shorter that it begins with.
constexpr std::array<Word, 24> kind_words = {
    {{U"返回人员", GateKind::returnee}, {U"外地返回", GateKind::returnee}, {U"返乡人员", GateKind::returnee},
     {U"返回", GateKind::returnee},     {U"返乡", GateKind::returnee},     {U"访客", GateKind::visitor},
     {U"来访", GateKind::visitor},      {U"来客", GateKind::visitor},      {U"客人", GateKind::visitor},
     {U"劝返", GateKind::refused},      {U"劝离", GateKind::refused},      {U"拒绝", GateKind::refused},
     {U"拒入", GateKind::refused},      {U"不让进", GateKind::refused},    {U"没让进", GateKind::refused},
     {U"外出", GateKind::out},          {U"出门", GateKind::out},          {U"出去", GateKind::out},
     {U"出小区", GateKind::out},        {U"车辆", GateKind::vehicle},      {U"车牌", GateKind::vehicle},
     {U"进车", GateKind::vehicle},      {U"来车", GateKind::vehicle},      {U"车", GateKind::vehicle}}};

constexpr std::array<Text, 30> purposes = {
    U"送货", U"送菜", U"送药", U"送水", U"送饭", U"送煤气", U"送物资", U"送人",   U"接人", U"快递",
    U"外卖", U"搬家", U"维修", U"修理", U"施工", U"保洁",   U"消毒",   U"拉垃圾", U"探亲", U"看病",
    U"救护", U"上班", U"回家", U"办事", U"看房", U"装修",   U"配送",   U"巡查",   U"接送", U"抄表"};

constexpr std::array<Text, 6> verbs = {U"看望", U"找", U"去", U"到", U"进", U"看"};

constexpr Text blanks = U" ,;:、|/";

std::u32string trimmed(Text text) {
  auto first = text.find_first_not_of(blanks);
  if (first == Text::npos) return {};
  return std::u32string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

std::vector<std::u32string> tokens(Text text) {
  std::vector<std::u32string> found;
  std::u32string one;
  for (char32_t c : text) {
    if (blanks.find(c) == Text::npos) {
      one += c;
    } else if (!one.empty()) {
      found.push_back(std::move(one));
      one.clear();
    }
  }
  if (!one.empty()) found.push_back(std::move(one));
  return found;
}

std::string joined(const std::vector<std::u32string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " ") + to_utf8(part);
  return text;
}

/// Does the text name a place by number: 3号楼, 2单元, 三号楼, 501?
bool place_here(Text text, std::size_t at) {
  constexpr Text numbers = U"0123456789一二三四五六七八九十两";
  if (numbers.find(text[at]) == Text::npos) return false;
  std::size_t end = at;
  while (end < text.size() && numbers.find(text[end]) != Text::npos) ++end;
  bool digits =
      std::ranges::all_of(text.substr(at, end - at), [](char32_t c) { return c >= U'0' && c <= U'9'; });
  auto rest = trimmed(text.substr(end, 4));
  for (Text word : {U"号", U"单元", U"栋", U"幢", U"#", U"楼", U"-", U"室", U"户", U"院"}) {
    if (Text(rest).starts_with(word)) return true;
  }
  if (Text(rest).starts_with(U"天")) return false;
  return digits && end - at >= 3 && end - at <= 4;
}

/// Where the place begins: at a number of a building, or behind 找 去 到, or at the name in front of a
/// number.
struct PlaceAt {
  std::size_t begin{};  // of the verb, if there is one
  std::size_t place{};
};

std::optional<PlaceAt> find_place(Text text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (Text verb : verbs) {
      if (!text.substr(at).starts_with(verb) || at + verb.size() >= text.size()) continue;
      return PlaceAt{at, at + verb.size()};
    }
    if (!place_here(text, at)) continue;
    std::size_t begin = at;  // a compound's name stands before the number: "和平苑3号楼"
    while (begin > 0 && blanks.find(text[begin - 1]) == Text::npos) --begin;
    return PlaceAt{begin, begin};
  }
  return std::nullopt;
}

std::optional<int> take_days(std::u32string& text) {
  std::u32string digits = with_digits(Text(text));
  auto at = digits.find(U'天');
  if (at == digits.npos) return std::nullopt;
  std::size_t begin = at;
  while (begin > 0 && digits[begin - 1] >= U'0' && digits[begin - 1] <= U'9') --begin;
  std::string number = to_utf8(Text(digits).substr(begin, at - begin));
  int days = 0;
  auto [end, ec] = std::from_chars(number.data(), number.data() + number.size(), days);
  if (number.empty() || ec != std::errc{} || days < 1 || days > 99) return std::nullopt;
  digits.erase(begin, at + 1 - begin);
  text = digits;
  return days;
}

/// "从太原", "自大同回来", "太原回来的": where from, taken out of the text.
std::string take_from(std::u32string& text) {
  for (Text word : {U"从", U"自"}) {
    auto at = text.find(word);
    if (at == text.npos) continue;
    std::size_t end = at + 1;
    while (end < text.size() && blanks.find(text[end]) == Text::npos &&
           Text(U"回返来到").find(text[end]) == Text::npos)
      ++end;
    std::string from = to_utf8(trimmed(Text(text).substr(at + 1, end - at - 1)));
    for (Text tail : {U"回来的", U"回来", U"返回的", U"返回", U"来的", U"来", U"回", U"返"}) {
      if (!Text(text).substr(end).starts_with(tail)) continue;
      end += tail.size();
      break;
    }
    text.erase(at, end - at);
    return from;
  }
  for (Text tail : {U"回来的", U"回来", U"返回", U"来的"}) {
    auto at = text.find(tail);
    if (at == text.npos) continue;
    std::size_t begin = at;
    while (begin > 0 && blanks.find(text[begin - 1]) == Text::npos) --begin;
    if (begin == at) continue;
    std::string from = to_utf8(Text(text).substr(begin, at - begin));
    text.erase(begin, at + tail.size() - begin);
    return from;
  }
  return {};
}

/// Splits "张三 电工 找2单元501" into what is before the place and the place.
void split_place(std::u32string& text, std::string& place) {
  auto at = find_place(text);
  if (!at) return;
  place = to_utf8(trimmed(Text(text).substr(at->place)));
  text = trimmed(Text(text).substr(0, at->begin));
}

/// "3号楼送货": the purpose stands in the words of the place.
void purpose_in_place(GateEntry& entry) {
  std::u32string place = to_u32(entry.place);
  for (Text purpose : purposes) {
    auto at = place.find(purpose);
    if (at == place.npos) continue;
    if (entry.purpose.empty()) entry.purpose = to_utf8(purpose);
    place.erase(at, purpose.size());
    entry.place = to_utf8(trimmed(place));
    return;
  }
}

void read_refused(GateEntry& entry, const std::u32string& rest) {
  auto parts = tokens(rest);
  if (parts.size() > 1) {
    if (entry.plate.empty()) {
      entry.who = to_utf8(parts.front());
      parts.erase(parts.begin());
    }
    entry.reason = joined(parts);
    return;
  }
  auto cut = rest.find_first_of(U"没不无未拒");
  if (cut == rest.npos) {
    (entry.plate.empty() ? entry.who : entry.reason) = to_utf8(rest);
    return;
  }
  entry.who = to_utf8(trimmed(Text(rest).substr(0, cut)));
  entry.reason = to_utf8(Text(rest).substr(cut));
}

std::u32string without_plate(std::u32string text, GateEntry& entry) {
  if (auto plate = gate::find_plate(text)) {
    entry.plate = plate->plate;
    text.replace(plate->begin, plate->end - plate->begin, U" ");
  } else if (gate::begins_like_plate(text)) {
    entry.plate_in_doubt = true;
  }
  return trimmed(text);
}

}  // namespace

GateEntry read_gate_entry(std::string_view normal) {
  GateEntry entry;
  std::u32string text = trimmed(to_u32(normal));
  for (const auto& [word, kind] : kind_words) {
    if (!Text(text).starts_with(word)) continue;
    entry.kind = kind;
    text = trimmed(Text(text).substr(word.size()));
    break;
  }
  bool vehicle = !entry.kind || entry.kind == GateKind::vehicle;
  if (vehicle || entry.kind == GateKind::refused || entry.kind == GateKind::visitor)
    text = without_plate(std::move(text), entry);
  if (!entry.kind && (!entry.plate.empty() || entry.plate_in_doubt)) entry.kind = GateKind::vehicle;
  if (entry.plate_in_doubt) return entry;
  if (entry.kind == GateKind::refused) {
    read_refused(entry, text);
    return entry;
  }
  if (entry.kind == GateKind::returnee) {
    entry.days = take_days(text);
    entry.from = take_from(text);
  }
  split_place(text, entry.place);
  purpose_in_place(entry);
  auto parts = tokens(text);
  if (entry.kind == GateKind::vehicle) {
    if (entry.purpose.empty() || !parts.empty())
      entry.purpose = parts.empty() ? entry.purpose : joined(parts);
    return entry;
  }
  if (!parts.empty() && entry.kind != GateKind::out) {
    entry.who = to_utf8(parts.front());
    parts.erase(parts.begin());
    if (!parts.empty()) entry.purpose = joined(parts);
  }
  if (entry.kind == GateKind::out && entry.place.empty()) entry.place = joined(parts);
  return entry;
}

std::optional<GateField> missing(const GateEntry& entry) {
  if (!entry.kind) return std::nullopt;
  switch (*entry.kind) {
    case GateKind::vehicle:
      if (entry.plate.empty()) return GateField::plate;
      if (entry.purpose.empty()) return GateField::purpose;
      if (entry.place.empty()) return GateField::place;
      return std::nullopt;
    case GateKind::visitor:
      if (entry.who.empty()) return GateField::who;
      if (entry.place.empty()) return GateField::place;
      return std::nullopt;
    case GateKind::returnee:
      if (entry.place.empty()) return GateField::place;
      if (entry.from.empty()) return GateField::from;
      return std::nullopt;
    case GateKind::refused:
      if (entry.who.empty() && entry.plate.empty()) return GateField::who;
      if (entry.reason.empty()) return GateField::reason;
      return std::nullopt;
    case GateKind::out:
      if (entry.place.empty()) return GateField::place;
      return std::nullopt;
  }
  return std::nullopt;
}

void fill(GateEntry& entry, GateField field, std::string_view normal) {
  std::u32string text = trimmed(to_u32(normal));
  switch (field) {
    case GateField::plate:
      entry.plate = plate_in(normal).value_or("");
      entry.plate_in_doubt = entry.plate.empty();
      return;
    case GateField::purpose: {
      std::string place;
      split_place(text, place);
      entry.purpose = to_utf8(text);
      if (!place.empty()) entry.place = place;
      if (entry.purpose.empty()) purpose_in_place(entry);
      return;
    }
    case GateField::who:
      entry.who = to_utf8(text);
      return;
    case GateField::place: {
      auto at = find_place(text);
      entry.place = to_utf8(at ? trimmed(Text(text).substr(at->place)) : text);
      return;
    }
    case GateField::from: {
      entry.days = take_days(text).value_or(entry.days.value_or(0));
      if (entry.days == 0) entry.days.reset();
      std::string from = take_from(text);
      entry.from = from.empty() ? to_utf8(trimmed(text)) : from;
      return;
    }
    case GateField::reason:
      entry.reason = to_utf8(text);
      return;
  }
}

bool correct(GateEntry& entry, std::string_view normal) {
  std::u32string text = trimmed(to_u32(normal));
  if (text.empty() || !entry.kind) return false;
  if (auto plate = gate::find_plate(text)) {
    entry.plate = plate->plate;
    text.replace(plate->begin, plate->end - plate->begin, U" ");
  }
  if (entry.kind == GateKind::returnee) {
    if (auto days = take_days(text)) entry.days = days;
    if (std::string from = take_from(text); !from.empty()) entry.from = from;
  }
  if (entry.kind == GateKind::refused) {
    text = trimmed(text);
    if (!text.empty()) entry.reason = to_utf8(text);
    return true;
  }
  std::string place;
  split_place(text, place);
  if (!place.empty()) entry.place = place;
  std::string rest = joined(tokens(text));
  if (!rest.empty()) (entry.kind == GateKind::vehicle ? entry.purpose : entry.who) = rest;
  return true;
}

}  // namespace linli::community
