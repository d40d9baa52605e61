#include "bot/base/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace linli {
namespace {

using testing::HasSubstr;

TEST(Metrics, RendersWhatWasCounted) {
  Metrics metrics;
  metrics.counter("linli_turns_total", "Turns committed", {{"kind", "text"}}).Increment();
  metrics.counter("linli_turns_total", "Turns committed", {{"kind", "image"}}).Increment(2);
  metrics.gauge("linli_outbox_due", "Waiting").Set(5);
  metrics.histogram("linli_turn_seconds", "Time of a turn", {0.01, 0.1}).Observe(0.05);
  std::string text = metrics.render();
  EXPECT_THAT(text,
              HasSubstr("# HELP linli_turns_total Turns committed\n# TYPE linli_turns_total counter\n"));
  EXPECT_THAT(text, HasSubstr("linli_turns_total{kind=\"text\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("linli_turns_total{kind=\"image\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("linli_outbox_due 5\n"));
  EXPECT_THAT(text, HasSubstr("linli_turn_seconds_bucket{le=\"0.1\"} 1\n"));
  EXPECT_EQ(text.find("# HELP linli_turns_total"), text.rfind("# HELP linli_turns_total"));
}

TEST(Metrics, TheSameNameAndLabelsAreTheSameCounter) {
  Metrics metrics;
  Counter& one = metrics.counter("a_total", "A", {{"x", "1"}});
  EXPECT_EQ(&one, &metrics.counter("a_total", "A", {{"x", "1"}}));
  EXPECT_NE(&one, &metrics.counter("a_total", "A", {{"x", "2"}}));
  EXPECT_EQ(&metrics.histogram("h", "H", {1}), &metrics.histogram("h", "H", {1}));
}

TEST(Metrics, TwoAreIndependent) {
  Metrics one, two;
  one.counter("a_total", "A").Increment();
  EXPECT_EQ(two.counter("a_total", "A").Value(), 0);
}

TEST(Metrics, RefusesAName) {
  Metrics metrics;
  EXPECT_THROW(metrics.counter("not a name", "A"), std::invalid_argument);
  EXPECT_THROW(metrics.counter("a_total", "A", {{"not a label", "1"}}), std::invalid_argument);
}

}  // namespace
}  // namespace linli
