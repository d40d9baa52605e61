#include "bot/community/slot.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

const Zone& zone() {
  static const Zone shanghai = *Zone::find("Asia/Shanghai");
  return shanghai;
}
Slot after(const Zone& where, std::initializer_list<int> minutes, Time then) {
  return next_slot(where, std::span(minutes.begin(), minutes.size()), then);
}
Time at(const char* text) {
  return *parse_time(zone(), text);
}

TEST(Slot, is_the_next_one_of_the_day) {
  auto slot = after(zone(), {18 * 60, 12 * 60}, at("2026-03-02 08:00"));
  EXPECT_EQ(slot.at, at("2026-03-02 12:00"));
  EXPECT_EQ(slot.name, "2026-03-02T12:00");
}

TEST(Slot, is_strictly_later) {
  EXPECT_EQ(after(zone(), {12 * 60, 18 * 60}, at("2026-03-02 12:00")).name, "2026-03-02T18:00");
}

TEST(Slot, goes_on_the_next_day) {
  EXPECT_EQ(after(zone(), {12 * 60, 18 * 60}, at("2026-02-28 18:00")).name, "2026-03-01T12:00");
}

TEST(Slot, a_changed_clock_neither_skips_nor_repeats) {
  Zone berlin = *Zone::find("Europe/Berlin");
  auto before = *parse_time(berlin, "2026-03-28 12:00");
  auto slot = after(berlin, {2 * 60 + 30}, before);  // 02:30 does not exist on the 29th
  EXPECT_EQ(slot.name, "2026-03-29T02:30");
  EXPECT_EQ(after(berlin, {2 * 60 + 30}, slot.at).name, "2026-03-30T02:30");
}

}  // namespace
}  // namespace linli::community
