// Sealed columns: empty stays empty, so that "not told" needs no key; everything else is FieldCipher's text
// under the purpose "table.column".
#pragma once

#include <string>
#include <string_view>

#include "bot/base/field_cipher.hpp"
#include "bot/store/database.hpp"

namespace linli::store {

inline std::string seal_field(FieldCipher& cipher, std::string_view plain, std::string_view purpose) {
  return plain.empty() ? std::string{} : cipher.seal(plain, purpose);
}

/// Throws StorageError for a field that does not open: reading on as if it were empty would overwrite it.
inline std::string open_field(FieldCipher& cipher, std::string_view sealed, std::string_view purpose) {
  constexpr int corrupt = 11;
  if (sealed.empty()) return {};
  auto plain = cipher.open(sealed, purpose);
  if (!plain) throw StorageError(corrupt, plain.error().text);
  return std::move(plain).value();
}

}  // namespace linli::store
