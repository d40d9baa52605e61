// The program that reads pictures (tesseract), as config/linli.toml's [pictures] names it. Optional: without
// it people are asked what a picture says. Belongs to the network thread.
#pragma once

#include <string>

#include <boost/asio/awaitable.hpp>

#include "bot/pictures/limited_process.hpp"

namespace linli::pictures {

struct Settings {
  std::string command = "tesseract";  // a path, or a name that PATH finds; empty: pictures are not read
  std::string language = "chi_sim+eng";
  std::size_t most_bytes = std::size_t{10} << 20;  // of a picture
  Seconds seconds{20};                             // of one reading
  std::size_t memory = std::size_t{512} << 20;     // of the reading process
  int at_once = 1;
  int most_waiting = 20;  // more than so many: people are asked at once
  Seconds within{60};     // what is not read by then is asked
};

/// Whether the program can be started and has the languages; it is asked by running it. Errc::unavailable
/// says in words what is missing.
Result<void> look_for(const Settings& settings);

class Program {
 public:
  explicit Program(Settings settings) : settings_(std::move(settings)) {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// The words in a picture, as read_words.hpp makes them; empty if there are none. An error says why it
  /// could not be read, Errc::unavailable that it was not tried.
  boost::asio::awaitable<Result<std::string>> read(std::string picture);
  /// Ends what runs; nothing is read any more.
  void stop() { leash_.pull(); }

 private:
  Settings settings_;
  Leash leash_;
};

}  // namespace linli::pictures
