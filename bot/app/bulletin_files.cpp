#include "bot/app/bulletin_files.hpp"

#include <fmt/format.h>

#include "bot/app/export.hpp"
#include "bot/base/digest.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"

namespace linli::app {

namespace {

using community::figures;
using community::Shape;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string raw_text(const community::BulletinLine& line, std::size_t figure) {
  auto value = community::value_of(line, figure);
  if (!value) return {};
  if (figures()[figure].shape == Shape::rate) return fmt::format("{}.{}", *value / 10, *value % 10);
  return std::to_string(*value);
}

}  // namespace

std::string bulletin_title(const community::Bulletin& bulletin) {
  std::string where = bulletin.lines.empty() ? std::string() : bulletin.lines.front().name;
  std::string number = bulletin.week.substr(bulletin.week.find('W') + 1);
  if (number.starts_with('0')) number.erase(0, 1);
  return fmt::format("{}周通报 {} 年第 {} 周", where, bulletin.week.substr(0, 4), number);
}

std::string bulletin_csv(const BulletinPaper& paper) {
  std::string csv(byte_order_mark);
  csv += "code,name,kind,parent,depth";
  for (const auto& figure : figures()) csv += fmt::format(",{}", figure.id);
  csv += "\r\n";
  for (const auto& line : paper.bulletin.lines) {
    csv += csv_cell(line.code) + "," + csv_cell(line.name) + "," + csv_cell(line.kind) + "," +
           csv_cell(line.parent) + "," + std::to_string(line.depth);
    for (std::size_t i = 0; i < figures().size(); ++i) csv += "," + raw_text(line, i);
    csv += "\r\n";
  }
  return csv;
}

std::string bulletin_json(const BulletinPaper& paper) {
  std::string canonical = community::canonical_json(paper.bulletin);
  JsonWriter json;
  json.object().key("title").value(bulletin_title(paper.bulletin));
  json.key("sha256").value(sha256_hex(canonical)).key("figures").array();
  for (const auto& figure : figures()) {
    json.object()
        .key("id")
        .value(figure.id)
        .key("section")
        .value(figure.section)
        .key("title")
        .value(figure.title);
    json.key("unit").value(figure.unit).key("counts").value(figure.counts);
    if (figure.shape == Shape::rate) json.key("part").value(figure.part).key("whole").value(figure.whole);
    if (figure.shape == Shape::median || figure.shape == Shape::ninth) json.key("seconds").value(true);
    json.end();
  }
  json.end().key("errata").array();
  for (const auto& erratum : paper.errata) {
    json.object().key("area").value(erratum.area).key("figure").value(erratum.figure);
    json.key("was").value(erratum.was).key("is").value(erratum.is).key("why").value(erratum.why).end();
  }
  json.end().key("bulletin").raw(canonical).end();
  return json.text() + "\n";
}

Result<std::vector<std::filesystem::path>> write_bulletin(const BulletinPaper& paper,
                                                          const std::filesystem::path& folder,
                                                          const std::string& area) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  std::string stem = paper.bulletin.week + (area.empty() ? "" : "-" + area);
  auto file = [&](const char* ending) { return folder / (stem + ending); };
  auto page = bulletin_page(paper);
  if (!page) return page.error();
  auto saved = write_file(file(".html"), *page);
  if (saved) saved = write_file(file(".csv"), bulletin_csv(paper));
  if (saved) saved = write_file(file(".json"), bulletin_json(paper));
  if (saved) saved = write_bulletin_xlsx(paper, file(".xlsx"));
  if (!saved) return saved.error();
  return std::vector<std::filesystem::path>{file(".html"), file(".xlsx"), file(".csv"), file(".json")};
}

}  // namespace linli::app
