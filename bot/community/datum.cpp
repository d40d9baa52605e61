#include "bot/community/datum.hpp"

#include <cmath>
#include <numbers>

namespace linli::community {

namespace {

constexpr double pi = std::numbers::pi;
// Krasovsky 1940, which the published formula uses.
constexpr double semi_major_m = 6378245.0;
constexpr double eccentricity_2 = 0.00669342162296594323;

bool in_china(Place place) {
  return place.lon >= 72.004 && place.lon <= 137.8347 && place.lat >= 0.8293 && place.lat <= 55.8271;
}

double waves(double x) {
  return (20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi)) * 2.0 / 3.0;
}

double north(double x, double y) {
  double d = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::fabs(x));
  d += waves(x);
  d += (20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi)) * 2.0 / 3.0;
  d += (160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) * 2.0 / 3.0;
  return d;
}

double east(double x, double y) {
  double d = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::fabs(x));
  d += waves(x);
  d += (20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi)) * 2.0 / 3.0;
  d += (150.0 * std::sin(x / 12.0 * pi) + 300.0 * std::sin(x / 30.0 * pi)) * 2.0 / 3.0;
  return d;
}

}  // namespace

std::optional<Datum> datum(std::string_view name) {
  if (name == "gcj02") return Datum::gcj02;
  if (name == "wgs84") return Datum::wgs84;
  return std::nullopt;
}

Place wgs84_to_gcj02(Place place) {
  if (!in_china(place)) return place;
  double x = place.lon - 105.0, y = place.lat - 35.0;
  double latitude = place.lat / 180.0 * pi;
  double sine = std::sin(latitude);
  double magic = 1.0 - eccentricity_2 * sine * sine;
  double root = std::sqrt(magic);
  double meridian = semi_major_m * (1.0 - eccentricity_2) / (magic * root);
  double parallel = semi_major_m / root * std::cos(latitude);
  return {place.lat + north(x, y) * 180.0 / (meridian * pi),
          place.lon + east(x, y) * 180.0 / (parallel * pi)};
}

Place gcj02_to_wgs84(Place place) {
  if (!in_china(place)) return place;
  constexpr int enough = 8;  // each step leaves a thousandth of the error
  Place guess = place;
  for (int i = 0; i < enough; ++i) {
    Place there = wgs84_to_gcj02(guess);
    guess.lat -= there.lat - place.lat;
    guess.lon -= there.lon - place.lon;
  }
  return guess;
}

Place from_platform(Place place, Datum held) {
  return held == Datum::gcj02 ? place : gcj02_to_wgs84(place);
}

}  // namespace linli::community
