#include "bot/store/schema_parts.hpp"

namespace linli::store {

std::span<const std::string_view> language_tables() {
  return {};
}

}  // namespace linli::store
