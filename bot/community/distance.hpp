// Distance on the earth, for "is this person at the post?".
#pragma once

namespace linli::community {

struct Place {
  double lat{};
  double lon{};
};

/// Metres along the great circle.
double distance_m(Place a, Place b);

}  // namespace linli::community
