#include "bot/community/distance.hpp"

#include <boost/geometry.hpp>

namespace linli::community {

namespace bg = boost::geometry;

double distance_m(Place a, Place b) {
  using Point = bg::model::point<double, 2, bg::cs::spherical_equatorial<bg::degree>>;
  constexpr double earth_radius_m = 6371008.8;  // mean radius, IUGG
  return bg::distance(Point(a.lon, a.lat), Point(b.lon, b.lat),
                      bg::strategy::distance::haversine<double>(earth_radius_m));
}

}  // namespace linli::community
