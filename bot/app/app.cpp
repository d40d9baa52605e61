#include "bot/app/app.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/app/trained.hpp"
#include "bot/base/file.hpp"
#include "bot/base/log.hpp"

namespace linli::app {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds tick_every{500};
constexpr http::Limits callback_limits{8192, 65536, Seconds{10}, true};

}  // namespace

App::App(asio::io_context& io, const Settings& settings, const Clock& clock, Random& random)
    : io_(io),
      settings_(settings),
      clock_(clock),
      random_(random),
      bell_(io, asio::steady_timer::time_point::max()),
      ended_(io, asio::steady_timer::time_point::max()) {}

App::~App() = default;

Result<std::unique_ptr<App>> App::build(asio::io_context& io, const Settings& settings,
                                        const store::DatabaseOptions& database, const Clock& clock,
                                        Random& random, const House::Prepare& prepare) {
  for (const auto& [name, account] : settings.accounts) {
    auto checked = platform::check_settings(account.platform);
    if (!checked) return checked.error();
  }
  auto key = read_or_make_key(settings.key_file, database.path, random);
  if (!key) return key.error();
  std::unique_ptr<App> app(new App(io, settings, clock, random));
  auto house = House::build(settings, database, *key, clock, random, app->metrics_, prepare);
  if (!house) return house.error();
  app->house_ = std::move(*house);
  auto trained = train(settings);
  if (!trained) return trained.error();
  auto on_network = [&io](std::function<void()> work) { asio::post(io, std::move(work)); };
  app->listener_ = make_listener(*trained, *app->house_, on_network);
  app->house_->set_up_rounds(clock.now());
  app->make_network(settings);
  return app;
}

void App::make_network(const Settings& settings) {
  auto fatal = [this] {
    auto give_up = [this] {
      store_failed_ = true;
      log::error("store.cannot_sync");
      std::abort();  // nothing may be acknowledged any more; the log tells the next start what was committed
    };
    asio::post(io_, give_up);
  };
  store_ = std::make_unique<pipeline::StoreThread>(house_->pipeline(), fatal);
  client_ = std::make_unique<http::Client>(io_);
  std::map<std::string, pipeline::Intake::Account> intakes;
  std::map<std::string, outbox::Courier::Account> senders;
  for (const auto& [name, account] : settings.accounts) {
    intakes[name] = {std::make_unique<platform::Callback>(account.platform, random_),
                     std::make_shared<platform::Callback>(account.platform, random_)};
    accounts_[name] = std::make_unique<platform::OfficialAccount>(*client_, account.platform, clock_);
    senders[name] = {accounts_[name].get(), account.templates};
  }
  intake_ = std::make_unique<pipeline::Intake>(io_.get_executor(), *store_, house_->pipeline(),
                                               std::move(intakes), clock_, metrics_, settings.intake, listener_.get());
  auto in_store = [this](std::function<void(outbox::Dispatch&, Time)> work) -> asio::awaitable<bool> {
    std::function<void()> bound = [this, work = std::move(work)] { work(house_->dispatch(), clock_.now()); };
    return pipeline::in_store(*store_, house_->pipeline(), io_.get_executor(), std::move(bound));
  };
  courier_ = std::make_unique<outbox::Courier>(io_.get_executor(), in_store, std::move(senders));
  server_ = std::make_unique<http::Server>(io_, settings.http, routes());
}

std::vector<http::Route> App::routes() {
  auto get = [this](http::Request request) { return intake_->get(std::move(request)); };
  auto post = [this](http::Request request) { return intake_->post(std::move(request)); };
  auto alive = [](http::Request) -> asio::awaitable<http::Answer> {
    http::Response response;
    response.body = "ok\n";
    co_return response;
  };
  auto ready = [this](http::Request) -> asio::awaitable<http::Answer> { co_return readiness(); };
  auto metrics = [this](http::Request) { return metrics_page(); };
  return {{"GET", "/wechat/{account}", callback_limits, get},
          {"POST", "/wechat/{account}", callback_limits, post},
          {"GET", "/healthz", {}, alive},
          {"GET", "/readyz", {}, ready},
          {"GET", "/metrics", {}, metrics}};
}

http::Response App::readiness() const {
  bool ready = !stopping_ && !store_failed_;
  return {ready ? 200 : 503, "text/plain; charset=utf-8", ready ? "ready\n" : "not ready\n", {}};
}

asio::awaitable<http::Answer> App::metrics_page() {
  std::vector<std::pair<std::string, std::int64_t>> counts;
  std::function<void()> count = [this, &counts] { counts = house_->ledgers().deliveries.counts(); };
  co_await pipeline::in_store(*store_, house_->pipeline(), io_.get_executor(), count);
  for (const auto& [state, number] : counts) {
    metrics_.gauge("linli_outbox", "Messages in the outbox by state", {{"state", state}})
        .Set(static_cast<double>(number));
  }
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = metrics_.render();
  co_return response;
}

void App::start() {
  server_->start();
  auto spawn = [this](asio::awaitable<void> work) {
    ++running_;
    auto on_end = [this](std::exception_ptr error) {
      --running_;
      ended_.cancel();
      if (error) {
        log::error("app.part_failed");
        std::abort();  // without schedule or outbox the bot would fall silent; the supervisor starts it anew
      }
    };
    asio::co_spawn(io_, std::move(work), on_end);
  };
  spawn(tick());
  spawn(courier_->run());
  spawn(create_menus());
}

/// Lets what is due happen, twice a second; a jump of the clock is seen at the next tick.
asio::awaitable<void> App::tick() {
  while (!stopping_) {
    int acted = 0;
    bool done = false;
    asio::steady_timer finished(io_, asio::steady_timer::time_point::max());
    auto work = [this, &acted, &done, &finished] {
      int count = 0;
      try {
        count = house_->pipeline().process_due();
      } catch (const std::exception&) {
        log::error("schedule.not_committed");
      }
      auto back = [&acted, &done, &finished, count] {
        acted = count;
        done = true;
        finished.cancel();
      };
      asio::post(io_, back);
    };
    store_->post(work);
    while (!done) co_await finished.async_wait(no_throw);
    courier_->ring();
    if (acted == schedule::Agenda::batch) continue;
    if (clock_.now() >= next_cleaning_) co_await clean();
    bell_.expires_after(tick_every);
    co_await bell_.async_wait(no_throw);
  }
}

/// Messages older than the settings keep them go, received and sent, some at a time so that nobody waits for
/// it.
asio::awaitable<void> App::clean() {
  next_cleaning_ = clock_.now() + Seconds{3600};
  Time before = clock_.now() - settings_.keep_messages;
  std::int64_t gone = 1;
  std::function<void()> forget = [this, before, &gone] {
    gone = house_->ledgers().inbox.forget_before(before) + house_->ledgers().deliveries.forget_before(before);
  };
  while (gone > 0 && !stopping_) {
    bool committed = co_await pipeline::in_store(*store_, house_->pipeline(), io_.get_executor(), forget);
    if (!committed) break;
  }
}

asio::awaitable<void> App::create_menus() {
  for (const auto& [name, account] : settings_.accounts) {
    if (account.menu.empty() || stopping_) continue;
    auto json = read_file(account.menu);
    if (!json) {
      log::warn("menu.not_read");
      continue;
    }
    auto created = co_await accounts_[name]->create_menu(*json);
    if (created)
      log::info("menu.created");
    else
      log::warn("menu.not_created", {{"reason", log::Value::of(linli::name(created.error().code))}});
  }
}

void App::wake() {
  bell_.cancel();
}

asio::awaitable<void> App::stop() {
  stopping_ = true;
  co_await server_->stop();
  bell_.cancel();
  courier_->stop();
  while (running_ > 0) co_await ended_.async_wait(no_throw);
  store_->stop();
  log::info("app.stopped");
}

}  // namespace linli::app
