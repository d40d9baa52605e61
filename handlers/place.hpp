// Reading where somebody is from one message: a place written in words, or a location sent from the map.
// Shared by the topics that need a place (life safety, help request).
#pragma once

#include <string>

#include "bot/dialog/turn.hpp"
#include "bot/store/area_ledger.hpp"

namespace linli::handlers {

struct PlaceRead {
  AreaId area;        // the deepest certain area; none if nothing was recognised
  AreaId household;   // set when it is one
  std::string words;  // as the person put it
  bool complete{};    // a household or at least a building: good enough to find the door
};

/// `known` is where the request is so far: "3号楼" is then looked for there, else at the person's home.
PlaceRead read_place(store::AreaLedger& areas, const dialog::Turn& turn, AreaId known = {});

/// A place that staff name, up to a whole district: what AreaLedger::find_in_text knows and, where that knows
/// nothing, streets, townships and districts by name.
store::AreaLedger::Found find_any_area(store::AreaLedger& areas, std::string_view normal, AreaId near);

}  // namespace linli::handlers
