#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
    // When somebody must stand at a post; see community/duty_hours.
    R"(create table post_hours (
         post integer not null references post(id), weekdays integer not null, start_minute integer not null,
         end_minute integer not null))",
    "create index post_hours_post on post_hours(post)",
    // Who asked for a shift and could not have it yet, in the order of asking.
    R"(create table shift_wait (
         shift integer not null references shift(id), person integer not null references person(id),
         at integer not null, primary key (shift, person)) without rowid)",
};

}  // namespace

std::span<const std::string_view> duty_tables() {
  return tables;
}

}  // namespace linli::store
