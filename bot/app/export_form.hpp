// `linli export FOLDER --form NAME`: a department's form of a campaign, a line a household, from the one
// register that all forms share. Which columns it has stands in config/campaigns/forms/NAME.toml. Read-only;
// never a formula to a spreadsheet.
#pragma once

#include "bot/app/export.hpp"

namespace linli::app {

/// Rows written into FOLDER/NAME.csv. Errc::bad_config if the form asks for what there is not, or for
/// personal data that were not allowed.
Result<std::size_t> export_form(const Settings& settings, const ExportRun& run);

}  // namespace linli::app
