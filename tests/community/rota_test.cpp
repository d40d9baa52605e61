#include "bot/community/rota.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

Zone zone() {
  return *Zone::find("Asia/Shanghai");
}
Time at(const char* text) {
  return *parse_time(zone(), text);
}
constexpr PersonId amy{1}, bob{2}, cat{3};

Rota rota(Advance advance, std::vector<PersonId> people, std::vector<RotaSlot> slots) {
  return {RotaId{1}, PostId{1}, {2026, 3, 2}, advance, std::move(slots), std::move(people), {}};
}
RotaSlot slot(int from, int until, const char* days = "daily", int least = 1) {
  return {parse_recurrence(days).value(), from * 60, until * 60, least, least};
}
std::vector<std::int64_t> turns(const Rota& rota, const char* from, const char* until,
                                const Calendar& calendar = {}) {
  std::vector<std::int64_t> people;
  for (const auto& shift : expand(rota, calendar, zone(), at(from), at(until))) {
    for (PersonId person : shift.people) people.push_back(person.value);
    if (shift.people.empty()) people.push_back(0);
  }
  return people;
}
using Turns = std::vector<std::int64_t>;

TEST(Rota, fixed_slots_have_the_same_people_every_day) {
  auto two = rota(Advance::fixed, {amy, bob}, {slot(6, 8), slot(8, 10)});
  EXPECT_EQ(turns(two, "2026-03-02 00:00", "2026-03-04 00:00"), (Turns{1, 2, 1, 2}));
}

TEST(Rota, moves_on_by_slot_by_day_and_by_week) {
  std::vector slots = {slot(6, 8), slot(8, 10)};
  EXPECT_EQ(turns(rota(Advance::slot, {amy, bob, cat}, slots), "2026-03-02 00:00", "2026-03-05 00:00"),
            (Turns{1, 2, 3, 1, 2, 3}));
  EXPECT_EQ(turns(rota(Advance::day, {amy, bob, cat}, slots), "2026-03-02 00:00", "2026-03-05 00:00"),
            (Turns{1, 2, 2, 3, 3, 1}));
  auto weekly = rota(Advance::week, {amy, bob}, {slot(6, 8, "Sun"), slot(6, 8, "Mon")});
  EXPECT_EQ(turns(weekly, "2026-03-08 00:00", "2026-03-10 00:00"), (Turns{1, 1}));  // the week turns between
}

TEST(Rota, is_the_same_wherever_one_begins_to_look) {
  auto long_one = rota(Advance::slot, {amy, bob, cat}, {slot(6, 8), slot(8, 10, "workdays")});
  auto all = turns(long_one, "2026-03-02 00:00", "2026-03-30 00:00");
  auto tail = turns(long_one, "2026-03-20 00:00", "2026-03-30 00:00");
  ASSERT_LT(tail.size(), all.size());
  EXPECT_TRUE(std::equal(tail.rbegin(), tail.rend(), all.rbegin()));
}

TEST(Rota, nights_belong_to_the_day_they_begin_on) {
  auto night = rota(Advance::day, {amy, bob}, {slot(22, 30)});
  auto found = expand(night, {}, zone(), at("2026-03-04 03:00"), at("2026-03-04 12:00"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].day, (Day{2026, 3, 3}));
  EXPECT_EQ(found[0].span, (Span{at("2026-03-03 22:00"), at("2026-03-04 06:00")}));
  EXPECT_EQ(found[0].people, std::vector{bob});
}

TEST(Rota, follows_the_calendar) {
  Calendar calendar;
  calendar.add_holiday({2026, 4, 6}, "清明节");  // a Monday
  calendar.add_workday({2026, 4, 11}, "调休");   // a Saturday
  auto days = [&](const char* which) {
    std::vector<unsigned> found;
    auto one = rota(Advance::fixed, {amy}, {slot(6, 8, which)});
    for (const auto& shift : expand(one, calendar, zone(), at("2026-04-06 00:00"), at("2026-04-13 00:00")))
      found.push_back(shift.day.day);
    return found;
  };
  using Days = std::vector<unsigned>;
  EXPECT_EQ(days("workdays"), (Days{7, 8, 9, 10, 11}));
  EXPECT_EQ(days("holidays"), (Days{6}));
  EXPECT_EQ(days("rest_days"), (Days{12}));
  EXPECT_EQ(days("off"), (Days{6, 12}));
  EXPECT_EQ(days("Mon,Sat"), (Days{6, 11}));
  EXPECT_FALSE(parse_recurrence("someday"));
}

TEST(Rota, changes_by_hand_are_of_one_day_and_slot) {
  auto changed = rota(Advance::fixed, {amy, bob}, {slot(6, 8), slot(8, 10)});
  changed.overrides = {{0, {2026, 3, 3}, OverrideKind::instead, cat, amy},
                       {1, {2026, 3, 3}, OverrideKind::nobody, {}, {}},
                       {1, {2026, 3, 4}, OverrideKind::extra, cat, {}}};
  EXPECT_EQ(turns(changed, "2026-03-02 00:00", "2026-03-05 00:00"), (Turns{1, 2, 3, 0, 1, 2, 3}));
}

TEST(Rota, does_not_put_one_person_twice_and_begins_with_its_first_day) {
  auto two = rota(Advance::day, {amy, bob}, {slot(6, 8, "daily", 3)});
  EXPECT_EQ(turns(two, "2026-02-20 00:00", "2026-03-03 00:00"), (Turns{1, 2}));
  EXPECT_EQ(turns(rota(Advance::day, {}, {slot(6, 8)}), "2026-03-02 00:00", "2026-03-03 00:00"), (Turns{0}));
}

}  // namespace
}  // namespace linli::community
