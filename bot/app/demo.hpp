// `linli serve` and `linli sandbox`: the program that runs. The sandbox is the same bot beside an imitation
// of the platform and a phone page; its database starts anew each time from the sample community, and its
// clock can be moved.
#pragma once

#include <filesystem>
#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct ServeOptions {
  bool synchronous_full = true;  // positive controls of the crash tests, see tests/chaos
  bool unique_keys = true;
};

struct SandboxRun {
  std::filesystem::path sample = "config/sample";
  std::filesystem::path data = "data/demo";
  std::filesystem::path page = "bot/sandbox/page";
  std::filesystem::path node_modules = "node_modules";
  unsigned short bot_port = 8080;
  unsigned short phone_port = 8081;  // 0 for both: free ones
  int days_behind = 0;               // the sample's people have lived so many days before it begins
  std::string at;                    // local time to begin with, "2026-03-02 23:40"; empty: now
};

/// Run until SIGTERM or SIGINT; 0 after a clean stop, 1 if it could not start (the reason is on standard
/// error).
int serve(const Settings& settings, const ServeOptions& options);
int run_sandbox(Settings settings, const SandboxRun& run);

}  // namespace linli::app
