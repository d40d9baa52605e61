#include "bot/pipeline/store_thread.hpp"

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

void StoreThread::submit(Incoming incoming, std::function<void(std::optional<Outcome>)> done) {
  auto collect = [this, waiting = Waiting{std::move(incoming), std::move(done)}]() mutable {
    waiting_.push_back(std::move(waiting));
    // The first of a batch asks for the commit behind everything that is already posted; a full batch goes at
    // once.
    if (waiting_.size() == 1) asio::post(work_, [this] { flush(); });
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
  if (waiting_.empty()) return;
  std::vector<Waiting> batch = std::exchange(waiting_, {});
  std::vector<Incoming> messages;
  messages.reserve(batch.size());
  for (Waiting& one : batch) messages.push_back(std::move(one.incoming));
  std::vector<Outcome> outcomes;
  try {
    outcomes = pipeline_.process(messages);
  } catch (const store::StorageError& error) {
    log::error("batch.not_committed", {{"code", error.code()}, {"messages", batch.size()}});
    if ((error.code() & 0xff) == io_error) fatal_();
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i].done(i < outcomes.size() ? std::optional(std::move(outcomes[i])) : std::nullopt);
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
