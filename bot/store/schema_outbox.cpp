#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // With the time, because by night many rows wait for the morning and are passed over.
    "drop index outbox_due_contact",
    "create index outbox_due_contact on outbox(contact, not_before) where state = 'due'",
};

}  // namespace

std::span<const std::string_view> outbox_tables() {
  return tables;
}

}  // namespace linli::store
