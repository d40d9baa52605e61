#include "bot/store/household_register.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view member_name = "member.name";
constexpr std::string_view a_home = "home", a_member = "member";

}  // namespace

HouseholdRegister::HouseholdRegister(Database& db, FieldCipher& cipher, AreaLedger& areas,
                                     PersonLedger& people, MemberLedger& members)
    : cipher_(cipher),
      areas_(areas),
      people_(people),
      members_(members),
      named_(db,
             "select m.household, m.name_sealed from member m join area a on a.id = m.household "
             "where a.kind = 'household' and a.path >= :from and a.path < :end "
             "and m.state in ('confirmed', 'claimed') order by m.id"),
      homes_(db, "select id from person where home = :household order by id"),
      in_household_(db, "select id from member where household = :household order by id"),
      move_home_(db, "update person set home = :to where id = :person and home = :from"),
      move_member_(db, "update member set household = :to where id = :id and household = :from"),
      add_merge_(
          db,
          "insert into household_merge (kept, gone, parent, at, by) values (:kept, :gone, :parent, :now, "
          ":by)"),
      add_row_(db, "insert into household_merge_row (merge, what, ref) values (:merge, :what, :ref)"),
      find_(db, "select kept, gone, parent, at, by, undone_at from household_merge where id = :id"),
      rows_(db, "select what, ref from household_merge_row where merge = :merge order by what, ref"),
      undone_(db, "update household_merge set undone_at = :now, undone_by = :by where id = :id"),
      same_code_(db, "select 1 from area where code = :code") {}

AreaId HouseholdRegister::add(const community::Area& parent, std::string_view room, std::string_view name,
                              std::string_view phone, Time now) {
  std::string code = fmt::format("{}-{}", parent.code, room);
  for (int again = 2; same_code_.one<int>(code); ++again)
    code = fmt::format("{}-{}-{}", parent.code, room, again);
  AreaId id = areas_.add(code, AreaKind::household, room, parent.id, false, {}, {});
  if (name.empty() && phone.empty()) return id;
  PersonId person;
  if (!phone.empty()) {
    person = people_.create({}, name, phone, now);
    people_.set_home(person, id);
  }
  members_.add({.household = id, .person = person, .name = std::string(name), .state = "confirmed"});
  return id;
}

std::vector<LookAlike> HouseholdRegister::look_alikes(std::string_view within, std::string_view name,
                                                      std::string_view phone) {
  std::vector<LookAlike> found;
  auto known = [&](AreaId household, std::string_view who) {
    return std::ranges::any_of(
        found, [&](const LookAlike& one) { return one.household == household && one.name == who; });
  };
  if (!phone.empty()) {
    for (PersonId person : people_.find_by_phone(phone)) {
      auto row = people_.find(person);
      if (row && row->home) found.push_back({row->home, row->name, LookAlike::By::phone});
    }
  }
  named_.each<AreaId, std::string>(
      [&](AreaId household, const std::string& sealed) {
        std::string other = open_field(cipher_, sealed, member_name);
        auto how = community::alike(name, other);
        if (!how || known(household, other)) return;
        found.push_back(
            {household, std::move(other),
             *how == community::Alike::same ? LookAlike::By::same_name : LookAlike::By::similar_name});
      },
      within, end_of_below(within));
  std::ranges::stable_sort(found, {}, &LookAlike::by);
  return found;
}

HouseholdMerge HouseholdRegister::merge(AreaId kept, AreaId gone, PersonId by, Time now) {
  auto area = areas_.find(gone);
  HouseholdMerge merge{0, kept, gone, area ? area->parent : AreaId{}, now, by, std::nullopt};
  merge.id = add_merge_.insert(kept, gone, merge.parent, now, by);
  for (const auto& [person] : homes_.all<std::int64_t>(gone)) {
    move_home_.run(kept, person, gone);
    add_row_.run(merge.id, a_home, person);
  }
  for (const auto& [member] : in_household_.all<std::int64_t>(gone)) {
    move_member_.run(kept, member, gone);
    add_row_.run(merge.id, a_member, member);
  }
  if (area) {
    area->parent = {};
    areas_.change(*area);
  }
  return merge;
}

std::optional<HouseholdMerge> HouseholdRegister::find_merge(std::int64_t id) {
  auto row = find_.one<AreaId, AreaId, AreaId, Time, PersonId, std::optional<Time>>(id);
  if (!row) return std::nullopt;
  auto& [kept, gone, parent, at, by, undone] = *row;
  return HouseholdMerge{id, kept, gone, parent, at, by, undone};
}

void HouseholdRegister::undo(const HouseholdMerge& merge, PersonId by, Time now) {
  for (const auto& [what, ref] : rows_.all<std::string, std::int64_t>(merge.id))
    (what == a_home ? move_home_ : move_member_).run(merge.gone, ref, merge.kept);
  if (auto area = areas_.find(merge.gone)) {
    area->parent = merge.parent;
    areas_.change(*area);
  }
  undone_.run(now, by, merge.id);
}

}  // namespace linli::store
