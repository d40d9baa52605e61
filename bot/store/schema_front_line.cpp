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

    // Who is looked after: one running row a household. What kind of people (their health) and whom is
    // sealed.
    // `observed_until`: under home observation too, every day until then.
    R"(create table care (
         id integer primary key, household integer not null references area(id), state text not null,
         categories_sealed text not null default '', every_days integer not null, role text not null default '',
         carer integer references person(id), consent text not null default '', created_by integer not null,
         created_at integer not null, asked_by integer references person(id), next_day text not null default '',
         reminded_day text not null default '', no_answers integer not null default 0,
         observed_until integer not null default 0, ended_at integer))",
    "create unique index care_household on care(household) where state <> 'ended'",
    R"(create table care_contact (
         id integer primary key, care integer not null references care(id), day text not null, at integer not null,
         person integer references person(id), how text not null, words_sealed text not null default ''))",
    "create index care_contact_care on care_contact(care, day)",
    // A talk that is to be gone on with: asked about again on that day.
    R"(create table care_follow (
         id integer primary key, care integer not null references care(id), day text not null,
         words_sealed text not null, done_at integer))",
    "create index care_follow_care on care_follow(care) where done_at is null",

    // A part of a task that another unit does, or its hand-off to them.
    R"(create table task_part (
         parent integer not null references task(id), child integer not null references task(id),
         organisation integer not null, deadline integer, primary key (parent, child)) without rowid)",
    "create index task_part_child on task_part(child)",
    // Who reported the same as the reporter: hears of every state, may confirm and reopen. `merged` is their
    // own report, closed as merged.
    R"(create table task_follower (
         task integer not null references task(id), merged integer not null references task(id),
         person integer not null references person(id), primary key (task, merged)) without rowid)",
    "create index task_follower_person on task_follower(person)",
    // Two reports that look like the same, asked about once.
    R"(create table task_double (
         id integer primary key, first integer not null references task(id), second integer not null references task(id),
         state text not null, decided_by integer references person(id), at integer not null,
         unique (first, second)))",
    "create index task_double_by on task_double(decided_by, at) where decided_by is not null",
};

constexpr std::string_view prolonged[] = {
    // Taking back the last part or hand-off asks for it.
    "create index task_event_part on task_event(actor, at) where what = 'part_asked'",
    // A later returnee prolongs an observation; what it was before, for taking that back.
    "alter table observation add column longer_by integer not null default 0",
    "alter table observation add column days_before integer not null default 0",
};

}  // namespace

std::span<const std::string_view> front_line_tables() {
  return tables;
}
std::span<const std::string_view> prolonged_tables() {
  return prolonged;
}

}  // namespace linli::store
