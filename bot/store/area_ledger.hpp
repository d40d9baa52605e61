// The area tree as it is kept: one typed node table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/area.hpp"
#include "bot/community/distance.hpp"
#include "bot/store/register_counts.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Area;
using community::AreaKind;

class AreaLedger {
 public:
  explicit AreaLedger(Database& db);

  /// `parent` 0 for the root. The code must be new.
  AreaId add(std::string_view code, AreaKind kind, std::string_view name, AreaId parent, bool unmanaged,
             std::optional<double> lat, std::optional<double> lon);
  /// Writes name and unmanaged, and moves it with all below it to another parent; kind and code stay.
  /// `parent` must not stand below it. A household without a parent is on no register: its record went into
  /// another one (bot/store/household_register.hpp).
  void change(const Area& changed);
  /// False if it was known to be just there.
  bool set_place(AreaId id, community::Place place);
  std::optional<Area> find(AreaId id);
  std::optional<Area> find_by_code(std::string_view code);
  /// All nodes of a kind below (or at) an area, in the order they were added; `under` 0 for everywhere.
  std::vector<Area> below(AreaId under, AreaKind kind);
  std::vector<Area> children(AreaId parent);
  /// The nodes from the root down to the area itself.
  std::vector<Area> chain(AreaId id);
  /// The nearest node of that kind at or above the area.
  std::optional<Area> above(AreaId id, AreaKind kind);

  /// "和平苑 3号楼": compound and building, what an offer may show. Falls back to the nearest named area.
  std::string building_text(AreaId id);
  /// "和平苑 3号楼 2单元 501": the whole address, for whoever has accepted.
  std::string address_text(AreaId id);

  /// Where it is on the map: its own place or the nearest one above it that has one.
  std::optional<community::Place> place(AreaId id);

  /// The emergency level at an area: its own or the nearest one set above it; "normal" if none is.
  std::string level(AreaId id);
  void set_level(AreaId id, std::string_view level);

  /// A place named in a normalised text ("和平苑3号楼2单元501"): the deepest area that it names without
  /// doubt. Knows compounds, courtyards, villages and communities by name and finds buildings, units and
  /// rooms below; `near`, an area of the person's own, completes what names no place ("3号楼2单元501").
  struct Found {
    std::optional<Area> area;  // the deepest certain one
    bool ambiguous{};          // several places fit, and none is certain
    bool several{};            // something below `area` is named, and several there are called so
    std::string missing;       // named below `area` but not existing, e.g. "9号楼"
  };
  Found find_in_text(std::string_view normal, AreaId near = {});

 private:
  struct Name {
    AreaId id;
    std::u32string words;
  };
  const std::vector<Name>& names();
  void descend(Found& found, std::u32string words);
  Found find_from(AreaId near, const std::u32string& words);
  Found find_anywhere(const std::u32string& words);

  Database& db_;
  RegisterCounts counts_;
  Statement add_, set_path_, find_, find_code_, below_, all_kind_, children_, chain_, place_, level_,
      set_level_, names_version_, names_changed_, named_, change_, move_below_, set_place_;
  std::vector<Name> names_;                  // of communities, villages, compounds and courtyards
  std::optional<std::uint32_t> names_seen_;  // the database's version when they were last compared
  std::int64_t names_read_ = -1;             // of table area_names, when they were read
};

}  // namespace linli::store
