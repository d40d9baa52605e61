#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // With the time, because by night many rows wait for the morning and are passed over.
    "drop index outbox_due_contact",
    "create index outbox_due_contact on outbox(contact, not_before) where state = 'due'",
};

constexpr std::string_view window[] = {
    // What was sent inside a window shortly before a message came late: it is gone from the window that the
    // message opened when it was written.
    "alter table contact add column spent integer not null default 0",
    "alter table contact add column spent_at integer not null default 0",
};

}  // namespace

std::span<const std::string_view> outbox_tables() {
  return tables;
}
std::span<const std::string_view> window_tables() {
  return window;
}

}  // namespace linli::store
