// Saying and keeping an entry: its names, the one line that repeats it, its JSON. And the question whether
// somebody may go out.
#include <algorithm>
#include <array>
#include <span>

#include "bot/base/json.hpp"
#include "bot/community/gate_entry.hpp"

namespace linli::community {

namespace {

struct KindRow {
  std::string_view name, title;
};
constexpr std::array<KindRow, gate_kinds> kinds = {{{"vehicle", "车辆"},
                                                    {"visitor", "访客"},
                                                    {"returnee", "返回人员"},
                                                    {"refused", "劝返"},
                                                    {"out", "外出"}}};

/// What the line of a kind says, in this order; what is empty is left out with the words before it.
struct Part {
  std::string GateEntry::*text;
  std::string_view before = {};
};
constexpr Part vehicle[] = {{&GateEntry::plate}, {&GateEntry::purpose}, {&GateEntry::place, "去"}};
constexpr Part visitor[] = {
    {&GateEntry::who}, {&GateEntry::plate}, {&GateEntry::purpose}, {&GateEntry::place, "去"}};
constexpr Part returnee[] = {{&GateEntry::who}, {&GateEntry::place}, {&GateEntry::from, "从"}};
constexpr Part refused[] = {{&GateEntry::plate}, {&GateEntry::who}};
constexpr Part out[] = {{&GateEntry::place}};
constexpr std::array<std::span<const Part>, gate_kinds> lines = {vehicle, visitor, returnee, refused, out};

}  // namespace

std::string_view name(GateKind kind) {
  return kinds[static_cast<std::size_t>(kind)].name;
}
std::string_view title(GateKind kind) {
  return kinds[static_cast<std::size_t>(kind)].title;
}
std::optional<GateKind> gate_kind(std::string_view wanted) {
  auto found = std::ranges::find(kinds, wanted, &KindRow::name);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<GateKind>(found - kinds.begin());
}

std::string line_of(const GateEntry& entry) {
  if (!entry.kind) return {};
  std::string line;
  if (*entry.kind != GateKind::vehicle) line = title(*entry.kind);  // a plate says itself what it is
  for (const Part& part : lines[static_cast<std::size_t>(*entry.kind)]) {
    const std::string& text = entry.*part.text;
    if (text.empty()) continue;
    if (!line.empty()) line += ' ';
    line += part.before;
    line += text;
  }
  if (*entry.kind == GateKind::refused) line += "：" + (entry.reason.empty() ? "没写原因" : entry.reason);
  return line;
}

std::string to_json(const GateEntry& entry) {
  JsonWriter json;
  json.object();
  if (entry.kind) json.key("kind").value(name(*entry.kind));
  auto put = [&](std::string_view key, const std::string& text) {
    if (!text.empty()) json.key(key).value(text);
  };
  put("plate", entry.plate);
  put("who", entry.who);
  put("purpose", entry.purpose);
  put("place", entry.place);
  put("from", entry.from);
  put("reason", entry.reason);
  if (entry.days) json.key("days").value(*entry.days);
  return json.end().text();
}

GateEntry gate_entry_from_json(std::string_view text) {
  GateEntry entry;
  auto json = parse_json(text);
  if (!json) return entry;
  auto take = [&](std::string_view key) {
    return std::string(json->text_at(key).value_or(std::string_view{}));
  };
  entry.kind = gate_kind(take("kind"));
  entry.plate = take("plate");
  entry.who = take("who");
  entry.purpose = take("purpose");
  entry.place = take("place");
  entry.from = take("from");
  entry.reason = take("reason");
  if (auto days = json->integer_at("days")) entry.days = static_cast<int>(*days);
  return entry;
}

std::optional<std::string> asks_to_go_out(std::string_view normal) {
  for (std::string_view question : {"能不能出门", "可不可以出门", "能出门", "可以出门", "能不能出去",
                                    "能出去", "可以出去", "能外出", "可以外出", "让出门"}) {
    auto at = normal.find(question);
    if (at == normal.npos) continue;
    auto place = normal.substr(0, at);
    while (place.ends_with(' ') || place.ends_with(',')) place.remove_suffix(1);
    for (std::string_view own :
         {"我", "我家", "我们", "我们家", "咱", "咱家", "现在", "我现在", "今天", "我今天"}) {
      if (place == own) return std::string();
    }
    return std::string(place);
  }
  return std::nullopt;
}

}  // namespace linli::community
