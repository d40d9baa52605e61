#include "bot/base/csv.hpp"

#include <algorithm>
#include <csv.h>
#include <fmt/format.h>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include "bot/base/file.hpp"
#include "bot/base/utf8.hpp"

namespace linli {

namespace {

constexpr std::size_t most_bytes = 64 << 20;
constexpr std::size_t most_errors = 200;  // named one by one

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

/// nullopt if the bytes are not GBK (read as GB18030, which contains it).
std::optional<std::string> from_gbk(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UConverter, CloseConverter> gbk(ucnv_open("GB18030", &status));
  std::unique_ptr<UConverter, CloseConverter> utf8(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(gbk.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string out(bytes.size() * 2 + 16,
                  '\0');  // two bytes of GBK become at most three, four of GB18030 four
  char* end = out.data();
  const char* from = bytes.data();
  ucnv_convertEx(utf8.get(), gbk.get(), &end, out.data() + out.size(), &from, bytes.data() + bytes.size(),
                 nullptr, nullptr, nullptr, nullptr, true, true, &status);
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(end - out.data()));
  return out;
}

/// "7:3": line and column of a byte, the column counted by the commas before it.
std::string cell_at(std::string_view text, std::size_t offset) {
  std::string_view before = text.substr(0, offset);
  auto line = before.rfind('\n');
  std::string_view cells = line == before.npos ? before : before.substr(line + 1);
  return fmt::format("{}:{}", 1 + std::ranges::count(before, '\n'), 1 + std::ranges::count(cells, ','));
}

/// Much sound Chinese in UTF-8 and little that is broken: then it is damaged UTF-8, and reading it as GBK
/// would fill the database with nonsense.
bool is_damaged_utf8(std::string_view bytes) {
  std::size_t sound = 0, broken = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::int32_t code = 0;
    U8_NEXT(bytes.data(), at, bytes.size(), code);
    if (code < 0) ++broken;
    if (code >= 0x800) ++sound;
  }
  return sound > broken;
}

struct Decoded {
  std::string text, encoding;
};

Result<Decoded> decode(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Error{Errc::bad_input, fmt::format("{}:1:1: the file is UTF-16; save it as CSV UTF-8", name)};
  }
  bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  if (std::size_t at = bytes.find('\0'); at != bytes.npos) {
    return Error{Errc::bad_input,
                 fmt::format("{}:{}: a NUL byte; this is not a text file", name, cell_at(bytes, at))};
  }
  std::size_t sound = first_invalid_utf8(bytes);
  if (sound == bytes.size()) return Decoded{std::string(bytes), marked ? "UTF-8 with BOM" : "UTF-8"};
  std::optional<std::string> converted;
  if (!marked && !is_damaged_utf8(bytes)) converted = from_gbk(bytes);
  if (converted) return Decoded{std::move(*converted), "GB18030"};
  return Error{Errc::bad_input, fmt::format("{}:{}: not readable as UTF-8 or GBK; save the file as CSV UTF-8",
                                            name, cell_at(bytes, sound))};
}

bool contains(std::initializer_list<std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string_view CsvRow::cell(std::string_view column) const {
  const auto& columns = header_->columns;
  auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end()) return {};
  return cells_[static_cast<std::size_t>(found - columns.begin())];
}

bool CsvRow::has(std::string_view column) const {
  return std::ranges::find(header_->columns, column) != header_->columns.end();
}

Error CsvRow::wrong(std::string_view column, std::string_view reason) const {
  const auto& columns = header_->columns;
  auto at = std::find(columns.begin(), columns.end(), column) - columns.begin() + 1;
  return {Errc::bad_input, fmt::format("{}:{}:{}: {}: {}", header_->file, line_, at, column, reason)};
}

bool CsvFile::has(std::string_view column) const {
  return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
}

Result<void> CsvFile::expect(std::initializer_list<std::string_view> required,
                             std::initializer_list<std::string_view> optional) const {
  std::string text;
  for (std::string_view column : required) {
    if (!has(column)) text += fmt::format("{}:1: column '{}' is missing\n", file_, column);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (contains(required, columns_[i]) || contains(optional, columns_[i])) continue;
    text +=
        fmt::format("{}:1:{}: column '{}' is not known; known are {}{}{}\n", file_, i + 1, columns_[i],
                    fmt::join(required, ", "), optional.size() > 0 ? ", " : "", fmt::join(optional, ", "));
  }
  if (text.empty()) return {};
  text.pop_back();
  return Error{Errc::bad_input, std::move(text)};
}

/// Feeds libcsv line by line, so that each row knows the line on which it began: quoted cells may hold line
/// ends.
class CsvReader {
 public:
  CsvReader(const std::string& name, std::string encoding) : header_(std::make_shared<CsvRow::Header>()) {
    header_->file = name;
    file_.encoding_ = std::move(encoding);
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  }
  ~CsvReader() { csv_free(&parser_); }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  Result<CsvFile> read(std::string_view text) {
    while (!text.empty()) {
      std::size_t end = text.find_first_of("\r\n");
      std::size_t length =
          end == text.npos ? text.size() : end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
      if (auto fed = feed(text.substr(0, length)); !fed) return fed.error();
      text.remove_prefix(length);
    }
    if (csv_fini(&parser_, on_cell, on_row, this) != 0) {
      return refusal(begun_, "a quotation mark that is opened here is never closed");
    }
    return finish();
  }

 private:
  static void on_cell(void* bytes, std::size_t size, void* self) {
    static_cast<CsvReader*>(self)->cells_.emplace_back(static_cast<const char*>(bytes), size);
  }
  static void on_row(int, void* self) { static_cast<CsvReader*>(self)->end_row(); }

  Result<void> feed(std::string_view line) {
    ++line_;
    constexpr int row_not_begun = 0;  // libcsv's first state; it has no function for it
    if (parser_.pstate == row_not_begun) begun_ = line_;
    std::size_t parsed = csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this);
    if (parsed == line.size()) return {};
    if (csv_error(&parser_) != CSV_EPARSE) return refusal(line_, "no memory for a cell this long");
    return refusal(line_,
                   fmt::format("a quotation mark is out of place near character {}; inside quotes it is "
                               "written twice",
                               utf8_length(line.substr(0, parsed)) + 1));
  }

  Error refusal(std::size_t line, std::string_view reason) const {
    return {Errc::bad_input, fmt::format("{}:{}:{}: {}", header_->file, line, cells_.size() + 1, reason)};
  }

  void end_row() {
    std::vector<std::string> cells = std::move(cells_);
    cells_.clear();
    if (header_->columns.empty()) return begin_table(std::move(cells));
    if (cells.size() != header_->columns.size()) {
      std::size_t column = std::min(cells.size(), header_->columns.size()) + 1;
      return add_error(
          column, fmt::format("the row has {} cells, the header {}", cells.size(), header_->columns.size()));
    }
    CsvRow row;
    row.header_ = header_;
    row.line_ = begun_;
    row.cells_ = std::move(cells);
    file_.rows_.push_back(std::move(row));
  }

  void begin_table(std::vector<std::string> columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].empty()) add_error(i + 1, "the column has no name");
      auto earlier = columns.begin() + static_cast<std::ptrdiff_t>(i);
      if (!columns[i].empty() && std::find(columns.begin(), earlier, columns[i]) != earlier) {
        add_error(i + 1, fmt::format("column '{}' appears twice", columns[i]));
      }
    }
    header_->columns = std::move(columns);
  }

  void add_error(std::size_t column, std::string_view reason) {
    if (++error_count_ <= most_errors)
      errors_ += fmt::format("{}:{}:{}: {}\n", header_->file, begun_, column, reason);
  }

  Result<CsvFile> finish() {
    if (header_->columns.empty()) {
      return Error{Errc::bad_input,
                   fmt::format("{}:1: the file is empty; its first line names the columns", header_->file)};
    }
    if (error_count_ == 0) {
      file_.file_ = header_->file;
      file_.columns_ = header_->columns;
      return std::move(file_);
    }
    if (error_count_ > most_errors) errors_ += fmt::format("and {} more\n", error_count_ - most_errors);
    errors_.pop_back();
    return Error{Errc::bad_input, std::move(errors_)};
  }

  csv_parser parser_{};
  std::shared_ptr<CsvRow::Header> header_;
  CsvFile file_;
  std::vector<std::string> cells_;
  std::size_t line_ = 0, begun_ = 1, error_count_ = 0;
  std::string errors_;
};

Result<CsvFile> parse_csv(std::string_view bytes, const std::string& name) {
  if (bytes.size() > most_bytes) {
    return Error{Errc::too_large,
                 fmt::format("{}: more than {} MiB; split the file", name, most_bytes >> 20)};
  }
  auto decoded = decode(bytes, name);
  if (!decoded) return decoded.error();
  return CsvReader(name, decoded->encoding).read(decoded->text);
}

Result<CsvFile> read_csv(const std::string& path) {
  auto bytes = read_file(path, most_bytes);
  if (!bytes) return bytes.error();
  return parse_csv(*bytes, path);
}

}  // namespace linli
