// The one thread that owns the database. The network thread posts pieces of work; messages that arrive while
// a commit is under way are collected and share the next one (group commit), without a lock of our own: the
// collecting happens on this thread, in the order of posting. Messages come and outcomes go in groups,
// because waking the other thread costs as much as several statements.
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "bot/pipeline/pipeline.hpp"

namespace linli::pipeline {

class StoreThread {
 public:
  static constexpr std::size_t most_in_batch = 64;

  /// `fatal` is called on the store thread when the log cannot be synced: acknowledging must stop, the
  /// process must end and recover from the log.
  StoreThread(Pipeline& pipeline, std::function<void()> fatal);
  ~StoreThread();
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  /// Runs on the store thread after the commit, one outcome for each message; empty if nothing was committed.
  using Done = std::function<void(std::vector<Outcome>)>;
  void submit(std::vector<Incoming> messages, Done done);
  /// Runs `work` on the store thread.
  void post(std::function<void()> work);
  /// Finishes what was posted and ends the thread.
  void stop();

 private:
  struct Group {
    std::size_t size{};
    Done done;
  };
  void flush();

  Pipeline& pipeline_;
  std::function<void()> fatal_;
  boost::asio::io_context work_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  std::vector<Incoming> waiting_;  // store thread only
  std::vector<Group> groups_;      // whose they are, in order
  std::thread thread_;
};

/// Runs `work` on the store thread, in one transaction, and resumes on `back`; false if it was rolled back.
boost::asio::awaitable<bool> in_store(StoreThread& store, Pipeline& pipeline,
                                      boost::asio::any_io_executor back, std::function<void()> work);

}  // namespace linli::pipeline
