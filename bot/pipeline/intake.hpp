// The callback's side of a message, on the network thread: verifies and parses, hands it to the store thread,
// and answers when the commit is done. No answer before the commit: if it has not happened within the budget,
// the connection is closed without one and the platform tries again; after its third try the person hears by
// the outbox.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "bot/base/metrics.hpp"
#include "bot/base/random.hpp"
#include "bot/http/server.hpp"
#include "bot/pipeline/store_thread.hpp"
#include "bot/platform/callback.hpp"

namespace linli::pipeline {

struct IntakeSettings {
  std::chrono::milliseconds budget{4500};  // the platform closes at 5 s
  int platform_tries = 3;
  std::size_t most_waiting = 4096;  // more in flight than this: not answered, the platform tries again
};

class Intake {
 public:
  /// One for each account. `to_open` belongs to the network thread, `to_seal` to the store thread.
  struct Account {
    std::unique_ptr<platform::Callback> to_open;
    std::shared_ptr<platform::Callback> to_seal;
  };
  Intake(boost::asio::any_io_executor executor, StoreThread& store, Pipeline& pipeline,
         std::map<std::string, Account> accounts, const Clock& clock, Metrics& metrics,
         IntakeSettings settings, understanding::Listener* listener = nullptr,
         std::function<bool()> reads_pictures = {});

  /// GET and POST /wechat/{account}.
  boost::asio::awaitable<http::Answer> get(http::Request request);
  boost::asio::awaitable<http::Answer> post(http::Request request);

 private:
  struct Pending;
  boost::asio::awaitable<http::Answer> answer_when_committed(std::string key, Incoming incoming);
  void submit(std::shared_ptr<Pending> pending, Incoming incoming);
  void submit_collected();
  void finished(const std::shared_ptr<Pending>& pending, std::optional<Outcome> outcome);

  boost::asio::any_io_executor executor_;
  StoreThread& store_;
  Pipeline& pipeline_;
  std::map<std::string, Account> accounts_;
  const Clock& clock_;
  IntakeSettings settings_;
  understanding::Listener* listener_;     // none in tests that need no understanding
  std::function<bool()> reads_pictures_;  // whether one more would be read; none: they are not
  std::map<std::string, std::shared_ptr<Pending>>
      pending_;  // by dedupe key: a second try waits for the first
  // What this round of the event loop has read, handed over as one group.
  std::vector<Incoming> collected_;
  std::vector<std::shared_ptr<Pending>> collected_for_;
  Counter& refused_;
  Counter& unanswered_;
  Counter& not_read_;
};

}  // namespace linli::pipeline
