// A program that is handed something from a stranger: run without a shell, in an empty folder of its own,
// with no descriptor of ours but its pipes, at the lowest priority, under limits that hold before it gets the
// first byte. Used by Program (program.hpp). Nothing of it outlives the call but a killed child's last
// moment.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::pictures {

struct ProcessLimits {
  std::chrono::milliseconds wall = Seconds{20};  // then it is killed
  Seconds cpu{20};
  std::size_t memory = std::size_t{512} << 20;  // of addresses
  std::size_t file = std::size_t{1} << 20;      // that it may write
  std::size_t output = std::size_t{1} << 20;    // more is not read: it is killed
  int open_files = 32;
};

struct Command {
  std::vector<std::string> words;        // the program first: a path, or a name that PATH finds
  std::vector<std::string> environment;  // "NAME=value", beside PATH, LC_ALL and TMPDIR
  std::string input;
};

/// Ends every process that runs on it, when the bot stops. Belongs to one thread, as the processes do.
class Leash {
 public:
  Leash() = default;
  Leash(const Leash&) = delete;
  Leash& operator=(const Leash&) = delete;
  /// From now on nothing starts.
  void pull();
  bool pulled() const { return pulled_; }

 private:
  friend class Child;
  std::set<int> running_;
  bool pulled_ = false;
};

/// What it wrote. Errc::unavailable: it could not be started, or the leash was pulled; Errc::timed_out: it
/// took too long; Errc::too_large: it wrote too much; Errc::bad_input: it ended in failure, of itself or at a
/// limit.
boost::asio::awaitable<Result<std::string>> run_limited(Command command, ProcessLimits limits, Leash& leash);

}  // namespace linli::pictures
