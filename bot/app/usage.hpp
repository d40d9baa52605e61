// What the command line says to somebody who has mistyped: what is wrong, and what commands there are.
#pragma once

#include <string>

namespace CLI {
class App;
class Error;
}  // namespace CLI

namespace linli::app {

/// For CLI::App::failure_message.
std::string usage_error(const CLI::App* cli, const CLI::Error& error);

}  // namespace linli::app
