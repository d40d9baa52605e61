#include "handlers/place.hpp"

#include <fmt/format.h>

#include "bot/base/text.hpp"

namespace linli::handlers {

using community::AreaKind;

PlaceRead read_place(store::AreaLedger& areas, const dialog::Turn& turn, AreaId known) {
  const dialog::Message& message = turn.message();
  PlaceRead read;
  if (message.kind == dialog::MessageKind::location) {
    read.words = fmt::format("地图位置 {:.5f},{:.5f}", message.lat, message.lon);
    return read;
  }
  read.words = message.text;
  AreaId near = known || !turn.has_sender() ? known : turn.me().home;
  auto found = areas.find_in_text(message.normal, near);
  if (!found.area || found.ambiguous) return read;
  AreaKind kind = found.area->kind;
  if (kind == AreaKind::district || kind == AreaKind::street || kind == AreaKind::township) return read;
  read.area = found.area->id;
  if (kind == AreaKind::household) read.household = read.area;
  read.complete = kind == AreaKind::household || kind == AreaKind::unit || kind == AreaKind::building ||
                  kind == AreaKind::courtyard;
  return read;
}

store::AreaLedger::Found find_any_area(store::AreaLedger& areas, std::string_view normal, AreaId near) {
  auto found = areas.find_in_text(normal, near);
  if (found.area || found.ambiguous) return found;
  for (AreaKind kind : {AreaKind::township, AreaKind::street, AreaKind::district}) {
    for (auto& area : areas.below({}, kind)) {
      if (normal.find(normalise(area.name)) == normal.npos) continue;
      found.ambiguous = found.area.has_value();
      if (!found.ambiguous) found.area = std::move(area);
    }
    if (found.area) return found;
  }
  return found;
}

}  // namespace linli::handlers
