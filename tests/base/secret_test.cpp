#include "bot/base/secret.hpp"

#include <concepts>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <ostream>

namespace linli {
namespace {

template <class T>
concept Streams = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST(Secret, ShowsNothing) {
  Secret secret("hush");
  EXPECT_EQ(fmt::format("{} {:>5}", secret, Sensitive<int>(42)), "***   ***");
  EXPECT_EQ(secret.reveal(), "hush");
}

TEST(Secret, ConvertsToNothing) {
  static_assert(!Streams<Secret>);
  static_assert(!std::convertible_to<Secret, std::string>);
  static_assert(!std::convertible_to<Secret, std::string_view>);
  static_assert(!std::convertible_to<std::string, Secret>);
  EXPECT_EQ(Secret("a"), Secret("a"));
  EXPECT_NE(Secret("a"), Secret("b"));
  EXPECT_EQ(Secret().reveal(), "");
}

}  // namespace
}  // namespace linli
