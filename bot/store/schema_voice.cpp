#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // What a publicist or officer writes once for many. The chat calls it by its id. `cursor`: the person up
    // to
    // whom the audience has been told; it moves in the turn that told them.
    R"(create table notice (
         id integer primary key, area integer not null references area(id), audience text not null,
         roles text not null default '', care_kind text not null default '',
         author integer not null references person(id), text_sealed text not null, must_ack integer not null default 0,
         ack_until integer, state text not null, created_at integer not null, send_at integer not null,
         started_at integer, finished_at integer, ended_at integer, cursor integer not null default 0,
         corrects integer references notice(id)))",
    "create index notice_author on notice(author)",
    "create index notice_area on notice(area)",
    "create index notice_started on notice(started_at) where started_at is not null",
    // Whom it was for and what became of it: told, held (over the week's cap), quiet, unreachable. `outcome`
    // is
    // what the platform said, copied from the outbox before its rows are forgotten.
    R"(create table notice_reader (
         notice integer not null references notice(id), person integer not null references person(id),
         area integer references area(id), state text not null, at integer not null,
         task integer references task(id), outcome text not null default '',
         primary key (notice, person)) without rowid)",
    // Sends used by notices a local day, against the quota.
    "create table notice_day (day text primary key, sends integer not null) without rowid",

    // What a suggestion has beyond its task: by when an answer was promised, and who and what it is about.
    R"(create table suggestion (
         task integer primary key references task(id), answer_by integer not null, deputy integer not null default 0,
         about text not null default '', overdue_at integer))",

    // What was said to a person of our own accord, by local day: messages, those of them that want an answer,
    // those that were neither urgent nor the person's own matter, and what was held back over the week's cap.
    R"(create table burden (
         person integer not null references person(id), day_at integer not null,
         messages integer not null default 0, questions integer not null default 0,
         prompts integer not null default 0, held integer not null default 0,
         primary key (person, day_at)) without rowid)",
    "create index burden_day on burden(day_at)",

    // An organisation helps an area: 结对子.
    R"(create table pairing (
         id integer primary key, organisation integer not null references organisation(id),
         area integer not null references area(id), from_at integer not null, until_at integer,
         created_by integer references person(id)))",
    "create unique index pairing_running on pairing(organisation, area) where until_at is null",
    "create index pairing_area on pairing(area)",
    // Who takes part in an activity, for which organisation (none: for themselves).
    R"(create table enlistment (
         id integer primary key, person integer not null references person(id),
         organisation integer references organisation(id), activity text not null, from_at integer not null,
         until_at integer))",
    "create unique index enlistment_running on enlistment(person, activity) where until_at is null",
    "create index enlistment_activity on enlistment(activity)",
    // What somebody did is counted by outcome, a week at a time.
    "create index task_confirmed on task(closed_at) where closed_how = 'confirmed'",
    "create index care_contact_at on care_contact(at)",
};

}  // namespace

std::span<const std::string_view> voice_tables() {
  return tables;
}

}  // namespace linli::store
