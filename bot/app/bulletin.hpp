// `linli bulletin`: a week's bulletin as files, or as lines on the terminal. An issued one is written as it
// was issued, with its errata; otherwise, or with --recount, it is counted now. From an export it is always
// counted. Read-only; a running server is not disturbed.
#pragma once

#include <filesystem>
#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct BulletinRun {
  std::string week;                   // "2026-W10"; empty: the last that is over
  std::string area;                   // code; empty: everywhere
  std::filesystem::path out;          // empty: the terminal
  std::filesystem::path from_export;  // a folder of `linli export` instead of the database
  std::filesystem::path data;  // a folder that simulate or the demo made, instead of the settings' database
  bool recount = false;
};

/// 0; 1 with the reason on standard error if something could not be read or written.
int bulletin_command(Settings settings, const BulletinRun& run);

}  // namespace linli::app
