// The bulletin as a workbook: all figures, what each counts, and the errata. Only numbers and text are
// written.
#include <fmt/format.h>
#include <memory>
#include <xlsxwriter.h>

#include "bot/app/bulletin_files.hpp"

namespace linli::app {

namespace {

using community::figures;
using community::Shape;

struct Formats {
  lxw_format *head, *number, *rate, *text, *title;
};

Formats make_formats(lxw_workbook* book) {
  Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                  workbook_add_format(book), workbook_add_format(book)};
  format_set_bold(formats.head);
  format_set_text_wrap(formats.head);
  format_set_bottom(formats.head, LXW_BORDER_THIN);
  format_set_align(formats.head, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(formats.number, "0");
  format_set_num_format(formats.rate, "0.0%");
  format_set_text_wrap(formats.text);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 14);
  return formats;
}

lxw_col_t column(std::size_t number) {
  return static_cast<lxw_col_t>(number);
}
lxw_row_t row(std::size_t number) {
  return static_cast<lxw_row_t>(number);
}

std::string head_of(const community::Figure& figure) {
  bool span = figure.shape == Shape::median || figure.shape == Shape::ninth;
  std::string_view unit = span ? "分钟" : figure.unit;
  return fmt::format("{}\n{}（{}）", figure.section, figure.title, unit);
}

void write_value(lxw_worksheet* sheet, lxw_row_t at, lxw_col_t in, const community::BulletinLine& line,
                 std::size_t figure, const Formats& formats) {
  auto value = community::value_of(line, figure);
  if (!value) return;
  auto number = static_cast<double>(*value);
  switch (figures()[figure].shape) {
    case Shape::count:
      worksheet_write_number(sheet, at, in, number, formats.number);
      break;
    case Shape::rate:
      worksheet_write_number(sheet, at, in, number / 1000, formats.rate);
      break;
    default:
      worksheet_write_number(sheet, at, in, static_cast<double>(*value / 60), formats.number);
  }
}

void write_figures(lxw_workbook* book, const BulletinPaper& paper, const Formats& formats) {
  auto* sheet = workbook_add_worksheet(book, "通报");
  worksheet_write_string(sheet, 0, 0, bulletin_title(paper.bulletin).c_str(), formats.title);
  std::string span = fmt::format("{} 至 {}", paper.bulletin.from, paper.bulletin.until);
  worksheet_write_string(sheet, 1, 0, span.c_str(), nullptr);
  constexpr std::size_t head = 3, first = 4;
  const char* names[] = {"地方", "代码", "上级", "层"};
  for (std::size_t i = 0; i < std::size(names); ++i)
    worksheet_write_string(sheet, row(head), column(i), names[i], formats.head);
  for (std::size_t i = 0; i < figures().size(); ++i)
    worksheet_write_string(sheet, row(head), column(first + i), head_of(figures()[i]).c_str(), formats.head);
  for (std::size_t l = 0; l < paper.bulletin.lines.size(); ++l) {
    const auto& line = paper.bulletin.lines[l];
    lxw_row_t at = row(head + 1 + l);
    std::string name = std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.name;
    worksheet_write_string(sheet, at, 0, name.c_str(), nullptr);
    worksheet_write_string(sheet, at, 1, line.code.c_str(), nullptr);
    worksheet_write_string(sheet, at, 2, line.parent.c_str(), nullptr);
    worksheet_write_number(sheet, at, 3, line.depth, formats.number);
    for (std::size_t i = 0; i < figures().size(); ++i)
      write_value(sheet, at, column(first + i), line, i, formats);
  }
  worksheet_set_column(sheet, 0, 0, 24, nullptr);
  worksheet_set_column(sheet, column(first), column(first + figures().size()), 11, nullptr);
  worksheet_freeze_panes(sheet, row(head + 1), 1);
  worksheet_set_landscape(sheet);
}

void write_meanings(lxw_workbook* book, const Formats& formats) {
  auto* sheet = workbook_add_worksheet(book, "怎么算");
  const char* heads[] = {"类", "数", "单位", "算的是什么", "名称"};
  for (std::size_t i = 0; i < std::size(heads); ++i)
    worksheet_write_string(sheet, 0, column(i), heads[i], formats.head);
  for (std::size_t i = 0; i < figures().size(); ++i) {
    const auto& figure = figures()[i];
    const std::string_view cells[] = {figure.section, figure.title, figure.unit, figure.counts, figure.id};
    for (std::size_t c = 0; c < std::size(cells); ++c)
      worksheet_write_string(sheet, row(i + 1), column(c), std::string(cells[c]).c_str(), formats.text);
  }
  worksheet_set_column(sheet, 1, 1, 18, nullptr);
  worksheet_set_column(sheet, 3, 3, 70, nullptr);
  worksheet_set_column(sheet, 4, 4, 22, nullptr);
}

void write_errata(lxw_workbook* book, const BulletinPaper& paper, const Formats& formats) {
  if (paper.errata.empty()) return;
  auto* sheet = workbook_add_worksheet(book, "更正");
  const char* heads[] = {"代码", "数", "签发时", "现在", "原因"};
  for (std::size_t i = 0; i < std::size(heads); ++i)
    worksheet_write_string(sheet, 0, column(i), heads[i], formats.head);
  for (std::size_t i = 0; i < paper.errata.size(); ++i) {
    const auto& erratum = paper.errata[i];
    worksheet_write_string(sheet, row(i + 1), 0, erratum.area.c_str(), nullptr);
    worksheet_write_string(sheet, row(i + 1), 1, erratum.figure.c_str(), nullptr);
    worksheet_write_number(sheet, row(i + 1), 2, static_cast<double>(erratum.was), formats.number);
    worksheet_write_number(sheet, row(i + 1), 3, static_cast<double>(erratum.is), formats.number);
    worksheet_write_string(sheet, row(i + 1), 4, erratum.why.c_str(), nullptr);
  }
}

}  // namespace

Result<void> write_bulletin_xlsx(const BulletinPaper& paper, const std::filesystem::path& file) {
  lxw_workbook* book = workbook_new(file.c_str());
  if (!book) return Error{Errc::storage, fmt::format("{}: cannot be written", file.string())};
  std::string title = bulletin_title(paper.bulletin);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.created = paper.dated.time_since_epoch().count();
  workbook_set_properties(book, &properties);
  Formats formats = make_formats(book);
  write_figures(book, paper, formats);
  write_meanings(book, formats);
  write_errata(book, paper, formats);
  lxw_error failed = workbook_close(book);
  if (failed == LXW_NO_ERROR) return {};
  return Error{Errc::storage, fmt::format("{}: {}", file.string(), lxw_strerror(failed))};
}

}  // namespace linli::app
