#include "handlers/place.hpp"

#include <fmt/format.h>

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

}  // namespace linli::handlers
