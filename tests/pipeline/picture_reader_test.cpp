// The reader of pictures between the store thread and a platform and a reading program of the test's own:
// what it answers, what it gives up, and what a stop in the middle leaves behind.
#include "bot/pipeline/picture_reader.hpp"

#include <filesystem>
#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/app/trained.hpp"

namespace linli::pipeline {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr const char* story = "听说安和区所有加油站从明天起关门三天，大家赶紧去加油";

const app::Settings& settings() {
  static const app::Settings read = [] {
    std::filesystem::current_path(LINLI_SOURCE_DIR);
    return app::read_settings("config/linli.toml", [](const std::string&) { return std::string(); }).value();
  }();
  return read;
}

const app::Trained& trained() {
  static const app::Trained once = app::train(settings()).value();
  return once;
}

/// One start of the program on a database that outlives it.
class Start {
 public:
  Start(const std::string& database, SettableClock& at) : clock(at) {
    house = app::House::build(settings(), {.path = database}, Secret(std::string(32, 'k')), clock, random,
                              metrics)
                .value();
    listener = app::make_listener(trained(), *house);
  }

  void send(int id, platform::InboundKind kind, const std::string& text, bool readable) {
    Incoming incoming;
    incoming.inbound.account = "demo";
    incoming.inbound.openid = "oSomebody";
    incoming.inbound.kind = kind;
    incoming.inbound.text = text;
    incoming.inbound.media_id = kind == platform::InboundKind::image ? fmt::format("media{}", id) : "";
    incoming.inbound.dedupe_key = fmt::format("m:{}", id);
    incoming.readable = readable;
    incoming.seal_reply = [](const std::string& text_of_it, Time) { return text_of_it; };
    reply = house->pipeline().process(std::span(&incoming, 1)).front().reply;
  }

  /// Runs the reader until `done`, or for five seconds; then stops it.
  void read_until(const std::function<bool()>& done) {
    StoreThread store(house->pipeline(), [] {});
    PictureReaderSettings limits;
    limits.look_every = milliseconds(5);
    limits.pause = milliseconds(5);
    auto get = [this](std::string account, std::string media) -> asio::awaitable<Result<std::string>> {
      EXPECT_EQ(account, "demo");
      fetched.push_back(media);
      auto answer = fetch();
      co_return answer;
    };
    auto read = [this](std::string) -> asio::awaitable<Result<std::string>> {
      auto executor = co_await asio::this_coro::executor;
      asio::steady_timer takes(executor, reading_takes);
      ++begun;
      co_await takes.async_wait(asio::as_tuple(asio::use_awaitable));
      co_return words;
    };
    PictureReader reader(io.get_executor(), store, house->pipeline(), house->ledgers().pictures, *listener,
                         get, read, limits, metrics);
    bool ended = false;
    asio::co_spawn(io, reader.run(), [&ended](std::exception_ptr error) { ended = !error; });
    auto until = std::chrono::steady_clock::now() + Seconds{5};
    while (!done() && std::chrono::steady_clock::now() < until) io.run_for(milliseconds(5));
    reader.stop();
    io.run();
    EXPECT_TRUE(ended);
    store.stop();
  }

  std::size_t waiting() { return house->ledgers().pictures.waiting({}, 10).size(); }
  /// What has been put into the outbox.
  std::string said() {
    std::string all;
    house->pipeline().in_transaction([&] {
      for (const auto& send : house->dispatch().claim(clock.now() + Seconds{2}, 64)) all += send.text + "\n";
    });
    return all;
  }

  SettableClock& clock;
  SeededRandom random{1};
  Metrics metrics;
  std::unique_ptr<app::House> house;
  std::unique_ptr<understanding::Listener> listener;
  asio::io_context io{1};
  std::function<Result<std::string>()> fetch = [] { return Result<std::string>("bytes"); };
  milliseconds reading_takes{1};
  Result<std::string> words = std::string(story);
  std::vector<std::string> fetched;
  int begun = 0;
  std::string reply;
};

class PictureReaderTest : public testing::Test {
 protected:
  PictureReaderTest() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~PictureReaderTest() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("linli-reader-{}", getpid());
  std::string database = (folder / "linli.db").string();
  SettableClock clock{Time{Seconds{1'772'413'200}}};
};

TEST_F(PictureReaderTest, AnswersWhatWasReadByTheOutbox) {
  Start start(database, clock);
  start.send(1, platform::InboundKind::image, "", true);
  EXPECT_NE(start.reply.find("正在看图里的字"), std::string::npos);
  start.read_until([&] { return start.waiting() == 0; });
  EXPECT_EQ(start.fetched, std::vector<std::string>{"media1"});
  auto said = start.said();
  EXPECT_NE(said.find("我看到的是：“听说安和区所有加油站"), std::string::npos) << said;
  EXPECT_NE(said.find("记下了，这条传言编号 1"), std::string::npos) << said;
  EXPECT_TRUE(start.house->ledgers().dues.of_topic("picture").empty());
}

TEST_F(PictureReaderTest, AStopInTheMiddleLeavesThePictureToTheNextStart) {
  {
    Start first(database, clock);
    first.reading_takes = milliseconds(100);
    first.send(1, platform::InboundKind::image, "", true);
    first.read_until([&] { return first.begun == 1; });
    EXPECT_EQ(first.waiting(), 1U);
    EXPECT_EQ(first.said(), "");
  }
  Start second(database, clock);
  second.read_until([&] { return second.waiting() == 0; });
  EXPECT_EQ(second.fetched, std::vector<std::string>{"media1"});
  EXPECT_NE(second.said().find("记下了，这条传言编号 1"), std::string::npos);
}

TEST_F(PictureReaderTest, WhatEndedTheProgramTwiceIsAskedInstead) {
  for (int start = 0; start < 2; ++start) {
    Start one(database, clock);
    one.reading_takes = milliseconds(50);
    if (start == 0) one.send(1, platform::InboundKind::image, "", true);
    one.read_until([&] { return one.begun == 1; });
  }
  Start third(database, clock);
  third.read_until([&] { return third.waiting() == 0; });
  EXPECT_EQ(third.begun, 0);
  EXPECT_NE(third.said().find("没看清"), std::string::npos);
}

TEST_F(PictureReaderTest, FetchesAgainWhenThePlatformIsAwayForAMoment) {
  Start start(database, clock);
  int calls = 0;
  start.fetch = [&calls]() -> Result<std::string> {
    if (++calls == 1) return Error{Errc::unavailable, "away"};
    return std::string("bytes");
  };
  start.send(1, platform::InboundKind::image, "", true);
  start.read_until([&] { return start.waiting() == 0; });
  EXPECT_EQ(calls, 2);
  EXPECT_NE(start.said().find("记下了"), std::string::npos);
}

TEST_F(PictureReaderTest, AsksWhenThePictureIsNotToBeHadOrRead) {
  Start start(database, clock);
  start.fetch = [] { return Result<std::string>(Error{Errc::platform, "40007"}); };
  start.send(1, platform::InboundKind::image, "", true);
  start.read_until([&] { return start.waiting() == 0; });
  EXPECT_EQ(start.fetched.size(), 1U) << "a refusal is not asked for twice";
  EXPECT_EQ(start.begun, 0);
  EXPECT_NE(start.said().find("没看清"), std::string::npos);
}

TEST_F(PictureReaderTest, WhatIsNotReadInTimeIsAskedOnce) {
  Start start(database, clock);
  start.send(1, platform::InboundKind::image, "", true);
  clock.set(clock.now() + settings().pictures.within);
  while (start.house->pipeline().process_due() > 0) {
  }
  EXPECT_EQ(start.waiting(), 0U);
  auto said = start.said();
  EXPECT_NE(said.find("没看清"), std::string::npos) << said;
  Reading late;
  late.picture = PictureId{1};
  late.text = story;
  EXPECT_FALSE(start.house->pipeline().process_reading(late)) << "what comes after that is not said";
}

TEST_F(PictureReaderTest, WhoHasTypedItMeanwhileIsNotAnsweredTwice) {
  Start start(database, clock);
  start.send(1, platform::InboundKind::image, "", true);
  start.send(2, platform::InboundKind::text, story, false);
  EXPECT_NE(start.reply.find("记下了"), std::string::npos) << start.reply;
  EXPECT_EQ(start.waiting(), 0U);
  EXPECT_TRUE(start.house->ledgers().dues.of_topic("picture").empty());
}

TEST_F(PictureReaderTest, WithoutAReaderPicturesAreAskedAboutAsEver) {
  Start start(database, clock);
  start.send(1, platform::InboundKind::image, "", false);
  EXPECT_NE(start.reply.find("一句话说说它讲的是什么"), std::string::npos);
  EXPECT_EQ(start.waiting(), 0U);
}

TEST_F(PictureReaderTest, ExpectsNoMoreThanItCanRead) {
  Start start(database, clock);
  StoreThread store(start.house->pipeline(), [] {});
  PictureReaderSettings limits;
  limits.most_waiting = 2;
  PictureReader reader(start.io.get_executor(), store, start.house->pipeline(),
                       start.house->ledgers().pictures, *start.listener, {}, {}, limits, start.metrics);
  EXPECT_TRUE(reader.expect());
  EXPECT_TRUE(reader.expect());
  EXPECT_FALSE(reader.expect());
}

}  // namespace
}  // namespace linli::pipeline
