#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // What is written down at the gate: who and what comes in, whom for, and who was refused. `site` is the
    // compound, courtyard or village; numbers begin at 1 each day. An officer writes without a post.
    R"(create table gate_entry (
         id integer primary key, site integer not null references area(id), post integer references post(id),
         day text not null, number integer not null, at integer not null,
         entered_by integer not null references person(id), kind text not null, place integer references area(id),
         words_sealed text not null, state text not null default 'kept', unique (site, day, number)))",
    "create index gate_entry_at on gate_entry(at)",
    "create index gate_entry_by on gate_entry(entered_by, at)",

    // A household whose members stay at home for so many days, the first one included.
    R"(create table observation (
         id integer primary key, household integer not null references area(id), from_day text not null,
         days integer not null, from_place_sealed text not null default '', entry integer,
         started_by integer not null references person(id), ended_at integer))",
    "create index observation_running on observation(household) where ended_at is null",
};

}  // namespace

std::span<const std::string_view> front_line_tables() {
  return tables;
}

}  // namespace linli::store
