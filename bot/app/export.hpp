// `linli export`: the facts as CSV (UTF-8 with a byte-order mark, as Excel opens it) and as JSON lines, a
// file of each a table, so that anybody can count again. Read-only; a running server is not disturbed. People
// are numbers and households are counted at their building, unless personal data are asked for and the key is
// at hand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/app/settings.hpp"

namespace linli::app {

struct ExportRun {
  std::filesystem::path folder;
  std::vector<std::string> tables;  // empty: all
  bool personal_data = false;
  std::string form;            // of config/campaigns/forms, instead of the tables
  std::int64_t campaign = 0;   // its number; nought: the newest of the form's kind
  std::filesystem::path data;  // a folder that simulate or the demo made, instead of the settings' database
};

/// The names that --tables takes.
std::vector<std::string> exportable();

/// 0; 1 with the reason on standard error if something could not be read or written.
int export_command(Settings settings, const ExportRun& run);

/// One cell as it stands in the file: never a formula to a spreadsheet, quoted where it must be.
std::string csv_cell(std::string_view text);

}  // namespace linli::app
