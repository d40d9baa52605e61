// The two datums of maps in China: GCJ-02, which phones and the platform's locations speak, and WGS-84, which
// satellites and surveyors speak; they lie some 500 metres apart. The formula is the well-known public one;
// outside China both are the same.
#pragma once

#include <optional>
#include <string_view>

#include "bot/community/distance.hpp"

namespace linli::community {

enum class Datum { gcj02, wgs84 };

std::optional<Datum> datum(std::string_view name);  // "gcj02", "wgs84": in settings

Place wgs84_to_gcj02(Place place);
/// By iteration: within a centimetre.
Place gcj02_to_wgs84(Place place);

/// A location that the platform sent (GCJ-02), in the datum that the database holds.
Place from_platform(Place place, Datum held);

}  // namespace linli::community
