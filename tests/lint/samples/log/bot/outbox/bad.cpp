void sample(const Secret& phone, const std::exception& error) {
  log::info("sent", {{"count", 1}});
  log::info("sent", {{"phone", log::Value::of(phone.reveal())}});  // found: a revealed value
  log::warn("sent",                                                // found: a revealed value
            {{"count", 1},
             {"phone", log::Value::of(phone.reveal())}});
  log::error("failed", {{"why", log::Value::of(error.what())}});  // found: what() in a log call
  send(phone.reveal());
  log::info("sent");
  send(phone.reveal());
  spdlog::info("sent");              // found: spdlog outside
  std::cerr << phone.reveal();       // found: output past the log
  fmt::print("{}", phone.reveal());  // found: output past the log
  std::fprintf(stderr, "x");         // found: output past the log
  std::string text = fmt::format("{}", 1);
}
