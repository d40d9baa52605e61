#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // The place that a story's words leave open; when its verdict was taken back; which claim it turned out
    // to
    // be.
    "alter table claim add column scope integer",
    "alter table claim add column withdrawn_at integer",
    "alter table claim add column merged_into integer",
    "create index claim_open on claim(id) where verdict = '' and merged_into is null",
    "create index claim_known on claim(decided_at) where verdict <> '' and merged_into is null",
    "create index claim_variant_claim on claim_variant(claim)",
    // A wording as it was written; `text_sealed` is what is left of it to compare.
    "alter table claim_variant add column words_sealed text not null default ''",
    // Tellings that a reporter has said to be this story: wordings, once the publicist takes them.
    R"(create table claim_telling (
         id integer primary key, claim integer not null references claim(id), hash text not null,
         text_sealed text not null, times integer not null default 1, at integer not null, unique (claim, hash)))",
};

}  // namespace

std::span<const std::string_view> claims_tables() {
  return tables;
}

}  // namespace linli::store
