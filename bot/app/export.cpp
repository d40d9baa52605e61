#include "bot/app/export.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "bot/app/export_claims.hpp"
#include "bot/app/export_form.hpp"
#include "bot/app/export_tables.hpp"
#include "bot/app/key_file.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"
#include "bot/community/area.hpp"
#include "bot/store/sealed.hpp"
#include "bot/store/statement.hpp"

namespace linli::app {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t most_columns = 20;

using Row = std::array<std::optional<std::string>, most_columns>;

template <std::size_t>
using Text = std::optional<std::string>;

/// Every column as text; a SELECT that has fewer is filled up with NULLs.
template <class Visit, std::size_t... I>
void each_row(store::Statement& statement, const Visit& visit, std::index_sequence<I...>) {
  statement.each<Text<I>...>([&](Text<I>... cell) { visit(Row{std::move(cell)...}); });
}

std::vector<ExportColumn> columns_of(const ExportTable& table, bool personal_data) {
  std::vector<ExportColumn> columns(table.columns.begin(), table.columns.end());
  auto is_personal = [](const ExportColumn& c) { return c.cell == Cell::sealed || c.cell == Cell::person; };
  if (!personal_data) std::erase_if(columns, is_personal);
  return columns;
}

std::string select(const ExportTable& table, const std::vector<ExportColumn>& columns) {
  std::string sql = "select ";
  for (std::size_t i = 0; i < most_columns; ++i) {
    if (i > 0) sql += ", ";
    sql += i < columns.size() ? fmt::format("cast({} as text)", columns[i].sql) : "null";
  }
  return sql + " " + std::string(table.from);
}

using Places = std::map<std::string, std::string>;

/// For each area's id the code of the nearest area that is nobody's home: where something is, said to
/// anybody.
Places places_of(store::Database& db) {
  store::Statement areas(db, "select cast(id as text), code, kind, path from area order by length(path), id");
  Places places;
  areas.each<std::string, std::string, std::string, std::string>(
      [&](std::string id, std::string code, const std::string& kind, const std::string& path) {
        bool home = kind == "household" || kind == "unit";
        auto above = community::ids_of_path(path);
        if (home && above.size() > 1) code = places[std::to_string(above[above.size() - 2].value)];
        places[std::move(id)] = std::move(code);
      });
  return places;
}

/// What the cells of all tables are read with.
struct Reading {
  Zone zone;
  Places places;
  FieldCipher* cipher;
};

/// A cell as people read it; nothing for NULL.
std::optional<std::string> readable(const ExportColumn& column, const std::optional<std::string>& stored,
                                    const Reading& by) {
  if (!stored) return std::nullopt;
  const Zone& zone = by.zone;
  if (column.cell == Cell::sealed)
    return by.cipher && !stored->empty() ? store::open_field(*by.cipher, *stored, column.purpose)
                                         : std::string();
  if (column.cell == Cell::place) {
    auto place = by.places.find(*stored);
    return place == by.places.end() ? std::string() : place->second;
  }
  if (column.cell != Cell::time) return stored;
  Time at{Seconds{std::stoll(*stored)}};
  return fmt::format("{} {}:{:02}", zone.iso_day(zone.day(at)), zone.clock_text(at),
                     at.time_since_epoch().count() % 60);
}

void append_json(std::string& text, const std::vector<ExportColumn>& columns,
                 const std::vector<std::optional<std::string>>& cells) {
  JsonWriter json;
  json.object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    json.key(columns[i].name);
    if (!cells[i])
      json.null();
    else if (columns[i].cell == Cell::number)
      json.raw(*cells[i]);
    else
      json.value(*cells[i]);
  }
  text += json.end().text() + "\n";
}

Result<std::size_t> export_table(store::Database& db, const ExportTable& table, const ExportRun& run,
                                 const Reading& by) {
  auto columns = columns_of(table, run.personal_data);
  std::string csv(byte_order_mark), lines;
  for (std::size_t i = 0; i < columns.size(); ++i) csv += fmt::format("{}{}", i ? "," : "", columns[i].name);
  csv += "\r\n";
  std::size_t count = 0;
  store::Statement statement(db, select(table, columns));
  auto visit = [&](const Row& row) {
    std::vector<std::optional<std::string>> cells;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells.push_back(readable(columns[i], row[i], by));
      csv += (i ? "," : "") + csv_cell(cells.back().value_or(""));
    }
    csv += "\r\n";
    append_json(lines, columns, cells);
    ++count;
  };
  each_row(statement, visit, std::make_index_sequence<most_columns>());
  auto saved = write_file(run.folder / (std::string(table.name) + ".csv"), csv);
  if (saved) saved = write_file(run.folder / (std::string(table.name) + ".jsonl"), lines);
  if (!saved) return saved.error();
  return count;
}

Result<void> run_export(const Settings& settings, const ExportRun& run) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  auto db = store::Database::open({.path = settings.database, .read_only = true});
  if (!db) return db.error();
  SystemRandom random;
  std::unique_ptr<FieldCipher> cipher;
  bool claims_named = std::ranges::find(run.tables, claims_table) != run.tables.end();
  if (run.personal_data || claims_named) {
    auto key = read_or_make_key(settings.key_file, settings.database, random);
    if (!key) return key.error();
    cipher = std::make_unique<FieldCipher>(*key, random);
  }
  std::error_code failed;
  std::filesystem::create_directories(run.folder, failed);
  (*db)->execute("begin");  // all tables as of one moment
  Reading by{*zone, places_of(**db), run.personal_data ? cipher.get() : nullptr};
  for (const ExportTable& table : export_tables()) {
    bool wanted = run.tables.empty() || std::ranges::find(run.tables, table.name) != run.tables.end();
    if (!wanted) continue;
    auto count = export_table(**db, table, run, by);
    if (!count) return count.error();
    fmt::print("{:14} {:>8} rows\n", table.name, *count);
  }
  if (claims_named || (run.tables.empty() && run.personal_data)) {
    auto count = export_claims(**db, *cipher, *zone, run.folder);
    if (!count) return count.error();
    fmt::print("{:14} {:>8} rows\n", claims_table, *count);
  }
  (*db)->execute("commit");
  return {};
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
    cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::vector<std::string> exportable() {
  std::vector<std::string> names;
  for (const auto& table : export_tables()) names.emplace_back(table.name);
  names.emplace_back(claims_table);
  return names;
}

int export_command(Settings settings, const ExportRun& run) {
  if (!run.data.empty()) {
    settings.database = (run.data / "linli.db").string();
    settings.key_file = (run.data / "linli.key").string();
  }
  if (!run.form.empty()) {
    auto rows = export_form(settings, run);
    if (rows) fmt::print("{:14} {:>8} rows\n", run.form, *rows);
    if (!rows) fmt::print(stderr, "{}\n", rows.error().text);
    return rows ? 0 : 1;
  }
  auto exported = run_export(settings, run);
  if (exported) return 0;
  fmt::print(stderr, "{}\n", exported.error().text);
  return 1;
}

}  // namespace linli::app
