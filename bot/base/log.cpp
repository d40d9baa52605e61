#include "bot/base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>

namespace linli::log {

namespace {

spdlog::logger& logger() {
  static auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("linli", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warn:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

void set_level(Level level) {
  logger().set_level(level_of(level));
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (!logger().should_log(level_of(level))) return;
  std::string line(event);
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line += fmt::format(" {}={}", field.key, value); },
               field.value.get());
  }
  logger().log(level_of(level), line);
}

}  // namespace linli::log
