// A bulletin as files: printable page with charts, XLSX, CSV, JSON. The same bulletin gives the same bytes:
// no clock, no order but that of the lines, one way to write a number.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/community/bulletin.hpp"

namespace linli::app {

struct BulletinPaper {
  community::Bulletin bulletin;  // the first line is the whole
  std::vector<community::Erratum> errata;
  Time dated{};  // the week's end: what the XLSX says it was made
};

/// Every figure of every line, as tables and charts in one file that needs nothing beside it. Errc::not_found
/// if the page's script or style is not where the program runs.
Result<std::string> bulletin_page(const BulletinPaper& paper);
/// A line an area, a column a figure: numbers as they are, rates in per cent, spans in seconds.
std::string bulletin_csv(const BulletinPaper& paper);
/// The canonical JSON with what each figure counts and the errata.
std::string bulletin_json(const BulletinPaper& paper);
/// Numbers are numbers, and there is no formula. Errc::storage if the file cannot be written.
Result<void> write_bulletin_xlsx(const BulletinPaper& paper, const std::filesystem::path& file);

/// "2026-W10.html", ".xlsx", ".csv", ".json" in the folder, which is made if missing; with the area's code
/// behind the week unless it is the whole.
Result<std::vector<std::filesystem::path>> write_bulletin(const BulletinPaper& paper,
                                                          const std::filesystem::path& folder,
                                                          const std::string& area);

/// "安和区周通报 2026 年第 10 周（2026-03-02 至 2026-03-08）".
std::string bulletin_title(const community::Bulletin& bulletin);

}  // namespace linli::app
