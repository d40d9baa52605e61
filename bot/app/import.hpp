// `linli import`: a folder of CSV files (config/sample shows all of them) becomes areas, people, members,
// appointments, posts, shifts and claims. All rows or none: one transaction, durable when import_folder
// returns. Called by the command, the demo and the transcripts' sample.
#pragma once

#include <string>

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
};

struct ImportSummary {
  int areas{}, people{}, members{}, appointments{}, posts{}, shifts{}, rotas{}, claims{};
  /// "370 areas, 196 people ..."
  std::string text() const;
};

/// Errc::bad_input names every bad row, one a line: file, line, column, column's name, reason; no cell is
/// repeated in it, because cells hold personal data. Files may be missing, but not all; what is known already
/// is refused.
Result<ImportSummary> import_folder(store::Database& db, FieldCipher& cipher, const std::string& folder,
                                    const ImportOptions& options);

struct ImportRun {
  std::string folder;
  bool dry_run = false;
};

/// Prints what was taken; 1 if nothing was, with the reasons on standard error.
int import_command(const Settings& settings, const ImportRun& run);

}  // namespace linli::app
