// Reads the pictures that topics have given to be read (store::PictureLedger): a coroutine on the network
// thread that asks the store thread for what waits, fetches each picture from the platform, has its words
// read, listens to them as to a message, and hands them back as a turn (Pipeline::process_reading). Nothing
// is kept here and no picture is written anywhere: a row stays until that turn's commit, and whatever is
// there after a restart is read again. Nobody waits for it: the message was answered before.
#pragma once

#include <functional>
#include <set>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/base/metrics.hpp"
#include "bot/pipeline/store_thread.hpp"

namespace linli::pipeline {

struct PictureReaderSettings {
  int at_once = 1;
  int most_waiting = 20;
  int most_tries = 2;  // beginnings, over all starts of the program: what ends it is not begun for ever
  std::chrono::milliseconds look_every{500};
  std::chrono::milliseconds pause{2000};  // before a picture is fetched again
};

class PictureReader {
 public:
  /// The bytes of a picture (account, media id); Errc::unavailable is worth another try.
  using Fetch = std::function<boost::asio::awaitable<Result<std::string>>(std::string, std::string)>;
  /// The words in one.
  using Read = std::function<boost::asio::awaitable<Result<std::string>>(std::string)>;

  PictureReader(boost::asio::any_io_executor executor, StoreThread& store, Pipeline& pipeline,
                store::PictureLedger& pictures, understanding::Listener& listener, Fetch fetch, Read read,
                PictureReaderSettings settings, Metrics& metrics);

  /// Whether one more would be read soon. If so it is expected: the next looks are for it.
  bool expect();
  /// Runs until stop(); returns when nothing is being read any more.
  boost::asio::awaitable<void> run();
  /// What is being read is left to the next start; whoever owns the reading program ends it.
  void stop();

 private:
  boost::asio::awaitable<std::vector<store::Picture>> look();
  boost::asio::awaitable<void> handle(store::Picture picture);
  boost::asio::awaitable<std::string> words_in(const store::Picture& picture);
  boost::asio::awaitable<void> on_store(std::function<void()> work);
  void spawn(store::Picture picture);

  boost::asio::any_io_executor executor_;
  StoreThread& store_;
  Pipeline& pipeline_;
  store::PictureLedger& pictures_;  // on the store thread only
  understanding::Listener& listener_;
  Fetch fetch_;
  Read read_;
  PictureReaderSettings settings_;
  boost::asio::steady_timer bell_;
  boost::asio::steady_timer drained_;
  std::set<PictureId> in_hand_;
  int waiting_ = 0;
  bool stopping_ = false;
  Counter& read_count_;
  Counter& unread_count_;
};

}  // namespace linli::pipeline
