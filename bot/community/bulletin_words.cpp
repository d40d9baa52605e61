// The bulletin as text: canonical JSON, which is what is kept, and the few lines that the chat says.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/json.hpp"
#include "bot/community/bulletin.hpp"

namespace linli::community {

namespace {

constexpr std::size_t most_children = 8;

/// In the files, and not in the chat, which is read on the way.
constexpr std::string_view not_said[] = {"checkin_due",  "checkin_proxy", "checkin_unreached", "duty_due",
                                         "duty_stood",   "duty_excused",  "help_ninth",        "help_open",
                                         "notice_asked", "gap_filled"};

std::string count_of(const BulletinLine& line, std::string_view id) {
  return value_text(line, *figure_index(id));
}
std::int64_t number_of(const BulletinLine& line, std::string_view id) {
  return line.values[*figure_index(id)].value_or(0);
}

/// "新开 12 件、办好 11 件": the counts of a section that are not zero.
std::string section_text(const BulletinLine& line, std::string_view section) {
  std::string text;
  for (std::size_t i = 0; i < figures().size(); ++i) {
    const Figure& figure = figures()[i];
    bool said = std::ranges::find(not_said, figure.id) == std::end(not_said);
    if (figure.section != section || !said) continue;
    auto value = value_of(line, i);
    bool worth_saying = value && (*value != 0 || figure.shape == Shape::rate);
    if (!worth_saying) continue;
    text += fmt::format("{}{} {}{}", text.empty() ? "" : "，", figure.title, value_text(line, i),
                        figure.shape == Shape::count ? " " + std::string(figure.unit) : "");
  }
  return text;
}

}  // namespace

BulletinWords words_of(const Bulletin& bulletin, std::string_view code) {
  BulletinWords words;
  const BulletinLine* top = bulletin.line(code);
  if (!top) return words;
  std::string_view section;
  for (const Figure& figure : figures()) {
    if (figure.section == section || figure.section == "基数") continue;
    section = figure.section;
    std::string text = section_text(*top, section);
    if (!text.empty()) words.lines += fmt::format("\n{}：{}", section, text);
  }
  std::vector<const BulletinLine*> children;
  for (const auto& line : bulletin.lines) {
    if (line.parent == top->code && line.kind != "own") children.push_back(&line);
  }
  // The most overdue first: that is where help is wanted. Equals stay in their order.
  std::ranges::stable_sort(children, [](const auto* a, const auto* b) {
    return number_of(*a, "overdue") > number_of(*b, "overdue");
  });
  for (std::size_t i = 0; i < children.size() && i < most_children; ++i) {
    const BulletinLine& child = *children[i];
    words.children +=
        fmt::format("\n{} 打卡率 {}，准时率 {}，超期 {} 件", child.name, count_of(child, "checkin_rate"),
                    count_of(child, "duty_rate"), count_of(child, "overdue"));
  }
  if (children.size() > most_children)
    words.children += fmt::format("\n还有 {} 个", children.size() - most_children);
  return words;
}

std::string canonical_json(const Bulletin& bulletin) {
  JsonWriter json;
  json.object().key("week").value(bulletin.week).key("from").value(bulletin.from);
  json.key("until").value(bulletin.until).key("whole").value(bulletin.whole).key("areas").array();
  for (const auto& line : bulletin.lines) {
    json.object().key("code").value(line.code).key("name").value(line.name).key("kind").value(line.kind);
    json.key("parent").value(line.parent).key("depth").value(line.depth).key("values").object();
    for (std::size_t i = 0; i < line.values.size(); ++i) {
      if (line.values[i]) json.key(figures()[i].id).value(*line.values[i]);
    }
    json.end().end();
  }
  return json.end().end().text();
}

Result<Bulletin> read_bulletin(std::string_view text) {
  Error damaged{Errc::storage, "a stored bulletin cannot be read: restore it from a backup"};
  auto json = parse_json(text, {.bytes = std::size_t{256} << 20, .nodes = 100'000'000});
  if (!json) return damaged;
  const JsonValue* areas = json->find("areas");
  const JsonValue* whole = json->find("whole");
  if (!areas || !whole || !whole->boolean()) return damaged;
  Bulletin bulletin;
  bulletin.week = json->text_at("week").value_or("");
  bulletin.from = json->text_at("from").value_or("");
  bulletin.until = json->text_at("until").value_or("");
  bulletin.whole = *whole->boolean();
  for (const JsonValue& area : areas->items()) {
    BulletinLine line;
    line.code = area.text_at("code").value_or("");
    line.name = area.text_at("name").value_or("");
    line.kind = area.text_at("kind").value_or("");
    line.parent = area.text_at("parent").value_or("");
    line.depth = static_cast<int>(area.integer_at("depth").value_or(0));
    line.values.resize(figures().size());
    const JsonValue* values = area.find("values");
    if (!values) return damaged;
    for (const JsonMember& member : values->members()) {
      auto figure = figure_index(member.key);
      if (figure) line.values[*figure] = member.value.integer();  // one of an older program is left out
    }
    bulletin.lines.push_back(std::move(line));
  }
  return bulletin;
}

}  // namespace linli::community
