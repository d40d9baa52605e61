#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // Households below each area that holds any: the base of every total. Kept by RegisterCounts; what is
    // there
    // already is counted here.
    "create table register_count (area integer primary key references area(id), households integer not null)",
    R"(insert into register_count (area, households)
         with recursive up(household, id) as (select id, parent from area where kind = 'household'
         and parent is not null union all select up.household, a.parent from up join area a on a.id = up.id
         where a.parent is not null) select id, count(*) from up group by id)",

    R"(create table campaign (
         id integer primary key, kind text not null, area integer not null references area(id),
         audience text not null default '', opened_at integer not null, deadline integer not null,
         opened_by integer not null references person(id), leader integer references person(id),
         opening_base integer not null, closed_at integer, closed_by integer references person(id),
         cursor text not null default ''))",
    "create index campaign_running on campaign(area) where closed_at is null",
    // Households of an area in a state, the household's own row included; 'found_ever' counts what was newly
    // found, whatever it is now.
    R"(create table campaign_count (
         campaign integer not null references campaign(id), area integer not null references area(id),
         state text not null, households integer not null, primary key (campaign, area, state)) without rowid)",
    "create index campaign_count_area on campaign_count(area)",
    // The base where it is not the register's: of a kind of households, and of closed campaigns.
    R"(create table campaign_base (
         campaign integer not null references campaign(id), area integer not null references area(id),
         households integer not null, primary key (campaign, area)) without rowid)",
    "create index campaign_base_area on campaign_base(area)",
    // What a household is in a campaign now; none: nothing is known of it yet.
    R"(create table campaign_household (
         campaign integer not null references campaign(id), household integer not null references area(id),
         state text not null, at integer not null, said_by integer references person(id),
         typed_by integer references person(id), via text not null, note_sealed text not null default '',
         primary key (campaign, household)) without rowid)",
    R"(create table campaign_event (
         id integer primary key, campaign integer not null references campaign(id),
         household integer not null references area(id), state text not null, at integer not null,
         said_by integer references person(id), typed_by integer references person(id), via text not null,
         note_sealed text not null default ''))",
    "create index campaign_event_household on campaign_event(household, campaign)",
    R"(create table campaign_asked (
         campaign integer not null references campaign(id), household integer not null references area(id),
         person integer not null references person(id), at integer not null,
         primary key (campaign, household)) without rowid)",
    "create index campaign_asked_person on campaign_asked(person, at)",
    R"(create table campaign_team (
         campaign integer not null references campaign(id), area integer not null references area(id),
         leader integer references person(id), task integer references task(id),
         primary key (campaign, area)) without rowid)",
    // The totals of a day as they were rolled up; `confirmed_at`: frozen.
    R"(create table campaign_day (
         id integer primary key, campaign integer not null references campaign(id),
         area integer not null references area(id), day text not null, at integer not null,
         base integer not null, not_yet integer not null, done integer not null, refused integer not null,
         unreachable integer not null, empty integer not null, moved integer not null, found integer not null,
         found_ever integer not null, confirmed_by integer references person(id), confirmed_at integer,
         unique (campaign, area, day)))",

    // What households have answered, whoever asked: the newest of a question counts while it is valid.
    R"(create table household_answer (
         id integer primary key, household integer not null references area(id), question text not null,
         value_sealed text not null, at integer not null, said_by integer references person(id),
         typed_by integer references person(id), campaign integer references campaign(id)))",
    "create index household_answer_newest on household_answer(household, question, id)",
    "create index household_answer_said_by on household_answer(said_by) where said_by is not null",

    // A household's record that went into another one, and what is put back when that is undone.
    R"(create table household_merge (
         id integer primary key, kept integer not null references area(id), gone integer not null references area(id),
         parent integer not null references area(id), at integer not null, by integer not null references person(id),
         undone_at integer, undone_by integer references person(id)))",
    R"(create table household_merge_row (
         merge integer not null references household_merge(id), what text not null, ref integer not null,
         primary key (merge, what, ref)) without rowid)",
};

}  // namespace

std::span<const std::string_view> campaign_tables() {
  return tables;
}

}  // namespace linli::store
