// areas.csv: the tree. Rows may stand in any order; parents are added before what stands below them.
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"

namespace linli::app {

using community::AreaKind;

struct Import::AreaRow {
  CsvRow row;
  std::string code, name, parent;
  AreaKind kind{};
  bool unmanaged{};
  std::optional<double> lat, lon;
  bool good{};
  enum class Visit { not_yet, being_added, done } visit{};
};

namespace {

std::string all_kinds() {
  std::vector<std::string_view> names;
  for (int i = 0; i < static_cast<int>(community::area_kinds); ++i) {
    names.push_back(community::name(static_cast<AreaKind>(i)));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void Import::areas() {
  std::vector<AreaRow> list;
  for (const CsvRow& row :
       rows("areas.csv", {"code", "kind", "name", "parent"}, {"unmanaged", "lat", "lon"})) {
    read_area(row, list);
  }
  std::map<std::string, std::size_t> index_of;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].code.empty()) index_of.try_emplace(list[i].code, i);
  }
  for (std::size_t i = 0; i < list.size(); ++i) add_area(list, i, index_of);
}

void Import::read_area(const CsvRow& row, std::vector<AreaRow>& list) {
  AreaRow read;
  read.row = row;
  read.good = sound([&] {
    read.code = own_code(row, "code", area_codes_);
    read.name = required(row, "name");
    read.parent = row["parent"];
    read.unmanaged = yes(row, "unmanaged");
    read.lat = real(row, "lat", -90, 90);
    read.lon = real(row, "lon", -180, 180);
    if (row["lat"].empty() != row["lon"].empty())
      fault(row, "lat", "lat and lon belong together: give both or neither");
    auto kind = community::area_kind(row["kind"]);
    if (kind) read.kind = *kind;
    if (!kind) return fault(row, "kind", fmt::format("must be one of {}", all_kinds()));
    if (read.unmanaged && !rules_.may_be_unmanaged(read.kind)) {
      fault(row, "unmanaged", fmt::format("only these may be unmanaged: {}", rules_.unmanaged_text()));
    }
  });
  list.push_back(std::move(read));
}

// Parents first, by recursion: a tree has ten kinds and so at most ten levels; a cycle ends at its second
// visit.
void Import::add_area(std::vector<AreaRow>& list, std::size_t index,
                      const std::map<std::string, std::size_t>& index_of) {
  AreaRow& one = list[index];
  if (one.visit != AreaRow::Visit::not_yet) return;
  one.visit = AreaRow::Visit::being_added;
  if (auto parent = index_of.find(one.parent); parent != index_of.end()) {
    if (list[parent->second].visit == AreaRow::Visit::being_added) {
      fault(one.row, "parent", "goes in a circle: this area stands below itself");
      one.good = false;
    } else {
      add_area(list, parent->second, index_of);
    }
  }
  one.visit = AreaRow::Visit::done;
  if (!one.good) return;

  auto parent = area(one.row, "parent");
  if (!one.parent.empty() && !parent) return;  // named, and either unknown or wrong itself
  if (!parent && !rules_.is_top(one.kind)) {
    return fault(one.row, "parent",
                 fmt::format("a {} stands below one of: {}", community::name(one.kind),
                             rules_.parents_text(one.kind)));
  }
  if (parent && !rules_.may_stand_below(one.kind, parent->kind)) {
    if (rules_.is_top(one.kind))
      return fault(one.row, "parent",
                   fmt::format("a {} stands below nothing: leave it empty", community::name(one.kind)));
    return fault(one.row, "parent",
                 fmt::format("a {} cannot stand below a {}, only below one of: {}", community::name(one.kind),
                             community::name(parent->kind), rules_.parents_text(one.kind)));
  }
  if (auto before = areas_.find_by_code(one.code)) {
    return change_area(one, *before, parent ? parent->id : AreaId{});
  }
  AreaId id = areas_.add(one.code, one.kind, one.name, parent ? parent->id : AreaId{}, one.unmanaged, one.lat,
                         one.lon);
  area_codes_[one.code] =
      store::Area{id, one.code, one.kind, one.name, parent ? parent->id : AreaId{}, {}, one.unmanaged};
  ++summary_.areas;
  added("area " + one.code);
}

/// An area that is there already: another name, another parent, managed or not, another place.
void Import::change_area(AreaRow& one, const store::Area& before, AreaId parent) {
  area_codes_[one.code] = before;
  if (one.kind != before.kind) {
    return fault(one.row, "kind",
                 fmt::format("is a {} in the database; a kind does not change: give it a code of its own",
                             community::name(before.kind)));
  }
  // Its record went into another one in the field: the office's list does not undo that.
  if (before.kind == AreaKind::household && !before.parent) parent = {};
  auto above = areas_.find(parent);
  if (above && above->path.starts_with(before.path))
    return fault(one.row, "parent", "goes in a circle: this area stands below itself");
  store::Area now = before;
  std::vector<std::string_view> columns;
  if (now.name != one.name) columns.push_back("name");
  now.name = one.name;
  if (now.parent != parent) columns.push_back("parent");
  now.parent = parent;
  bool says = !one.row["unmanaged"].empty();
  if (says && now.unmanaged != one.unmanaged) columns.push_back("unmanaged");
  if (says) now.unmanaged = one.unmanaged;
  if (!columns.empty()) areas_.change(now);
  if (one.lat && one.lon && areas_.set_place(before.id, {*one.lat, *one.lon})) columns.push_back("lat, lon");
  area_codes_[one.code] = std::move(now);
  compared("area " + one.code, columns);
}

}  // namespace linli::app
