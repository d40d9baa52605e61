#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // What people meant by words that were not understood, as they said themselves when asked: suggested
    // until an
    // office approves or rejects it. `wording_hash` is keyed; nobody can tell from it what was written, nor
    // by
    // whom.
    R"(create table example (
         id integer primary key, wording_hash text not null, wording_sealed text not null, intent text not null,
         state text not null default 'suggested', times integer not null default 1, first_at integer not null,
         last_at integer not null, decided_by integer references person(id), decided_at integer,
         unique (wording_hash, intent)))",
    "create index example_suggested on example(times desc, last_at) where state = 'suggested'",
    "create index example_state on example(state, last_at)",
};

}  // namespace

std::span<const std::string_view> examples_tables() {
  return tables;
}

}  // namespace linli::store
