#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // A unit stationed here that helps: shop, clinic, police, property firm, city management ...
    R"(create table organisation (
         id integer primary key, code text not null unique, name text not null, kind text not null,
         area integer not null references area(id)))",
    "create index organisation_area on organisation(area)",
    // Whom an appointment serves for (joint defenders), and the number on the badge that people may ask for.
    "alter table appointment add column organisation integer references organisation(id)",
    "create index appointment_organisation on appointment(organisation) where organisation is not null",
    "alter table appointment add column badge text not null default ''",
    // Ill or away: the appointments stay, the substitutes stand in.
    R"(create table absence (
         id integer primary key, person integer not null references person(id), from_at integer not null,
         until_at integer, why text not null, created_by integer, created_at integer not null))",
    "create index absence_person on absence(person)",
    // Every change of an area's emergency level, for ever.
    R"(create table level_change (
         id integer primary key, area integer not null references area(id), level text not null,
         before text not null default '', at integer not null, person integer))",
    "create index level_change_area on level_change(area, at)",
};

constexpr std::string_view names[] = {
    // Counts the changes of names that people say, so that what was read of them once is kept until then.
    "create table area_names (version integer not null)",
    "insert into area_names (version) values (0)",
};

}  // namespace

std::span<const std::string_view> organisation_tables() {
  return tables;
}
std::span<const std::string_view> area_names_tables() {
  return names;
}

}  // namespace linli::store
