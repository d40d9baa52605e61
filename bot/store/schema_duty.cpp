#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // When somebody must stand at a post; see community/duty_hours.
    R"(create table post_hours (
         post integer not null references post(id), weekdays integer not null, start_minute integer not null,
         end_minute integer not null))",
    "create index post_hours_post on post_hours(post)",
    // A post that a ticket opened; and one that is not stood any more, kept for its history.
    "alter table post add column task integer references task(id)",
    "alter table post add column closed_at integer",

    // Rotas; see community/rota. A rota or an override without published_at is a draft: nobody has heard of
    // it.
    R"(create table rota (
         id integer primary key, post integer not null references post(id), advance text not null,
         anchor text not null, published_at integer))",
    "create index rota_post on rota(post)",
    R"(create table rota_slot (
         rota integer not null references rota(id), position integer not null, weekdays integer not null,
         kinds integer not null, start_minute integer not null, end_minute integer not null,
         least integer not null, most integer not null, primary key (rota, position)) without rowid)",
    R"(create table rota_person (
         rota integer not null references rota(id), position integer not null,
         person integer not null references person(id), primary key (rota, position)) without rowid)",
    R"(create table rota_override (
         id integer primary key, rota integer not null references rota(id), slot integer not null,
         day text not null, kind text not null, person integer references person(id),
         instead_of integer references person(id), published_at integer))",
    "create index rota_override_rota on rota_override(rota)",
    // What stood every day at the same hours was a table of its own.
    R"(insert into rota (id, post, advance, anchor, published_at)
         select row_number() over (order by post), post, 'fixed', '2020-01-01', 0
         from (select distinct post from daily_shift))",
    R"(insert into rota_slot (rota, position, weekdays, kinds, start_minute, end_minute, least, most)
         select r.id, row_number() over (partition by d.post order by d.start_minute, d.person) - 1, 127, 7,
         d.start_minute, d.end_minute, 1, 1 from daily_shift d join rota r on r.post = d.post)",
    R"(insert into rota_person (rota, position, person)
         select r.id, row_number() over (partition by d.post order by d.start_minute, d.person) - 1, d.person
         from daily_shift d join rota r on r.post = d.post)",
    "drop table daily_shift",

    // A span at a post that people may stand: at least so many, at most so many. Who asked for one that is
    // full waits, in the order of asking.
    R"(create table opening (
         id integer primary key, post integer not null references post(id), starts_at integer not null,
         ends_at integer not null, least integer not null, most integer not null, closed_at integer,
         unique (post, starts_at, ends_at)))",
    "create index opening_starts on opening(starts_at)",
    R"(create table opening_wait (
         opening integer not null references opening(id), person integer not null references person(id),
         at integer not null, primary key (opening, person)) without rowid)",
    "create index opening_wait_person on opening_wait(person)",
    "drop table if exists shift_wait",

    // How a shift came to be (rota, signup, cover, swap), whose it was before, and what became of it.
    "alter table shift add column made_by text not null default ''",
    "alter table shift add column cover_of integer references shift(id)",
    "alter table shift add column excuse_sealed text not null default ''",
    "alter table shift add column missed_at integer",
    "alter table shift add column corrected_at integer",
    "create index shift_cover_of on shift(cover_of) where cover_of is not null",
    "create index shift_post on shift(post, starts_at)",
    // Who was asked to stand, and what for: in somebody's place (cover, swap; ref is the shift), or a place
    // that is open (signup; ref is the opening, negative).
    R"(create table duty_ask (
         ref integer not null, person integer not null references person(id), what text not null,
         at integer not null, primary key (ref, person)) without rowid)",
};

}  // namespace

std::span<const std::string_view> duty_tables() {
  return tables;
}

}  // namespace linli::store
