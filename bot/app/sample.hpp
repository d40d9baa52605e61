// A community folder (config/sample): the CSV files that import reads, and cast.toml, which says who plays
// whom in transcripts and the demo, whose officers hear of people whose place is not known, and the emergency
// levels.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "bot/base/result.hpp"
#include "bot/store/ledgers.hpp"

namespace linli::app {

struct Sample {
  std::filesystem::path folder;
  std::map<std::string, std::string> cast;  // name -> code in people.csv
  std::string intake_area;
  std::map<std::string, std::string> levels;  // area code -> level
};

Result<Sample> read_sample(const std::filesystem::path& folder);

/// Imports the folder's CSV files and sets the levels, as of `now`.
Result<void> fill(store::Database& db, FieldCipher& cipher, const Sample& sample, const Zone& zone, Time now,
                  const std::string& account, const std::filesystem::path& area_rules = "config/areas.toml");

/// The openid of somebody of the cast; Errc::not_found if the sample has none.
Result<std::string> openid_of(store::PersonLedger& people, const Sample& sample, const std::string& name);

}  // namespace linli::app
