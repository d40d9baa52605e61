// Which columns of which table are exported, and which of them are personal data.
#pragma once

#include <span>
#include <string_view>

namespace linli::app {

enum class Cell {
  number,
  text,
  time,    // seconds, written as local time
  place,   // an area's id, written as the code of the nearest area that is nobody's home
  sealed,  // personal data, opened with the key
  person,  // personal data that lie open: an address, a household
};

struct ExportColumn {
  std::string_view name;
  std::string_view sql;
  Cell cell{};
  std::string_view purpose = {};  // of a sealed one
};

struct ExportTable {
  std::string_view name;
  std::string_view from;  // the rest of the SELECT
  std::span<const ExportColumn> columns;
};

std::span<const ExportTable> export_tables();

}  // namespace linli::app
