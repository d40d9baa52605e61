#include "bot/store/member_ledger.hpp"

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view name_purpose = "member.name";
constexpr std::string_view conditions_purpose = "member.conditions";

std::string select(const char* rest) {
  return std::string(
             "select m.id, m.household, m.person, m.name_sealed, m.relation, m.birth_year, "
             "m.conditions_sealed, "
             "m.lives_alone, m.state, m.claimed_at, m.until_at from member m ") +
         rest;
}

template <class... In>
std::vector<Member> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Member> rows;
  statement.each<std::int64_t, AreaId, PersonId, std::string, std::string, std::optional<int>, std::string,
                 bool, std::string, std::optional<Time>, std::optional<Time>>(
      [&](std::int64_t id, AreaId household, PersonId person, const std::string& name, std::string relation,
          std::optional<int> born, const std::string& conditions, bool alone, std::string state,
          std::optional<Time> claimed, std::optional<Time> until) {
        rows.push_back({id, household, person, open_field(cipher, name, name_purpose), std::move(relation),
                        born, open_field(cipher, conditions, conditions_purpose), alone, std::move(state),
                        claimed, until});
      },
      in...);
  return rows;
}

}  // namespace

MemberLedger::MemberLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(db,
           "insert into member (household, person, name_sealed, relation, birth_year, conditions_sealed, "
           "lives_alone, "
           "state, claimed_at, until_at) values (:household, :person, :name, :relation, :born, :conditions, "
           ":alone, "
           ":state, :claimed, :until) returning id"),
      find_(db, select("where m.id = :id")),
      household_(db, select("where m.household = :household order by m.id")),
      person_(db, select("where m.person = :person and m.state = :state order by m.id desc")),
      claimed_home_(
          db,
          "select household from member where person = :person and state in ('claimed', 'confirmed') "
          "order by id desc limit 1"),
      waiting_(db, select("join area a on a.id = m.household where m.state in ('claimed', 'helper_asked') "
                          "and m.person is not null and a.path >= :from and a.path < :end order by m.id")),
      decide_(db,
              "update member set state = :state, decided_by = :by, decided_at = :now, "
              "until_at = coalesce(:until, until_at) where id = :id"),
      family_(db,
              "update member set state = :state, decided_by = :by, decided_at = :now where household = "
              ":household "
              "and person is null and state = 'claimed' and claimed_at = :claimed"),
      move_(db, "update member set person = :to where person = :from") {}

std::int64_t MemberLedger::add(const Member& m) {
  auto row =
      add_.one<std::int64_t>(m.household, none_if_zero(m.person), seal_field(cipher_, m.name, name_purpose),
                             m.relation, m.birth_year, seal_field(cipher_, m.conditions, conditions_purpose),
                             m.lives_alone, m.state, m.claimed_at, m.until);
  return std::get<0>(*row);
}

std::optional<Member> MemberLedger::find(std::int64_t id) {
  auto rows = read(find_, cipher_, id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<Member> MemberLedger::of_household(AreaId household) {
  return read(household_, cipher_, household);
}

std::vector<Member> MemberLedger::of_person(PersonId person, std::string_view state) {
  return read(person_, cipher_, person, state);
}

AreaId MemberLedger::claimed_home(PersonId person) {
  auto row = claimed_home_.one<AreaId>(person);
  return row ? std::get<0>(*row) : AreaId{};
}

std::vector<Member> MemberLedger::waiting_below(std::string_view path) {
  return read(waiting_, cipher_, path, end_of_below(path));
}

void MemberLedger::decide(std::int64_t id, std::string_view state, PersonId by, Time now,
                          std::optional<Time> until) {
  decide_.run(state, none_if_zero(by), now, until, id);
}

void MemberLedger::decide_with_family(const Member& member, std::string_view state, PersonId by, Time now) {
  decide(member.id, state, by, now);
  if (member.claimed_at) family_.run(state, none_if_zero(by), now, member.household, *member.claimed_at);
}

void MemberLedger::move(PersonId from, PersonId to) {
  move_.run(to, from);
}

}  // namespace linli::store
