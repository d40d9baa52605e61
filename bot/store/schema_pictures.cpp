#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // Pictures whose words somebody waits for: the platform's handle, never the picture. A row leaves in the
    // commit that acted on what was read, or when nobody waits any more; seconds, not days.
    R"(create table picture (
         id integer primary key, contact integer not null references contact(id), media_sealed text not null,
         sent_at integer not null, tries integer not null default 0))",
    "create index picture_contact on picture(contact)",
};

}  // namespace

std::span<const std::string_view> picture_tables() {
  return tables;
}

}  // namespace linli::store
