// Carries claimed messages to the platform: a coroutine on the network thread that asks the store thread for
// what is due, makes the calls, and hands the answers back. Nothing is kept here: a crash at any point is
// Dispatch's recover().
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/outbox/dispatch.hpp"
#include "bot/platform/sender.hpp"

namespace linli::outbox {

/// Runs a piece of Dispatch's work in a transaction of its own on the store thread and resumes on the network
/// thread after the commit.
using InStore = std::function<boost::asio::awaitable<bool>(std::function<void(Dispatch&, Time)>)>;

class Courier {
 public:
  struct Account {
    platform::Sender* sender{};
    TemplateSettings templates;
  };
  Courier(boost::asio::any_io_executor executor, InStore in_store, std::map<std::string, Account> accounts);

  /// Runs until stop(); returns when no call is under way any more.
  boost::asio::awaitable<void> run();
  /// Something may be due: look now instead of at the next tick.
  void ring();
  void stop();

 private:
  boost::asio::awaitable<void> deliver(Send send);
  void spawn(Send send);

  boost::asio::any_io_executor executor_;
  InStore in_store_;
  std::map<std::string, Account> accounts_;
  boost::asio::steady_timer bell_;
  boost::asio::steady_timer drained_;
  int under_way_ = 0;
  bool rung_ = false;
  bool stopping_ = false;
};

/// The call's content for one send.
platform::Outgoing outgoing(const Send& send, const TemplateSettings& templates);

}  // namespace linli::outbox
