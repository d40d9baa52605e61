// An imitation of the WeChat platform for the demo and for tests: the account's server talks to it by HTTP
// alone, as to the real one. It runs beside the bot on a port of its own. Owned by bot/app. Nothing in it is
// durable.
//   Platform  what the platform knows and allows      Api     the calls of the account's server
//   Pusher    callbacks, three tries, passive replies Phones  the page's door; page/ is the page
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/http/server.hpp"
#include "bot/platform/account_settings.hpp"
#include "bot/sandbox/api.hpp"
#include "bot/sandbox/page_files.hpp"
#include "bot/sandbox/phones.hpp"
#include "bot/sandbox/platform.hpp"
#include "bot/sandbox/pusher.hpp"

namespace linli::sandbox {

struct SandboxOptions {
  platform::AccountSettings account;  // the sandbox's own: its AppSecret begins with "sandbox-"
  std::vector<platform::AccountSettings>
      other_accounts;          // every other one of this program: looked at, not used
  std::string callback_url;    // http://127.0.0.1:<bot>/wechat/<account>
  unsigned short port = 0;     // 0: a free one
  std::string page_dir;        // bot/sandbox/page
  std::string node_modules;    // where weui is
  std::vector<Person> people;  // they follow the account from the beginning
  std::vector<std::string> open_first{"居民甲", "网格长", "志愿者甲", "社区值班"};
  std::vector<TemplateInfo> templates;  // empty: every template id is known
  std::string title = "邻里";
  std::string time_zone = "Asia/Shanghai";
  std::function<void(Seconds)> shift_clock;  // moves the clock below, and wakes whoever sleeps by it
  std::chrono::milliseconds push_timeout = Seconds{5};
  std::chrono::milliseconds push_pause = Seconds{1};
  std::chrono::milliseconds template_result_delay = Seconds{1};
};

class Sandbox {
 public:
  /// Listens at once. Errc::forbidden beside an AppSecret that is not the sandbox's, or if the account's
  /// api_base is not on this machine; Errc::bad_config for another wrong setting, a missing file, a port that
  /// is taken. `clock` and `random` outlive it.
  static Result<std::unique_ptr<Sandbox>> create(boost::asio::io_context& io, SandboxOptions options,
                                                 const Clock& clock, Random& random);
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  unsigned short port() const { return server_->port(); }
  /// http://127.0.0.1:port, the phone page and the account's api_base.
  std::string url() const;
  Platform& platform() { return platform_; }

  void start();
  /// Pushes under way end first (at most the push timeout).
  boost::asio::awaitable<void> stop();

 private:
  Sandbox(boost::asio::io_context& io, SandboxOptions options, const Clock& clock, Random& random);
  Result<void> listen();

  boost::asio::io_context& io_;
  SandboxOptions options_;
  Platform platform_;
  Pusher pusher_;
  Api api_;
  Phones phones_;
  std::unique_ptr<http::Server> server_;
  bool clock_runs_ = false;
  boost::asio::steady_timer bell_;  // cancelled when the clock's run has ended
};

}  // namespace linli::sandbox
