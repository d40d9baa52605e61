#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // The district's question list: what anybody may read, so nothing is sealed. `wordings` is "a|b|c";
    // `title_key` what is left of the first to compare: entries with the same one answer the same question
    // for
    // other areas or at other levels. Days are "2026-02-20". `version` rises with each new answer.
    R"(create table question (
         id integer primary key, code text not null unique, wordings text not null, title_key text not null,
         answer text not null, source text not null default '', dated text not null default '',
         valid_until text not null default '', area integer references area(id), levels text not null default '',
         withdrawn integer not null default 0, version integer not null default 1,
         changed_at integer not null, changed_by integer references person(id)))",
    "create index question_title on question(title_key)",
    // Who was answered what by the list, and when last.
    R"(create table question_told (
         id integer primary key, question integer not null references question(id), person integer not null,
         at integer not null, told_at integer, told text not null default '',
         unique (question, person)))",

    // What the list does not know and an officer was asked: one task, however many ask. Equal words of one
    // place are found by keyed hash. `open` until it is answered.
    R"(create table asked_question (
         id integer primary key, task integer not null unique references task(id),
         scope integer references area(id), hash text not null, text_sealed text not null,
         open integer not null default 1))",
    "create index asked_question_open on asked_question(hash) where open = 1",
    R"(create table asked_question_by (
         id integer primary key, asked integer not null references asked_question(id), person integer not null,
         at integer not null, told_at integer, told text not null default '',
         unique (asked, person)))",
};

}  // namespace

std::span<const std::string_view> question_tables() {
  return tables;
}

}  // namespace linli::store
