// `linli import`: a folder of CSV files (config/sample shows all of them) becomes areas, people, members,
// organisations, pairings, appointments, posts, shifts and claims. All rows or none: one transaction, durable
// when import_folder returns. Called by the command, the demo and the transcripts' sample.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/field_cipher.hpp"
#include "bot/base/result.hpp"
#include "bot/store/database.hpp"

namespace linli::app {

struct Settings;

struct ImportOptions {
  Time now{};
  Zone zone;
  bool dry_run = false;  // checks everything, takes nothing
  std::string account;   // the platform account that the openids belong to
  std::filesystem::path area_rules = "config/areas.toml";
  bool beside_house = false;  // a running house is to hear of it: it acts on rows in the table `due`
};

struct ImportSummary {
  int areas{}, people{}, members{}, organisations{}, appointments{}, posts{}, shifts{}, rotas{}, claims{},
      pairings{}, patrol_points{}, questions{};
  int changed{}, ended{}, unchanged{};  // rows of what was there already
  /// One a line: "new person r-1", "changed area hp: name", "ended appointment grid-hp grid_leader hp". Codes
  /// and columns only, never what is in them. Of what is new only the first thousand.
  std::vector<std::string> changes;
  /// "areas.csv: GB18030": files that were not plain UTF-8.
  std::vector<std::string> encodings;
  /// "370 areas, 196 people ...", and behind it what was changed, ended or there already.
  std::string text() const;
};

/// Errc::bad_input names every bad row, one a line: file, line, column, column's name, reason; no cell is
/// repeated in it, because cells hold personal data. Files may be missing, but not all. What is known already
/// is changed where the row says something else; an empty cell changes nothing, and nothing is deleted.
Result<ImportSummary> import_folder(store::Database& db, FieldCipher& cipher, const std::string& folder,
                                    const ImportOptions& options);

struct ImportRun {
  std::string folder;
  bool dry_run = false;
};

/// Prints what was taken; 1 if nothing was, with the reasons on standard error.
int import_command(const Settings& settings, const ImportRun& run);

}  // namespace linli::app
