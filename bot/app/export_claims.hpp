// `linli export`: the stories with a verdict as claims.csv and claims.jsonl, in the form that `linli import`
// takes. Only what is told to whoever asks: neither those being checked, whose words are a reporter's, nor
// those whose verdict was taken back. Written when the table is named, or with all personal data: stories are
// sealed, so it needs the key.
#pragma once

#include <filesystem>

#include "bot/base/clock.hpp"
#include "bot/base/field_cipher.hpp"
#include "bot/base/result.hpp"
#include "bot/store/database.hpp"

namespace linli::app {

inline constexpr std::string_view claims_table = "claims";

/// Rows written. Errc::storage if a file cannot be.
Result<std::size_t> export_claims(store::Database& db, FieldCipher& cipher, const Zone& zone,
                                  const std::filesystem::path& folder);

}  // namespace linli::app
