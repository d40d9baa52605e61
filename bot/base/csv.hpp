// CSV that offices edit: a header row, then rows, in UTF-8 (with or without BOM) or GBK as Excel saves it.
// `linli import` reads with this; it takes all rows or none, so errors collect instead of stopping at the
// first.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"

namespace linli {

/// One row. Cells are trimmed unless quoted, and valid UTF-8.
class CsvRow {
 public:
  /// Where the row begins; the header row is line 1 unless empty lines precede it.
  std::size_t line() const { return line_; }
  /// The cell below a column's name; empty if the file has no such column.
  std::string_view cell(std::string_view column) const;
  std::string_view operator[](std::string_view column) const { return cell(column); }
  /// Does the file have this column?
  bool has(std::string_view column) const;

  /// "people.csv:12:3: phone: <reason>". The reason must not repeat the cell: it can be personal data.
  [[nodiscard]] Error wrong(std::string_view column, std::string_view reason) const;

 private:
  friend class CsvReader;
  struct Header {
    std::string file;
    std::vector<std::string> columns;
  };
  std::shared_ptr<const Header> header_;
  std::size_t line_ = 0;
  std::vector<std::string> cells_;
};

class CsvFile {
 public:
  const std::string& file() const { return file_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<CsvRow>& rows() const { return rows_; }
  bool has(std::string_view column) const;
  /// What the bytes were: "UTF-8", "UTF-8 with BOM" or "GB18030".
  const std::string& encoding() const { return encoding_; }

  /// Errc::bad_input naming every column of `required` that is missing and every one that is in neither list.
  [[nodiscard]] Result<void> expect(std::initializer_list<std::string_view> required,
                                    std::initializer_list<std::string_view> optional = {}) const;

 private:
  friend class CsvReader;
  std::string file_;
  std::vector<std::string> columns_;
  std::vector<CsvRow> rows_;
  std::string encoding_;
};

/// Errc::not_found; Errc::too_large above 64 MiB; Errc::bad_input: neither UTF-8 nor GBK, a broken quote, no
/// header, a column twice, rows longer or shorter than the header (all of them, one a line, as
/// "file:line:column: reason").
Result<CsvFile> read_csv(const std::string& path);
/// The same from memory; `name` stands for the file in errors.
Result<CsvFile> parse_csv(std::string_view bytes, const std::string& name);

}  // namespace linli
