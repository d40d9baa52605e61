// people.csv, members.csv, organisations.csv, appointments.csv: who is who, who lives where, who does what.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "bot/app/import_rows.hpp"
#include "bot/community/role.hpp"

namespace linli::app {

namespace {

constexpr Time no_end{Seconds{9'000'000'000'000}};

bool is_phone(std::string_view cell) {
  auto digits = std::ranges::count_if(cell, [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 7 && digits <= 15 && cell.find_first_not_of("0123456789+- ") == cell.npos;
}

std::string all_roles() {
  std::string text;
  for (int i = 0; i <= static_cast<int>(community::Role::on_call); ++i) {
    text += fmt::format("{}{}", i ? ", " : "", community::name(static_cast<community::Role>(i)));
  }
  return text;
}

std::string all_organisation_kinds() {
  std::string text;
  for (std::size_t i = 0; i < community::organisation_kinds; ++i) {
    text += fmt::format("{}{}", i ? ", " : "", community::name(static_cast<store::OrganisationKind>(i)));
  }
  return text;
}

}  // namespace

void Import::people() {
  std::set<std::string> openids;
  for (const CsvRow& row : rows("people.csv", {"code", "name"}, {"phone", "openid", "household"})) {
    std::string code, name;
    std::optional<store::Area> home;
    std::string phone(row["phone"]), openid(row["openid"]);
    bool good = sound([&] {
      code = new_code(row, "code", person_codes_,
                      [&](const auto& known) { return people_.find_by_code(known).has_value(); });
      name = required(row, "name");
      home = household(row, "household");
      if (!phone.empty() && !is_phone(phone))
        fault(row, "phone", "is no phone number: 7 to 15 digits, with + - and blanks");
      if (openid.empty()) return;
      if (options_.account.empty())
        fault(row, "openid", "belongs to an account, and none is configured: see [account] in the settings");
      if (!openids.insert(openid).second)
        return fault(row, "openid", "stands in the file twice; it belongs to one person");
      if (std::get<0>(*openid_.one<std::int64_t>(options_.account, openid)) > 0) {
        fault(row, "openid", "belongs to somebody in the database already");
      }
    });
    if (!good) continue;
    PersonId id = people_.create(code, name, phone, options_.now);
    if (home) people_.set_home(id, home->id);
    if (!openid.empty()) people_.add_contact(id, options_.account, openid);
    person_codes_[code] = id;
    ++summary_.people;
  }
}

void Import::members() {
  for (const CsvRow& row : rows("members.csv", {"household", "name"},
                                {"relation", "birth_year", "conditions", "lives_alone", "person"})) {
    store::Member member;
    bool complete = false;
    bool good = sound([&] {
      required(row, "household");
      auto home = household(row, "household");
      member.name = required(row, "name");
      member.relation = row["relation"];
      member.birth_year = integer(row, "birth_year", 1900, options_.zone.day(options_.now).year);
      member.conditions = row["conditions"];
      member.lives_alone = yes(row, "lives_alone");
      member.person = person(row, "person");
      complete = home && (row["person"].empty() || member.person);
      if (!home) return;
      member.household = home->id;
      check_member(row, member);
      if (member.person) check_person_of(row, member);
    });
    if (!good || !complete) continue;
    members_.add(member);
    households_[member.household].push_back(std::move(member));
    ++summary_.members;
  }
}

void Import::check_member(const CsvRow& row, const store::Member& member) {
  auto [at, first] = households_.try_emplace(member.household);
  if (first) at->second = members_.of_household(member.household);
  for (const store::Member& other : at->second) {
    if (other.name == member.name)
      return fault(row, "name", "this household has a member of that name already");
    if (member.person && other.person == member.person)
      return fault(row, "person", "is a member of this household already");
  }
}

/// Whoever writes from a phone of their own lives in one place.
void Import::check_person_of(const CsvRow& row, const store::Member& member) {
  AreaId home = std::get<0>(*homes_.one<AreaId>(member.person));
  if (home && home != member.household) {
    fault(row, "person", "lives in another household: see the column household of people.csv");
  } else if (!home) {
    people_.set_home(member.person, member.household);
  }
}

void Import::organisations() {
  for (const CsvRow& row : rows("organisations.csv", {"code", "name", "kind", "area"}, {})) {
    store::Organisation read;
    bool good = sound([&] {
      read.code = new_code(row, "code", organisation_codes_, [&](const auto& code) {
        return organisations_.find_by_code(code).has_value();
      });
      read.name = required(row, "name");
      required(row, "area");
      if (auto where = area(row, "area")) read.area = where->id;
      auto kind = community::organisation_kind(required(row, "kind"));
      if (!kind && !row["kind"].empty())
        fault(row, "kind", fmt::format("must be one of {}", all_organisation_kinds()));
      read.kind = kind.value_or(store::OrganisationKind::other);
    });
    if (!good || !read.area) continue;
    organisation_codes_[read.code] = organisations_.add(read.code, read.name, read.kind, read.area);
    ++summary_.organisations;
  }
}

void Import::appointments() {
  for (const CsvRow& row :
       rows("appointments.csv", {"person", "role", "area", "from"},
                                {"until", "substitute", "organisation", "badge"})) {
    PersonId who, substitute;
    OrganisationId serves;
    std::optional<store::Area> where;
    std::optional<community::Role> role;
    Time from{}, until = no_end;
    bool good = sound([&] {
      for (const char* column : {"person", "role", "area", "from"}) required(row, column);
      who = person(row, "person");
      substitute = person(row, "substitute");
      where = area(row, "area");
      serves = organisation(row, "organisation");
      role = community::role(row["role"]);
      if (!role && !row["role"].empty()) fault(row, "role", fmt::format("must be one of {}", all_roles()));
      auto first = day(row, "from"), last = day(row, "until");
      if (first) from = options_.zone.at(*first, 0);
      if (last) until = options_.zone.at(options_.zone.next_day(*last), 0);  // that day still counts
      if (first && last && *last < *first) fault(row, "until", "is before the day in the column from");
      if (who && substitute == who) fault(row, "substitute", "is the person themselves; name somebody else");
    });
    bool complete = who && where && (row["substitute"].empty() || substitute) &&
                    (row["organisation"].empty() || serves);
    if (!good || !complete) continue;
    if (std::get<0>(*overlap_.one<std::int64_t>(who, community::name(*role), where->id, until, from)) > 0) {
      fault(row, "from",
            "overlaps with another appointment of this person to the same role in the same area");
      continue;
    }
    appointments_.add(who, *role, where->id, from, until == no_end ? std::nullopt : std::optional(until),
                      substitute, serves, row["badge"]);
    ++summary_.appointments;
  }
}

}  // namespace linli::app
