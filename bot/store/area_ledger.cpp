#include "bot/store/area_ledger.hpp"

#include <algorithm>

#include "bot/store/path_range.hpp"

namespace linli::store {

namespace {

constexpr std::string_view columns = "a.id, a.code, a.kind, a.name, a.parent, a.path, a.unmanaged";

/// From an area up to the root: rows (id, parent, depth), depth 0 the area itself.
constexpr std::string_view upwards =
    "with recursive up(id, parent, depth) as (select id, parent, 0 from area where id = :id union all "
    "select b.id, b.parent, up.depth + 1 from area b join up on b.id = up.parent) ";

std::string select(std::string_view rest) {
  return std::string("select ").append(columns).append(" from area a ").append(rest);
}

template <class... In>
std::vector<Area> read(Statement& statement, const In&... in) {
  std::vector<Area> areas;
  statement.each<AreaId, std::string, std::string, std::string, AreaId, std::string, bool>(
      [&](AreaId id, std::string code, std::string kind, std::string name, AreaId parent, std::string path,
          bool unmanaged) {
        auto known = community::area_kind(kind);
        if (!known) throw StorageError(11, "a stored area is of a kind nobody knows");
        areas.push_back({id, std::move(code), *known, std::move(name), parent, std::move(path), unmanaged});
      },
      in...);
  return areas;
}

template <class... In>
std::optional<Area> read_one(Statement& statement, const In&... in) {
  auto areas = read(statement, in...);
  if (areas.empty()) return std::nullopt;
  return std::move(areas.front());
}

bool is_place(AreaKind kind) {
  return kind == AreaKind::compound || kind == AreaKind::courtyard || kind == AreaKind::village;
}

/// Where the part of a chain begins that people say: at the compound, courtyard or village; for a building
/// outside any, at the community above it; otherwise at the last area that is larger than a building.
std::size_t spoken_from(const std::vector<Area>& chain) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (is_place(chain[i].kind)) return i;
    if (chain[i].kind < AreaKind::building) from = i;
  }
  return from;
}

std::string joined(const std::vector<Area>& chain, AreaKind deepest) {
  std::string text;
  for (std::size_t i = spoken_from(chain); i < chain.size() && chain[i].kind <= deepest; ++i) {
    if (!text.empty()) text += ' ';
    text += chain[i].name;
  }
  return text;
}

}  // namespace

AreaLedger::AreaLedger(Database& db)
    : db_(db),
      counts_(db),
      add_(db,
           "insert into area (code, kind, name, parent, path, unmanaged, lat, lon) "
           "values (:code, :kind, :name, :parent, '', :unmanaged, :lat, :lon) returning id"),
      set_path_(db,
                "update area set path = coalesce((select p.path from area p where p.id = area.parent), '/') "
                "|| id || '/' where id = :id"),
      find_(db, select("where a.id = :id")),
      find_code_(db, select("where a.code = :code")),
      below_(db, select("join area top on top.id = :under where a.kind = :kind and a.path >= top.path "
                        "and a.path < substr(top.path, 1, length(top.path) - 1) || '0' order by a.id")),
      all_kind_(db, select("where a.kind = :kind order by a.id")),
      children_(db, select("where a.parent = :parent order by a.id")),
      chain_(db, std::string(upwards) + select("join up on up.id = a.id order by up.depth desc")),
      place_(db, std::string(upwards) +
                     "select a.lat, a.lon from area a join up on up.id = a.id where a.lat is not null "
                     "and a.lon is not null order by up.depth limit 1"),
      level_(db, std::string(upwards) +
                     "select a.level from area a join up on up.id = a.id where a.level is not null "
                     "order by up.depth limit 1"),
      set_level_(db, "update area set level = :level where id = :id"),
      names_version_(db, "select version from area_names"),
      names_changed_(db, "update area_names set version = version + 1"),
      named_(db,
             "select id, name from area where kind in ('community', 'village', 'compound', 'courtyard') "
             "order by id"),
      change_(db, "update area set name = :name, unmanaged = :unmanaged, parent = :parent where id = :id"),
      move_below_(db,
                  "update area set path = :path || substr(path, length(:old) + 1) "
                  "where path >= :old2 and path < :end"),
      set_place_(db,
                 "update area set lat = :lat, lon = :lon where id = :id "
                 "and (lat is not :same_lat or lon is not :same_lon)") {}

AreaId AreaLedger::add(std::string_view code, AreaKind kind, std::string_view name, AreaId parent,
                       bool unmanaged, std::optional<double> lat, std::optional<double> lon) {
  auto row = add_.one<AreaId>(code, community::name(kind), name, none_if_zero(parent), unmanaged, lat, lon);
  AreaId id = std::get<0>(*row);
  set_path_.run(id);
  if (is_place(kind) || kind == AreaKind::community) names_changed_.run();
  if (kind == AreaKind::household) counts_.added(id);
  names_seen_.reset();
  return id;
}

void AreaLedger::change(const Area& changed) {
  auto before = find(changed.id);
  if (!before) return;
  const bool moves = before->parent != changed.parent;
  if (moves) counts_.leaves(changed.id);
  change_.run(changed.name, changed.unmanaged, none_if_zero(changed.parent), changed.id);
  names_changed_.run();
  names_seen_.reset();  // read anew at the next question
  if (!moves) return;
  counts_.joins(changed.id);
  auto parent = find(changed.parent);
  std::string path = (parent ? parent->path : "/") + std::to_string(changed.id.value) + "/";
  move_below_.run(path, before->path, before->path, end_of_below(before->path));
}

bool AreaLedger::set_place(AreaId id, community::Place place) {
  return set_place_.run(place.lat, place.lon, id, place.lat, place.lon) > 0;
}

std::optional<Area> AreaLedger::find(AreaId id) {
  return read_one(find_, id);
}
std::optional<Area> AreaLedger::find_by_code(std::string_view code) {
  return read_one(find_code_, code);
}

std::vector<Area> AreaLedger::below(AreaId under, AreaKind kind) {
  if (!under) return read(all_kind_, community::name(kind));
  return read(below_, under, community::name(kind));
}

std::vector<Area> AreaLedger::children(AreaId parent) {
  return read(children_, parent);
}
std::vector<Area> AreaLedger::chain(AreaId id) {
  return read(chain_, id);
}

std::optional<Area> AreaLedger::above(AreaId id, AreaKind kind) {
  auto areas = chain(id);
  auto found =
      std::find_if(areas.rbegin(), areas.rend(), [&](const Area& area) { return area.kind == kind; });
  if (found == areas.rend()) return std::nullopt;
  return *found;
}

std::string AreaLedger::building_text(AreaId id) {
  return joined(chain(id), AreaKind::building);
}
std::string AreaLedger::address_text(AreaId id) {
  return joined(chain(id), AreaKind::household);
}

std::optional<community::Place> AreaLedger::place(AreaId id) {
  auto row = place_.one<double, double>(id);
  if (!row) return std::nullopt;
  return community::Place{std::get<0>(*row), std::get<1>(*row)};
}

std::string AreaLedger::level(AreaId id) {
  auto row = level_.one<std::string>(id);
  return row ? std::get<0>(*row) : std::string("normal");
}

void AreaLedger::set_level(AreaId id, std::string_view level) {
  set_level_.run(level, id);
}

}  // namespace linli::store
