#include "bot/store/schema_parts.hpp"

namespace linli::store {

namespace {

constexpr std::string_view tables[] = {
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
