// appointments.csv: who does what, from when to when. A row of somebody's appointment that is there already
// changes it: `until` ends it, a substitute, organisation or badge is put in its place.
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"
#include "bot/community/role.hpp"

namespace linli::app {

namespace {

constexpr Time no_end{Seconds{9'000'000'000'000}};

std::string all_roles() {
  std::string text;
  for (int i = 0; i <= static_cast<int>(community::Role::on_call); ++i) {
    text += fmt::format("{}{}", i ? ", " : "", community::name(static_cast<community::Role>(i)));
  }
  return text;
}

}  // namespace

struct Import::AppointmentRow {
  CsvRow row;
  PersonId person, substitute;
  OrganisationId serves;
  AreaId area;
  community::Role role{};
  Time from{}, until = no_end;
  std::string what;  // "appointment grid-hp grid_leader hp"

  std::optional<Time> end() const { return until == no_end ? std::nullopt : std::optional(until); }
};

void Import::appointments() {
  for (const CsvRow& row : rows("appointments.csv", {"person", "role", "area", "from"},
                                {"until", "substitute", "organisation", "badge"})) {
    AppointmentRow read;
    std::optional<community::Role> role;
    bool good = sound([&] {
      for (const char* column : {"person", "role", "area", "from"}) required(row, column);
      read.person = person(row, "person");
      read.substitute = person(row, "substitute");
      if (auto where = area(row, "area")) read.area = where->id;
      read.serves = organisation(row, "organisation");
      role = community::role(row["role"]);
      if (!role && !row["role"].empty()) fault(row, "role", fmt::format("must be one of {}", all_roles()));
      auto first = day(row, "from"), last = day(row, "until");
      if (first) read.from = options_.zone.at(*first, 0);
      if (last) read.until = options_.zone.at(options_.zone.next_day(*last), 0);  // that day still counts
      if (first && last && *last < *first) fault(row, "until", "is before the day in the column from");
      if (read.person && read.substitute == read.person)
        fault(row, "substitute", "is the person themselves; name somebody else");
      if (row["badge"].empty() || !read.person) return;
      auto [owner, is_new] = badges_.try_emplace(std::string(row["badge"]), Badge{read.person, row});
      if (!is_new && owner->second.person != read.person)
        fault(row, "badge", "is on the badge of somebody else above");
    });
    bool complete = read.person && read.area && (row["substitute"].empty() || read.substitute) &&
                    (row["organisation"].empty() || read.serves);
    if (!good || !complete) continue;
    read.row = row;
    read.role = *role;
    read.what = fmt::format("appointment {} {} {}", row["person"], row["role"], row["area"]);
    add_term(read);
  }
  check_badges();
}

/// After all rows, because one of them may take a badge from somebody and another give it to somebody else.
void Import::check_badges() {
  for (const auto& [badge, held] : badges_) {
    if (badge_.one<PersonId>(badge, held.person, options_.now))
      fault(held.row, "badge", "is on the badge of somebody else, appointed before");
  }
}

void Import::add_term(const AppointmentRow& read) {
  if (auto before = same_term(read)) return change_term(read, std::move(*before));
  auto other =
      overlap_.one<AppointmentId>(read.person, community::name(read.role), read.area, read.until, read.from);
  if (other) {
    return fault(read.row, "from",
                 "overlaps with another appointment of this person to the same role in the same area");
  }
  auto id = appointments_.add(read.person, read.role, read.area, read.from, read.end(), read.substitute,
                              read.serves, read.row["badge"]);
  terms_read_.insert(id);
  if (read.end() && *read.end() > options_.now) schedule_end(id, *read.end());
  ++summary_.appointments;
  added(read.what);
}

/// What the person has in hand then goes to whoever comes after, at once.
void Import::schedule_end(AppointmentId id, Time until) {
  dues_.set({fmt::format("appointment:{}:ended", id.value), std::max(until, options_.now), "appointment",
             id.value, "ended"});
}

/// The appointment of the database that the row is about: begun on the same day, or the open one that the row
/// ends. One that this file has named already is another.
std::optional<store::Term> Import::same_term(const AppointmentRow& read) {
  std::optional<store::Term> open;
  for (auto& term : appointments_.terms(read.person)) {
    const auto& one = term.appointment;
    if (one.role != read.role || one.area != read.area || terms_read_.contains(one.id)) continue;
    if (options_.zone.day(term.from) == options_.zone.day(read.from)) return std::move(term);
    if (!term.until && read.end() && term.from < read.until && read.from < no_end) open = std::move(term);
  }
  return open;
}

void Import::change_term(const AppointmentRow& read, store::Term term) {
  auto& one = term.appointment;
  terms_read_.insert(one.id);
  std::vector<std::string_view> columns;
  if (read.end() && term.until != read.end()) {
    columns.push_back("until");
    term.until = read.end();
    schedule_end(one.id, *term.until);
  }
  if (read.substitute && one.substitute != read.substitute) columns.push_back("substitute");
  if (read.substitute) one.substitute = read.substitute;
  if (read.serves && one.organisation != read.serves) columns.push_back("organisation");
  if (read.serves) one.organisation = read.serves;
  if (!read.row["badge"].empty() && term.badge != read.row["badge"]) {
    columns.push_back("badge");
    term.badge = read.row["badge"];
  }
  if (!columns.empty()) appointments_.change(term);
  compared(read.what, columns);
}

}  // namespace linli::app
