#include "bot/app/demo.hpp"

#include <algorithm>
#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/app/app.hpp"
#include "bot/app/sample.hpp"
#include "bot/app/simulation.hpp"
#include "bot/base/csv.hpp"
#include "bot/base/log.hpp"
#include "bot/sandbox/sandbox.hpp"

namespace linli::app {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr Seconds stop_deadline{30};

int fail(const Error& error) {
  fmt::print(stderr, "{}\n", error.text);
  return error.code == Errc::bad_config || error.code == Errc::bad_input ? 2 : 1;
}

/// Waits for a signal, then stops the parts in order; run() of the io_context returns by itself.
asio::awaitable<void> until_signal(asio::io_context& io, App& app, sandbox::Sandbox* beside) {
  asio::signal_set signals(io, SIGINT, SIGTERM);
  co_await signals.async_wait(no_throw);
  asio::steady_timer deadline(io, stop_deadline);
  auto too_late = [](boost::system::error_code ec) {
    if (ec) return;
    log::error("app.stop_too_slow");
    std::_Exit(1);
  };
  deadline.async_wait(too_late);
  if (beside) co_await beside->stop();
  co_await app.stop();
  deadline.cancel();
}

int run_until_signal(asio::io_context& io, App& app, sandbox::Sandbox* beside) {
  int code = 0;
  auto on_end = [&code](std::exception_ptr error) { code = error ? 1 : 0; };
  asio::co_spawn(io, until_signal(io, app, beside), on_end);
  io.run();
  return code;
}

unsigned short free_port(asio::io_context& io) {
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
  return acceptor.local_endpoint().port();
}

/// The one account of the demo. Its secrets open nothing but the sandbox.
AccountConfig sandbox_account(unsigned short phone_port, const std::string& menu) {
  AccountConfig config;
  config.platform.name = "demo";
  config.platform.app_id = "wx00000000sandbox";
  config.platform.app_secret = Secret("sandbox-secret-of-the-demo");
  config.platform.token = Secret("sandboxtoken");
  config.platform.aes_key = Secret("sandboxsandboxsandboxsandboxsandboxsandbox0");
  config.platform.api_base = fmt::format("http://127.0.0.1:{}", phone_port);
  config.templates.id = "sandbox-notice";
  config.templates.fields = {"thing1", "thing2", "thing3", "thing4"};
  config.menu = menu;
  return config;
}

/// The cast, and everybody else of the sample who has WeChat: they hear what they are told, and can be played
/// too.
Result<std::vector<sandbox::Person>> people_of(House& house, const Sample& sample) {
  std::vector<sandbox::Person> people;
  for (const auto& [name, code] : sample.cast) {
    auto openid = openid_of(house.ledgers().people, sample, name);
    if (!openid) return openid.error();
    people.push_back({name, *openid});
  }
  auto csv = read_csv((sample.folder / "people.csv").string());
  if (!csv) return csv.error();
  for (const CsvRow& row : csv->rows()) {
    std::string openid(row["openid"]);
    bool known =
        openid.empty() || std::ranges::find(people, openid, &sandbox::Person::openid) != people.end();
    if (!known) people.push_back({std::string(row["name"]), openid, false});
  }
  return people;
}

/// The days before the demo begins, in its database.
Result<void> live_before(const Settings& settings, const SandboxRun& run, Time now) {
  simulation::Options options;
  options.days = run.days_behind;
  options.sample = run.sample;
  options.data = run.data;
  options.until = now;
  log::set_level(log::Level::error);
  simulation::Simulation days(settings, options);
  auto lived = days.run();
  log::set_level(log::Level::info);
  return lived;
}

constexpr const char* try_first =
    "try first   网格长“待办”，社区值班“覆盖”，志愿者“我的班”，居民甲“家里没米了”\n"
    "            within five minutes 网格长 gets a reminder, 社区值班 a ticket that nobody has taken, and\n"
    "            volunteers nearby, or 网格长, hear of a post without anybody; the page's clock makes it "
    "sooner\n";

}  // namespace

int serve(const Settings& settings, const ServeOptions& options) {
  asio::io_context io(1);
  SystemClock clock;
  SystemRandom random;
  store::DatabaseOptions database{.path = settings.database,
                                  .synchronous_full = options.synchronous_full,
                                  .checkpoint_pages = settings.checkpoint_pages};
  database.unique_keys = options.unique_keys;
  auto app = App::build(io, settings, database, clock, random);
  if (!app) return fail(app.error());
  (*app)->start();
  fmt::print("linli listens on http://{}:{}\n", settings.http.address, (*app)->port());
  std::fflush(stdout);
  return run_until_signal(io, **app, nullptr);
}

int run_sandbox(Settings settings, const SandboxRun& run) {
  asio::io_context io(1);
  SystemRandom random;
  ShiftedClock clock;
  auto sample = read_sample(run.sample);
  if (!sample) return fail(sample.error());
  std::filesystem::remove_all(run.data);
  std::filesystem::create_directories(run.data);
  settings.database = (run.data / "linli.db").string();
  settings.key_file = (run.data / "linli.key").string();
  settings.intake_area = sample->intake_area;
  settings.http.port = run.bot_port;
  unsigned short phone_port = run.phone_port ? run.phone_port : free_port(io);
  std::string menu = settings.accounts.empty() ? "" : settings.accounts.begin()->second.menu;
  settings.accounts = {{"demo", sandbox_account(phone_port, menu)}};
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return fail(zone.error());
  if (!run.at.empty()) {
    auto at = parse_time(*zone, run.at);
    if (!at) return fail(at.error());
    clock.shift(*at - clock.now());
  }
  if (run.days_behind > 0) {
    auto lived = live_before(settings, run, clock.now());
    if (!lived) return fail(lived.error());
  }
  auto prepare = [&](store::Database& db, FieldCipher& cipher) -> Result<void> {
    if (run.days_behind > 0) return {};
    return fill(db, cipher, *sample, *zone, clock.now(), "demo", settings.areas);
  };
  auto app = App::build(io, settings, {.path = settings.database}, clock, random, prepare);
  if (!app) return fail(app.error());
  auto people = people_of((*app)->house(), *sample);
  if (!people) return fail(people.error());
  sandbox::SandboxOptions options;
  options.account = settings.accounts["demo"].platform;
  options.callback_url = fmt::format("http://127.0.0.1:{}/wechat/demo", (*app)->port());
  options.port = phone_port;
  options.page_dir = run.page.string();
  options.node_modules = run.node_modules.string();
  options.people = *people;
  options.templates = {{"sandbox-notice",
                        "邻里提醒",
                        {{"thing1", "事项"}, {"thing2", "说明"}, {"thing3", "详情"}, {"thing4", "回复"}}}};
  options.time_zone = settings.time_zone;
  options.shift_clock = [&clock, &app](Seconds by) {
    clock.shift(by);
    (*app)->wake();
  };
  auto beside = sandbox::Sandbox::create(io, options, clock, random);
  if (!beside) return fail(beside.error());
  (*beside)->start();
  (*app)->start();
  fmt::print("bot         http://127.0.0.1:{}\nphone page  {}\n", (*app)->port(), (*beside)->url());
  if (run.days_behind > 0) fmt::print("{}", try_first);
  std::fflush(stdout);
  return run_until_signal(io, **app, beside->get());
}

}  // namespace linli::app
