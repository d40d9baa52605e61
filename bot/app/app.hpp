// The running bot: owns every part in start order and stops them in reverse, with a deadline. Network on the
// thread that calls run(); the database on the store thread.
#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/app/house.hpp"
#include "bot/app/key_file.hpp"
#include "bot/http/client.hpp"
#include "bot/http/server.hpp"
#include "bot/outbox/courier.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/store_thread.hpp"
#include "bot/platform/official_account.hpp"

namespace linli::app {

class App {
 public:
  /// `clock` and `random` outlive it. `database` may switch durability off for the crash tests' controls.
  static Result<std::unique_ptr<App>> build(boost::asio::io_context& io, const Settings& settings,
                                            const store::DatabaseOptions& database, const Clock& clock,
                                            Random& random, const House::Prepare& prepare = {});
  ~App();

  /// Starts listening and everything that goes on by itself.
  void start();
  /// Takes no new requests, answers those under way, finishes sends and commits. Callable once.
  boost::asio::awaitable<void> stop();
  /// Something may have fallen due (the demo's clock was moved).
  void wake();
  unsigned short port() const { return server_->port(); }
  House& house() { return *house_; }

 private:
  App(boost::asio::io_context& io, const Settings& settings, const Clock& clock, Random& random);
  void make_network(const Settings& settings);
  std::vector<http::Route> routes();
  boost::asio::awaitable<void> tick();
  boost::asio::awaitable<void> clean();
  boost::asio::awaitable<void> create_menus();
  boost::asio::awaitable<http::Answer> metrics_page();
  http::Response readiness() const;

  boost::asio::io_context& io_;
  Settings settings_;
  const Clock& clock_;
  Random& random_;
  Metrics metrics_;
  std::unique_ptr<House> house_;
  std::unique_ptr<understanding::Listener> listener_;
  std::unique_ptr<pipeline::StoreThread> store_;
  std::unique_ptr<pipeline::Intake> intake_;
  std::unique_ptr<http::Client> client_;
  std::map<std::string, std::unique_ptr<platform::OfficialAccount>> accounts_;
  std::unique_ptr<outbox::Courier> courier_;
  std::unique_ptr<http::Server> server_;
  boost::asio::steady_timer bell_;
  boost::asio::steady_timer ended_;
  int running_ = 0;  // coroutines that stop() waits for
  Time next_cleaning_{};
  bool stopping_ = false;
  bool store_failed_ = false;
};

}  // namespace linli::app
