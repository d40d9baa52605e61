// Runs one awaitable on an io_context of its own and gives what it brought; what it throws fails the test.
#pragma once

#include <gtest/gtest.h>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "bot/base/result.hpp"

namespace linli::pictures {

inline Result<std::string> wait_for(boost::asio::io_context& io,
                                    boost::asio::awaitable<Result<std::string>> work) {
  std::optional<Result<std::string>> result;
  auto on_end = [&result](std::exception_ptr thrown, Result<std::string> value) {
    EXPECT_FALSE(thrown);
    result = std::move(value);
  };
  boost::asio::co_spawn(io, std::move(work), on_end);
  io.restart();
  io.run();
  return result.value_or(Error{Errc::timed_out, "the awaitable never ended"});
}

}  // namespace linli::pictures
