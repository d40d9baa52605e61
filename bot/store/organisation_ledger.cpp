#include "bot/store/organisation_ledger.hpp"

#include "bot/base/text.hpp"

namespace linli::store {

namespace {

constexpr std::string_view columns = "select o.id, o.code, o.name, o.kind, o.area from organisation o ";
constexpr std::size_t shortest_name = 2 * 3;  // two characters of UTF-8: less names nobody

template <class... In>
std::vector<Organisation> read(Statement& statement, const In&... in) {
  std::vector<Organisation> found;
  statement.each<OrganisationId, std::string, std::string, std::string, AreaId>(
      [&](OrganisationId id, std::string code, std::string name, const std::string& kind, AreaId area) {
        auto known = community::organisation_kind(kind);
        if (!known) throw StorageError(11, "a stored organisation is of a kind nobody knows");
        found.push_back({id, std::move(code), std::move(name), *known, area});
      },
      in...);
  return found;
}

template <class... In>
std::optional<Organisation> read_one(Statement& statement, const In&... in) {
  auto found = read(statement, in...);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

OrganisationLedger::OrganisationLedger(Database& db, AreaLedger& areas)
    : areas_(areas),
      add_(db,
           "insert into organisation (code, name, kind, area) values (:code, :name, :kind, :area) "
           "returning id"),
      change_(db, "update organisation set name = :name, kind = :kind, area = :area where id = :id"),
      find_(db, std::string(columns) + "where o.id = :id"),
      find_code_(db, std::string(columns) + "where o.code = :code"),
      reach_(db, std::string(columns) +
                     "join area a on a.id = o.area join area here on here.id = :area "
                     "join area top on top.id = :top "
                     "where substr(here.path, 1, length(a.path)) = a.path "
                     "or substr(a.path, 1, length(top.path)) = top.path order by length(a.path) desc, o.id") {
}

OrganisationId OrganisationLedger::add(std::string_view code, std::string_view name, OrganisationKind kind,
                                       AreaId area) {
  return std::get<0>(*add_.one<OrganisationId>(code, name, community::name(kind), area));
}

void OrganisationLedger::change(const Organisation& changed) {
  change_.run(changed.name, community::name(changed.kind), changed.area, changed.id);
}

std::optional<Organisation> OrganisationLedger::find(OrganisationId id) {
  return read_one(find_, id);
}
std::optional<Organisation> OrganisationLedger::find_by_code(std::string_view code) {
  return read_one(find_code_, code);
}

std::vector<Organisation> OrganisationLedger::in_reach(AreaId area) {
  AreaId top = area;
  for (const Area& above : areas_.chain(area)) {
    if (above.kind == AreaKind::community || above.kind == AreaKind::village) top = above.id;
  }
  return read(reach_, area, top);
}

std::vector<Organisation> OrganisationLedger::by_words(AreaId area, std::string_view normal) {
  if (normal.size() < shortest_name) return {};
  auto near = in_reach(area);
  std::vector<Organisation> found;
  for (const Organisation& one : near) {
    std::string name = normalise(one.name);
    bool named = normal.find(name) != normal.npos || name.find(normal) != name.npos;
    if (named) found.push_back(one);
  }
  if (!found.empty()) return found;
  auto kind = community::organisation_in(normal);
  for (const Organisation& one : near) {
    if (kind == one.kind) found.push_back(one);
  }
  return found;
}

}  // namespace linli::store
