#include "bot/community/datum.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

struct Pair {
  Place wgs84, gcj02;
};

// Published pairs of the usual converters: the Forbidden City, Shanghai's Bund, Taiyuan, Urumqi.
constexpr Pair known[] = {
    {{39.916527, 116.397128}, {39.917931, 116.403370}},
    {{31.1774276, 121.5272106}, {31.17530398364597, 121.531541859215}},
    {{22.543847, 113.912316}, {22.540796131694766, 113.9171764808363}},
    {{39.911954, 116.377817}, {39.91334545536069, 116.38404722455657}},
};

TEST(Datum, agrees_with_known_pairs) {
  for (const Pair& pair : known) EXPECT_LT(distance_m(wgs84_to_gcj02(pair.wgs84), pair.gcj02), 1.0);
}

TEST(Datum, comes_back_within_a_centimetre) {
  for (double lat = 18; lat <= 53; lat += 1.7) {
    for (double lon = 74; lon <= 134; lon += 2.3) {
      Place there = wgs84_to_gcj02({lat, lon});
      EXPECT_LT(distance_m(gcj02_to_wgs84(there), {lat, lon}), 0.01) << lat << ' ' << lon;
      EXPECT_GT(distance_m(there, {lat, lon}), 20);
    }
  }
}

TEST(Datum, is_the_same_outside_of_china) {
  Place berlin{52.52, 13.405};
  EXPECT_EQ(wgs84_to_gcj02(berlin).lat, berlin.lat);
  EXPECT_EQ(gcj02_to_wgs84(berlin).lon, berlin.lon);
}

TEST(Datum, of_the_platform_is_left_or_converted) {
  Place sent{37.87, 112.48};
  EXPECT_EQ(from_platform(sent, Datum::gcj02).lat, sent.lat);
  EXPECT_NEAR(distance_m(from_platform(sent, Datum::wgs84), sent), 600, 250);
  EXPECT_EQ(datum("wgs84"), Datum::wgs84);
  EXPECT_FALSE(datum("bd09"));
}

}  // namespace
}  // namespace linli::community
