// people.csv, members.csv, organisations.csv, pairings.csv: who is who, who lives where, who else is there.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "bot/app/import_rows.hpp"

namespace linli::app {

namespace {

bool is_phone(std::string_view cell) {
  auto digits = std::ranges::count_if(cell, [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 7 && digits <= 15 && cell.find_first_not_of("0123456789+- ") == cell.npos;
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
    std::optional<PersonId> known;
    std::optional<store::Area> home;
    std::string phone(row["phone"]), openid(row["openid"]);
    bool good = sound([&] {
      code = own_code(row, "code", person_codes_);
      if (!code.empty()) known = people_.find_by_code(code);
      name = required(row, "name");
      home = household(row, "household");
      if (!phone.empty() && !is_phone(phone))
        fault(row, "phone", "is no phone number: 7 to 15 digits, with + - and blanks");
      if (openid.empty()) return;
      if (options_.account.empty())
        fault(row, "openid", "belongs to an account, and none is configured: see [account] in the settings");
      if (!openids.insert(openid).second)
        return fault(row, "openid", "stands in the file twice; it belongs to one person");
      auto owner = openid_.one<PersonId>(options_.account, openid);
      if (owner && std::get<0>(*owner) != known)
        fault(row, "openid", "belongs to somebody else in the database already");
    });
    if (!good) continue;
    if (known) {
      change_person(row, *known, home);
      person_codes_[code] = *known;
      continue;
    }
    PersonId id = people_.create(code, name, phone, options_.now);
    if (home) people_.set_home(id, home->id);
    if (!openid.empty()) people_.add_contact(id, options_.account, openid);
    person_codes_[code] = id;
    ++summary_.people;
    added("person " + code);
  }
}

/// Somebody who is there already. What they told the bot themselves stays where the cell is empty.
void Import::change_person(const CsvRow& row, PersonId id, const std::optional<store::Area>& home) {
  auto person = people_.find(id);
  std::vector<std::string_view> columns;
  if (person->name != row["name"]) {
    people_.set_name(id, row["name"]);
    columns.push_back("name");
  }
  if (!row["phone"].empty() && people_.phone(id) != row["phone"]) {
    people_.set_phone(id, row["phone"]);
    columns.push_back("phone");
  }
  std::string openid(row["openid"]);
  if (!openid.empty() && !openid_.one<PersonId>(options_.account, openid)) {
    people_.add_contact(id, options_.account, openid);
    columns.push_back("openid");
  }
  if (home && person->home != home->id) {
    people_.set_home(id, home->id);
    columns.push_back("household");
  }
  compared(fmt::format("person {}", row["code"]), columns);
}

void Import::members() {
  for (const CsvRow& row : rows("members.csv", {"household", "name"},
                                {"relation", "birth_year", "conditions", "lives_alone", "person"})) {
    store::Member member;
    bool complete = false, is_new = false;
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
      is_new = check_member(row, member);
      if (is_new && member.person) check_person_of(row, member);
    });
    if (!good || !complete) continue;
    if (!is_new) {
      ++summary_.unchanged;
      continue;
    }
    members_.add(member);
    households_[member.household].push_back(std::move(member));
    ++summary_.members;
    added(fmt::format("member of {}", row["household"]));
  }
}

/// False if the household has this member already, from an earlier import or by the chat.
bool Import::check_member(const CsvRow& row, const store::Member& member) {
  auto [at, first] = households_.try_emplace(member.household);
  if (first) at->second = members_.of_household(member.household);
  bool named = !named_[member.household].insert(member.name).second;
  if (named) fault(row, "name", "this household has a member of that name already");
  for (const store::Member& other : at->second) {
    if (other.name == member.name) return false;
    if (member.person && other.person == member.person)
      fault(row, "person", "is a member of this household already");
  }
  return !named;
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
      read.code = own_code(row, "code", organisation_codes_);
      read.name = required(row, "name");
      required(row, "area");
      if (auto where = area(row, "area")) read.area = where->id;
      auto kind = community::organisation_kind(required(row, "kind"));
      if (!kind && !row["kind"].empty())
        fault(row, "kind", fmt::format("must be one of {}", all_organisation_kinds()));
      read.kind = kind.value_or(store::OrganisationKind::other);
    });
    if (!good || !read.area) continue;
    auto before = organisations_.find_by_code(read.code);
    if (!before) {
      organisation_codes_[read.code] = organisations_.add(read.code, read.name, read.kind, read.area);
      ++summary_.organisations;
      added("organisation " + read.code);
      continue;
    }
    std::vector<std::string_view> columns;
    if (before->name != read.name) columns.push_back("name");
    if (before->kind != read.kind) columns.push_back("kind");
    if (before->area != read.area) columns.push_back("area");
    read.id = before->id;
    if (!columns.empty()) organisations_.change(read);
    organisation_codes_[read.code] = read.id;
    compared("organisation " + read.code, columns);
  }
}

/// An organisation is paired with an area once; `ended` 1 ends it.
void Import::pairings() {
  std::set<std::pair<OrganisationId, AreaId>> seen;
  for (const CsvRow& row : rows("pairings.csv", {"organisation", "area"}, {"ended"})) {
    OrganisationId who;
    std::optional<store::Area> where;
    bool good = sound([&] {
      required(row, "organisation");
      required(row, "area");
      who = organisation(row, "organisation");
      where = area(row, "area");
      if (!row["ended"].empty() && row["ended"] != "0" && row["ended"] != "1")
        fault(row, "ended", "must be 1, 0 or empty");
      if (where && where->kind > store::AreaKind::courtyard)
        fault(row, "area",
              fmt::format("is a {}; organisations are paired with a compound or courtyard, or what stands "
                          "above them",
                          community::name(where->kind)));
      if (who && where && !seen.insert({who, where->id}).second)
        fault(row, "organisation", "is paired with this area twice in the file");
    });
    if (!good || !who || !where) continue;
    std::string what = fmt::format("pairing {} {}", row["organisation"], row["area"]);
    if (row["ended"] == "1") {
      bool ended = pairings_.part(who, where->id, options_.now);
      compared(what, ended ? std::vector<std::string_view>{"until"} : std::vector<std::string_view>{});
    } else if (pairings_.pair(who, where->id, {}, options_.now)) {
      ++summary_.pairings;
      added(what);
    } else {
      compared(what, {});
    }
  }
}

}  // namespace linli::app
