// The bulletin as one HTML file: tables that need no script, charts drawn beside them, style and script
// inside.
#include <fmt/format.h>

#include "bot/app/bulletin_files.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"

namespace linli::app {

namespace {

using community::BulletinLine;
using community::Figure;
using community::figures;
using community::Shape;

constexpr const char* charts_file = "node_modules/echarts/dist/echarts.common.min.js";
constexpr const char* script_file = "bot/app/page/bulletin.js";
constexpr const char* style_file = "bot/app/page/bulletin.css";

std::string escaped(std::string_view text) {
  std::string html;
  for (char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

/// JSON inside a script element: no "</script>" can end it early.
std::string in_script(std::string json) {
  std::string safe;
  for (char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

struct Tile {
  std::string_view figure, note;
};
constexpr Tile tiles[] = {
    {"checkin_rate", "打卡率"}, {"duty_rate", "值守准时率"},           {"help_opened", "新求助"},
    {"help_solved", "办好"},    {"help_median", "一半在此时间内办好"}, {"rumour_checked", "核实传言"},
    {"overdue", "超期未结"}};

std::string tiles_html(const BulletinLine& top) {
  std::string html = "<section class=\"tiles\">\n";
  for (const Tile& tile : tiles) {
    auto figure = *community::figure_index(tile.figure);
    html +=
        fmt::format("<div class=\"tile\"><b>{}</b><span>{}{}</span></div>\n",
                    escaped(community::value_text(top, figure)), tile.note,
                    figures()[figure].shape == Shape::count ? fmt::format("（{}）", figures()[figure].unit)
                                                            : std::string());
  }
  return html + "</section>\n";
}

std::vector<std::size_t> of_section(std::string_view section) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < figures().size(); ++i) {
    if (figures()[i].section == section) columns.push_back(i);
  }
  return columns;
}

bool says_anything(const BulletinLine& top, const std::vector<std::size_t>& columns) {
  for (std::size_t i : columns) {
    if (community::value_of(top, i).value_or(0) != 0) return true;
  }
  return false;
}

std::string table_html(const community::Bulletin& bulletin, std::string_view section) {
  auto columns = of_section(section);
  std::string html = fmt::format(
      "<section class=\"part\"><h2>{}</h2><div class=\"wide\"><table><thead><tr><th>地方</th>", section);
  for (std::size_t i : columns) {
    html += fmt::format(
        "<th>{}{}</th>", figures()[i].title,
        figures()[i].unit.empty() ? std::string() : fmt::format("<small>{}</small>", figures()[i].unit));
  }
  html += "</tr></thead><tbody>\n";
  for (const auto& line : bulletin.lines) {
    html += fmt::format("<tr class=\"d{}\"><th scope=\"row\">{}</th>", std::min(line.depth, 3),
                        escaped(line.name));
    for (std::size_t i : columns) html += fmt::format("<td>{}</td>", community::value_text(line, i));
    html += "</tr>\n";
  }
  html += "</tbody></table></div><dl>";
  for (std::size_t i : columns)
    html += fmt::format("<dt>{}</dt><dd>{}</dd>", figures()[i].title, figures()[i].counts);
  return html + "</dl></section>\n";
}

std::string number_text(std::string_view id, std::int64_t number) {
  auto figure = community::figure_index(id);
  bool span = figure && figures()[*figure].shape != Shape::count;
  return span ? community::span_text(number) : std::to_string(number);
}

std::string errata_html(const BulletinPaper& paper) {
  if (paper.errata.empty()) return {};
  std::string html =
      "<section class=\"part "
      "errata\"><h2>更正</h2><p>签发之后的记录表明下面的数有变化。签发的数不改，更正写在这里。</p>"
      "<div "
      "class=\"wide\"><table><thead><tr><th>地方</th><th>数</th><th>签发时</th><th>现在</th><th>原因</th></"
      "tr></thead>"
      "<tbody>\n";
  for (const auto& erratum : paper.errata) {
    const BulletinLine* line = paper.bulletin.line(erratum.area);
    auto figure = community::figure_index(erratum.figure);
    if (!line || !figure) continue;
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        escaped(line->name), figures()[*figure].section, figures()[*figure].title,
                        number_text(erratum.figure, erratum.was), number_text(erratum.figure, erratum.is),
                        escaped(erratum.why));
  }
  return html + "</tbody></table></div></section>\n";
}

/// What the charts draw: the top's children, or the top itself where there are none.
std::string chart_data(const community::Bulletin& bulletin) {
  JsonWriter json;
  json.object().key("areas").array();
  bool alone = bulletin.lines.size() == 1;
  for (const auto& line : bulletin.lines) {
    if (!alone && (line.depth != 1 || line.kind == "own")) continue;
    json.object().key("name").value(line.name);
    for (std::size_t i = 0; i < figures().size(); ++i) {
      auto value = community::value_of(line, i);
      if (value) json.key(figures()[i].id).value(*value);
    }
    json.end();
  }
  return json.end().end().text();
}

}  // namespace

Result<std::string> bulletin_page(const BulletinPaper& paper) {
  auto charts = read_file(charts_file);
  auto script = read_file(script_file);
  auto style = read_file(style_file);
  if (!charts || !script || !style) {
    return Error{
        Errc::not_found,
        fmt::format("{}, {} or {} cannot be read: run linli in its folder, where `npm ci` has been run",
                    charts_file, script_file, style_file)};
  }
  const auto& bulletin = paper.bulletin;
  if (bulletin.lines.empty()) return Error{Errc::not_found, "there is no area yet: import areas.csv first"};
  std::string title = escaped(bulletin_title(bulletin));
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n"
      "<header><h1>{}</h1><p>{} 至 {}{}</p></header>\n<main>\n",
      title, *style, title, bulletin.from, bulletin.until, bulletin.whole ? "" : "（本周还没有结束）");
  html += tiles_html(bulletin.lines.front());
  html += errata_html(paper);
  html +=
      "<section class=\"charts\"><figure><figcaption>打卡率和值守准时率（%）</figcaption><div "
      "id=\"rates\"></div></figure>\n"
      "<figure><figcaption>求助（件）</figcaption><div id=\"help\"></div></figure>\n"
      "<figure><figcaption>超期未结（件）</figcaption><div id=\"overdue\"></div></figure></section>\n";
  std::string_view section;
  std::string nothing;
  for (const Figure& figure : figures()) {
    if (figure.section == section) continue;
    section = figure.section;
    if (says_anything(bulletin.lines.front(), of_section(section)))
      html += table_html(bulletin, section);
    else
      nothing += (nothing.empty() ? "" : "、") + std::string(section);
  }
  if (!nothing.empty())
    html +=
        fmt::format("<section class=\"part\"><p class=\"none\">本周没有记录：{}。</p></section>\n", nothing);
  html += "</main>\n<footer>每个数都是从记录里数出来的，子项之和等于合计；比率不相加。</footer>\n";
  html += fmt::format("<script type=\"application/json\" id=\"data\">{}</script>\n",
                      in_script(chart_data(bulletin)));
  html += "<script>" + *charts + "</script>\n<script>\n" + *script + "</script>\n</body>\n</html>\n";
  return html;
}

}  // namespace linli::app
