#include "bot/pipeline/store_thread.hpp"

#include <algorithm>
#include <iterator>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"

namespace linli::pipeline {

namespace asio = boost::asio;

namespace {
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr int io_error = 10;  // SQLITE_IOERR: the log may not be on disk, and syncing again would lie
}  // namespace

StoreThread::StoreThread(Pipeline& pipeline, std::function<void()> fatal)
    : pipeline_(pipeline),
      fatal_(std::move(fatal)),
      guard_(asio::make_work_guard(work_)),
      thread_([this] { work_.run(); }) {}

StoreThread::~StoreThread() {
  stop();
}

void StoreThread::stop() {
  guard_.reset();
  if (thread_.joinable()) thread_.join();
}

void StoreThread::submit(std::vector<Incoming> messages, Done done) {
  auto collect = [this, messages = std::move(messages), done = std::move(done)]() mutable {
    // The first of a batch asks for the commit behind everything that is already posted; a full batch goes at
    // once.
    if (groups_.empty()) asio::post(work_, [this] { flush(); });
    groups_.push_back({messages.size(), std::move(done)});
    std::ranges::move(messages, std::back_inserter(waiting_));
    if (waiting_.size() >= most_in_batch) flush();
  };
  asio::post(work_, std::move(collect));
}

void StoreThread::post(std::function<void()> work) {
  auto guarded = [work = std::move(work)] {
    try {
      work();
    } catch (const std::exception&) {
      log::error("store.work_failed");
    }
  };
  asio::post(work_, std::move(guarded));
}

void StoreThread::flush() {
  if (groups_.empty()) return;
  const std::vector<Incoming> messages = std::exchange(waiting_, {});
  const std::vector<Group> groups = std::exchange(groups_, {});
  std::vector<Outcome> outcomes;
  try {
    outcomes = pipeline_.process(messages);
  } catch (const store::StorageError& error) {
    log::error("batch.not_committed", {{"code", error.code()}, {"messages", messages.size()}});
    if ((error.code() & 0xff) == io_error) fatal_();
  }
  if (outcomes.empty()) {
    for (const Group& group : groups) group.done({});
    return;
  }
  auto from = std::make_move_iterator(outcomes.begin());
  for (const Group& group : groups) {
    auto end = from + static_cast<std::ptrdiff_t>(group.size);
    group.done({from, end});
    from = end;
  }
}

asio::awaitable<bool> in_store(StoreThread& store, Pipeline& pipeline, asio::any_io_executor back,
                               std::function<void()> work) {
  asio::steady_timer bell(back, asio::steady_timer::time_point::max());
  bool done = false;
  bool committed = false;
  auto run = [&] {
    bool ok = false;
    try {
      pipeline.in_transaction(work);
      ok = true;
    } catch (const std::exception&) {
      log::error("store.work_failed");
    }
    auto finish = [&bell, &done, &committed, ok] {
      done = true;
      committed = ok;
      bell.cancel();
    };
    asio::post(back, finish);
  };
  store.post(run);
  while (!done) co_await bell.async_wait(no_throw);
  co_return committed;
}

}  // namespace linli::pipeline
