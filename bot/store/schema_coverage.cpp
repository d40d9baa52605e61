#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // When somebody last entered a check-in for others; the check-ins of people themselves are not in it.
    "create index checkin_entered_by on checkin(entered_by, at) where entered_by is not null",
};

}  // namespace

std::span<const std::string_view> coverage_tables() {
  return tables;
}

}  // namespace linli::store
