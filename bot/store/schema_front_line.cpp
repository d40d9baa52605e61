#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // What the person at the gate writes down: who and what comes in, whom for, and who was refused.
    R"(create table gate_entry (
         id integer primary key, post integer not null references post(id), at integer not null,
         entered_by integer not null references person(id), kind text not null, area integer references area(id),
         words_sealed text not null))",
    "create index gate_entry_post on gate_entry(post, at)",
};

}  // namespace

std::span<const std::string_view> front_line_tables() {
  return tables;
}

}  // namespace linli::store
