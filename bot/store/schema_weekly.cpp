#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // A week's bulletin. Without issued_at it is a draft of the running week, counted until until_at; an
    // issued one
    // is never written again.
    R"(create table bulletin (
         week text primary key, until_at integer not null, issued_at integer, body text not null,
         sha256 text not null) without rowid)",
    // What later data show to be otherwise than it was issued; the newest row of a figure holds.
    R"(create table bulletin_erratum (
         id integer primary key, week text not null, area text not null, figure text not null, was integer not null,
         now_is integer not null, why text not null, found_at integer not null))",
    "create index bulletin_erratum_week on bulletin_erratum(week)",

    // What somebody owed in a week and what became of it; made once when the week is over. `standing`: good,
    // fault,
    // excused, undelivered, handed_over. `proof`: how delivery is proved; only a fault needs it. Superiors
    // see a
    // fault from visible_at on, which is set when the person has been told.
    R"(create table assessment_item (
         id integer primary key, person integer not null references person(id), week text not null,
         at integer not null, area integer references area(id), outcome text not null, standing text not null,
         what text not null default '', task integer references task(id), shift integer references shift(id), proof text not null default '',
         proved_at integer, number integer not null default 0, told_at integer, visible_at integer,
         objection integer references task(id), decided text not null default '', decided_by integer,
         decided_at integer))",
    "create unique index assessment_item_of on assessment_item(person, outcome, coalesce(task, 0), "
    "coalesce(shift, 0), at)",
    "create index assessment_item_week on assessment_item(week)",
    "create index assessment_item_objection on assessment_item(objection) where objection is not null",
    "create table assessment_week (week text primary key, made_at integer not null) without rowid",
    // What a named person decided after looking: praise, criticism, adjustment.
    R"(create table assessment_decision (
         id integer primary key, person integer not null references person(id), kind text not null,
         reason_sealed text not null default '', decided_by integer not null references person(id),
         at integer not null))",
    "create index assessment_decision_person on assessment_decision(person, at)",
};

}  // namespace

std::span<const std::string_view> weekly_tables() {
  return tables;
}

}  // namespace linli::store
