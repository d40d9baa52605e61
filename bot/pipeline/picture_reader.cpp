#include "bot/pipeline/picture_reader.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"

namespace linli::pipeline {

namespace asio = boost::asio;

namespace {
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr int most_fetches = 2;
}  // namespace

PictureReader::PictureReader(asio::any_io_executor executor, StoreThread& store, Pipeline& pipeline,
                             store::PictureLedger& pictures, understanding::Listener& listener, Fetch fetch,
                             Read read, PictureReaderSettings settings, Metrics& metrics)
    : executor_(std::move(executor)),
      store_(store),
      pipeline_(pipeline),
      pictures_(pictures),
      listener_(listener),
      fetch_(std::move(fetch)),
      read_(std::move(read)),
      settings_(settings),
      bell_(executor_, asio::steady_timer::time_point::max()),
      drained_(executor_, asio::steady_timer::time_point::max()),
      read_count_(metrics.counter("linli_pictures_total", "Pictures given to be read", {{"result", "read"}})),
      unread_count_(
          metrics.counter("linli_pictures_total", "Pictures given to be read", {{"result", "not_read"}})) {}

bool PictureReader::expect() {
  if (stopping_ || waiting_ >= settings_.most_waiting) return false;
  ++waiting_;  // until the next look counts
  return true;
}

void PictureReader::stop() {
  stopping_ = true;
  bell_.cancel();
}

asio::awaitable<void> PictureReader::on_store(std::function<void()> work) {
  asio::steady_timer bell(executor_, asio::steady_timer::time_point::max());
  bool done = false;
  auto run = [&] {
    try {
      work();
    } catch (const std::exception&) {
      log::error("picture.not_committed");
    }
    auto finish = [&bell, &done] {
      done = true;
      bell.cancel();
    };
    asio::post(executor_, finish);
  };
  store_.post(run);
  while (!done) co_await bell.async_wait(no_throw);
}

/// What can be begun now; each beginning is counted before it is made.
asio::awaitable<std::vector<store::Picture>> PictureReader::look() {
  std::vector<store::Picture> found;
  std::set<PictureId> in_hand = in_hand_;
  int all = 0;
  std::function<void()> claim = [this, &found, &in_hand, &all] {
    auto free = static_cast<std::size_t>(settings_.at_once) - in_hand.size();
    auto rows = pictures_.waiting({}, settings_.most_waiting + settings_.at_once);
    all = static_cast<int>(rows.size());
    std::erase_if(rows, [&](const store::Picture& row) { return in_hand.contains(row.id); });
    if (rows.size() > free) rows.resize(free);
    if (rows.empty()) return;
    pipeline_.in_transaction([&] {
      for (const auto& row : rows) pictures_.count_try(row.id);
    });
    found = std::move(rows);
  };
  co_await on_store(claim);
  waiting_ = all;
  co_return found;
}

asio::awaitable<void> PictureReader::run() {
  while (!stopping_) {
    if (in_hand_.size() < static_cast<std::size_t>(settings_.at_once)) {
      auto rows = co_await look();
      for (auto& row : rows) spawn(std::move(row));
    }
    if (stopping_) break;
    bell_.expires_after(settings_.look_every);
    co_await bell_.async_wait(no_throw);
  }
  while (!in_hand_.empty()) co_await drained_.async_wait(no_throw);
}

void PictureReader::spawn(store::Picture picture) {
  const PictureId id = picture.id;
  in_hand_.insert(id);
  auto on_end = [this, id](std::exception_ptr error) {
    in_hand_.erase(id);
    drained_.cancel();
    bell_.cancel();
    if (error)
      log::error("picture.reader_failed");  // the row is still there: begun again, or asked when it is late
  };
  asio::co_spawn(executor_, handle(std::move(picture)), on_end);
}

asio::awaitable<void> PictureReader::handle(store::Picture picture) {
  Reading reading;
  reading.picture = picture.id;
  if (picture.tries < settings_.most_tries) reading.text = co_await words_in(picture);
  if (stopping_) co_return;  // not begun, or cut short: the next start reads it
  if (!reading.text.empty()) reading.heard = listener_.listen(reading.text);
  (reading.text.empty() ? unread_count_ : read_count_).Increment();
  std::function<void()> answer = [this, &reading] { pipeline_.process_reading(reading); };
  co_await on_store(answer);
}

/// Empty if there are none, or it could not be had or read; why is counted in the log by its kind alone.
asio::awaitable<std::string> PictureReader::words_in(const store::Picture& picture) {
  Result<std::string> bytes = Error{Errc::unavailable, {}};
  for (int fetch = 0; fetch < most_fetches && !stopping_; ++fetch) {
    if (fetch > 0) {
      asio::steady_timer pause(executor_, settings_.pause);
      co_await pause.async_wait(no_throw);
    }
    bytes = co_await fetch_(picture.account, picture.media);
    if (bytes || bytes.error().code != Errc::unavailable) break;
  }
  if (!bytes) {
    log::warn("picture.not_fetched", {{"reason", log::Value::of(linli::name(bytes.error().code))}});
    co_return std::string();
  }
  auto words = co_await read_(std::move(*bytes));
  if (!words) {
    log::info("picture.not_read", {{"reason", log::Value::of(linli::name(words.error().code))}});
    co_return std::string();
  }
  co_return std::move(*words);
}

}  // namespace linli::pipeline
