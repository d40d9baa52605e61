#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // A place that somebody looks at on their rounds, and when it falls due. A closed one is kept for its
    // visits.
    R"(create table patrol_point (
         id integer primary key, code text not null unique, name text not null,
         area integer not null references area(id), lat real not null, lon real not null, radius_m integer not null,
         every_s integer not null, code_word text not null default '', created_at integer not null,
         due_at integer not null, last_at integer, last_by integer references person(id),
         closed integer not null default 0))",
    "create index patrol_point_due on patrol_point(due_at) where closed = 0",
    "create index patrol_point_area on patrol_point(area)",
    // `how`: location, code, word.
    R"(create table patrol_visit (
         id integer primary key, point integer not null references patrol_point(id),
         person integer not null references person(id), at integer not null, how text not null))",
    "create index patrol_visit_point on patrol_visit(point, at)",

    // An inspection of a compound, courtyard or village; without ended_at it is under way. What was not
    // looked at
    // has no item.
    R"(create table inspection (
         id integer primary key, site integer not null references area(id),
         inspector integer not null references person(id), begun_at integer not null, ended_at integer))",
    "create index inspection_site on inspection(site, begun_at)",
    "create index inspection_under_way on inspection(inspector) where ended_at is null",
    R"(create table inspection_item (
         inspection integer not null references inspection(id), item text not null, good integer not null,
         words_sealed text not null default '', task integer references task(id),
         primary key (inspection, item)) without rowid)",

    // Which version of a guidance card somebody read last: a newer one is pointed out.
    R"(create table guidance_read (
         person integer not null references person(id), card text not null, version integer not null,
         at integer not null, times integer not null default 1, primary key (person, card)) without rowid)",
};

}  // namespace

std::span<const std::string_view> rounds_tables() {
  return tables;
}

}  // namespace linli::store
