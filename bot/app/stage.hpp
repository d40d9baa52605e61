// The stage of one transcript: the whole house on an in-memory database, a clock that stands still until
// told, and phones that remember what they received. Messages take the real way through pipeline and outbox;
// only the network is missing.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>

#include "bot/app/replay_coverage.hpp"
#include "bot/app/house.hpp"
#include "bot/app/sample.hpp"
#include "bot/app/trained.hpp"
#include "bot/app/transcript.hpp"

namespace linli::app {

struct Received {
  std::string text;
  std::vector<std::pair<std::string, std::string>> paragraphs;  // text id, what it reads
};

class Stage {
 public:
  Stage(const Settings& settings, const Trained& trained, ReplayCoverage& coverage)
      : settings_(settings), trained_(trained), coverage_(coverage) {}

  /// Does one line; what differs from the transcript, empty if nothing does. Errc::bad_input if the line
  /// cannot be done (an unknown name, no `use` before the first message).
  Result<std::string> perform(const Line& line);
  /// What nobody asserted: "居民甲: text".
  std::vector<std::string> unread() const;

 private:
  Result<void> open();
  Result<std::string> openid_of(const std::string& who);
  Result<void> send(const Line& line);
  std::string expect(const Line& line);
  void advance_to(Time at);
  void settle();
  void deliver(const outbox::Send& send);

  Settings settings_;
  const Trained& trained_;
  ReplayCoverage& coverage_;
  std::string folder_;
  std::optional<Time> start_;
  SettableClock clock_{Time{}};
  SeededRandom random_{1};
  Metrics metrics_;
  std::unique_ptr<House> house_;
  std::unique_ptr<understanding::Listener> listener_;
  std::map<std::string, std::string> cast_;             // name -> openid
  std::map<std::string, std::deque<Received>> phones_;  // by openid
  std::map<std::string, std::string> names_;            // openid -> name
  // What is said after the reply goes by the outbox without its ids; found again by its words.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> later_;
  int faults_ = 0;  // how often the sealing of a reply still throws
  std::int64_t next_message_ = 1;
};

}  // namespace linli::app
