#include "bot/app/usage.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace linli::app {

std::string usage_error(const CLI::App* cli, const CLI::Error& error) {
  if (!cli->get_subcommands().empty()) return CLI::FailureMessage::simple(cli, error);
  auto typed = cli->remaining();
  std::string wrong =
      typed.empty() ? "which command?" : fmt::format("there is no command '{}'", typed.front());
  std::string names;
  for (const CLI::App* command : cli->get_subcommands({})) {
    names += names.empty() ? "" : ", ";
    names += command->get_name();
  }
  return fmt::format("{}\nCommands: {}. \"linli --help\" says what each does.\n", wrong, names);
}

}  // namespace linli::app
