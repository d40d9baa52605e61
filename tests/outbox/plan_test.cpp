#include "bot/outbox/plan.hpp"

#include <gtest/gtest.h>

namespace linli::outbox {
namespace {

using community::Urgency;

constexpr Time now{Seconds{1'000'000}};

store::Delivery delivery(Urgency urgency, std::string card) {
  store::Delivery d;
  d.urgency = urgency;
  d.card = std::move(card);
  d.expires_at = now + Seconds{60};
  return d;
}

store::Contact contact(int left, Seconds open_for = Seconds{60}) {
  store::Contact c;
  c.followed = true;
  c.window = {now + open_for, left};
  return c;
}

TEST(Plan, takes_the_window_before_a_template) {
  EXPECT_EQ(plan(delivery(Urgency::normal, "card"), contact(5), {}, now), Way::custom);
}

TEST(Plan, keeps_the_last_slot_for_what_is_urgent) {
  EXPECT_EQ(plan(delivery(Urgency::normal, "card"), contact(1), {}, now), Way::template_message);
  EXPECT_EQ(plan(delivery(Urgency::high, "card"), contact(1), {}, now), Way::custom);
  EXPECT_EQ(plan(delivery(Urgency::life, ""), contact(1), {}, now), Way::custom);
}

TEST(Plan, goes_as_a_template_when_the_window_is_shut) {
  EXPECT_EQ(plan(delivery(Urgency::life, "card"), contact(5, Seconds{0}), {}, now), Way::template_message);
}

TEST(Plan, waits_for_a_window_when_there_is_no_card) {
  EXPECT_EQ(plan(delivery(Urgency::life, ""), contact(0), {}, now), Way::wait);
}

TEST(Plan, expires_and_fails_visibly) {
  auto late = delivery(Urgency::normal, "card");
  late.expires_at = now;
  EXPECT_EQ(plan(late, contact(5), {}, now), Way::expire);
  auto gone = contact(5);
  gone.followed = false;
  EXPECT_EQ(plan(delivery(Urgency::life, "card"), gone, {}, now), Way::fail);
}

TEST(Window, a_message_opens_it_fully) {
  EXPECT_EQ(granted({}, Act::message, {}, now), (store::Window{now + Seconds{48 * 3600}, 5}));
}

TEST(Window, a_click_opens_it_briefly) {
  EXPECT_EQ(granted({}, Act::click, {}, now), (store::Window{now + Seconds{60}, 3}));
}

TEST(Window, a_click_never_shortens_what_is_open) {
  store::Window open{now + Seconds{3600}, 2};
  EXPECT_EQ(granted(open, Act::click, {}, now), open);
}

TEST(Window, a_click_after_the_last_send_opens_it_again) {
  store::Window used{now + Seconds{3600}, 0};
  EXPECT_EQ(granted(used, Act::click, {}, now).left, 3);
}

TEST(Backoff, doubles_up_to_the_longest_and_scatters) {
  Limits limits;
  EXPECT_EQ(backoff(0, limits, 0), Seconds{5});
  EXPECT_EQ(backoff(3, limits, 0), Seconds{40});
  EXPECT_EQ(backoff(30, limits, 0), limits.longest_backoff);
  EXPECT_GT(backoff(3, limits, 7), Seconds{40});
  EXPECT_LE(backoff(3, limits, 1u << 29), Seconds{50});
}

}  // namespace
}  // namespace linli::outbox
