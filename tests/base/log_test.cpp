#include "bot/base/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <type_traits>

#include "bot/base/secret.hpp"

namespace linli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

std::string logged(void (*act)()) {
  testing::internal::CaptureStderr();
  act();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, OneLineAnEvent) {
  std::string line = logged([] { log::info("turn_done", {{"count", 3}, {"ms", 1.5}, {"kind", "text"}}); });
  EXPECT_THAT(
      line,
      ContainsRegex(
          "^2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:.]+[+-][0-9:]+ info turn_done count=3 ms=1.5 kind=text\n$"));
}

TEST(Log, WordsOfTheProgramAndEveryLevel) {
  EXPECT_THAT(logged([] {
                log::warn("e", {{"code", log::Value::of(std::string_view("bad_input"))}});
              }),
              HasSubstr(" warning e code=bad_input\n"));
  EXPECT_THAT(logged([] { log::error("failed"); }), HasSubstr(" error failed\n"));
  EXPECT_THAT(logged([] {
                log::info("flag", {{"on", true}, {"big", std::uint64_t{1} << 40}});
              }),
              HasSubstr(" info flag on=1 big=1099511627776\n"));
}

TEST(Log, TheLevelIsKept) {
  EXPECT_EQ(logged([] { log::write(log::Level::debug, "quiet"); }), "");
  log::set_level(log::Level::error);
  EXPECT_EQ(logged([] { log::warn("quiet"); }), "");
  log::set_level(log::Level::debug);
  EXPECT_THAT(logged([] { log::write(log::Level::debug, "loud"); }), HasSubstr("debug loud"));
  log::set_level(log::Level::info);
}

TEST(Log, WhatPeopleWroteDoesNotConvert) {
  static_assert(!std::is_constructible_v<log::Value, std::string>);
  static_assert(!std::is_constructible_v<log::Value, std::string_view>);
  static_assert(!std::is_constructible_v<log::Value, Secret>);
  static_assert(!std::is_constructible_v<log::Value, const char*>);
  static_assert(std::is_constructible_v<log::Value, const char(&)[5]>);
}

TEST(Log, BracesInTheTextAreJustText) {
  EXPECT_THAT(logged([] { log::info("e", {{"pattern", "{} {0} %v"}}); }), HasSubstr("pattern={} {0} %v\n"));
}

}  // namespace
}  // namespace linli
