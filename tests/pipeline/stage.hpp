// What the pipeline's tests share: a pipeline with handlers of the test's own on a database in memory, and
// messages.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bot/pipeline/pipeline.hpp"
#include "bot/store/ledgers.hpp"
#include "handlers/fallback.hpp"

namespace linli::pipeline {

/// Opens one task for every message "开", throws at "抛", and lets everything else pass.
class TestHandler final : public dialog::Handler {
 public:
  explicit TestHandler(store::TaskLedger& tasks) : tasks_(tasks) {}
  std::string_view topic() const override { return "test"; }
  std::vector<dialog::TextId> texts() const override { return {}; }
  bool fits(dialog::Turn& turn) override {
    return turn.message().text == "开" || turn.message().text == "抛";
  }
  void start(dialog::Turn& turn) override {
    community::Task task;
    task.kind = community::TaskKind::help;
    task.reporter = turn.sender();
    task.opened_at = turn.now();
    tasks_.open(task);
    turn.say(dialog::TextId{"fallback.menu"});
    if (turn.message().text == "抛") throw std::logic_error("on purpose");
  }
  /// Opens a task for every row, and throws when the row says so.
  void due(dialog::Turn& turn, const store::Due& due) override {
    community::Task task;
    task.opened_at = turn.now();
    tasks_.open(task);
    if (due.data == "抛") throw std::logic_error("on purpose");
  }

 private:
  store::TaskLedger& tasks_;
};

struct Bench {
  explicit Bench(const store::DatabaseOptions& options = {})
      : db(std::move(store::Database::open(options)).value()), l(*db, cipher) {}

  Incoming message(int id, const std::string& text, const std::string& openid = "oSomebody") {
    Incoming incoming;
    incoming.inbound.account = "demo";
    incoming.inbound.openid = openid;
    incoming.inbound.kind = platform::InboundKind::text;
    incoming.inbound.text = text;
    incoming.inbound.dedupe_key = fmt::format("m:{}", id);
    incoming.body = text;
    // As the real envelope: different bytes each time it is made.
    incoming.seal_reply = [this](const std::string& reply, Time) {
      return fmt::format("{}#{}", reply, ++sealed);
    };
    return incoming;
  }

  std::int64_t count(const std::string& sql) {
    return std::get<0>(*store::Statement(*db, sql).one<std::int64_t>());
  }

  SettableClock clock{Time{Seconds{1'700'000'000}}};
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db;
  store::Ledgers l;
  Metrics metrics;
  Zone zone = *Zone::find("Asia/Shanghai");
  std::unique_ptr<dialog::Texts> texts =
      std::move(dialog::Texts::read(LINLI_SOURCE_DIR "/templates")).value();
  dialog::Words words = std::move(dialog::Words::read(LINLI_SOURCE_DIR "/config/words")).value();
  dialog::Surroundings around{*texts, words, zone, l.people, l.deliveries, l.asks, l.dues};
  TestHandler test{l.tasks};
  handlers::FallbackHandler fallback;
  dialog::Router router{{&test, &fallback}};
  outbox::Dispatch dispatch{l.deliveries, l.people, l.dues, *texts, random, {}};
  schedule::Agenda agenda{l.dues};
  Pipeline pipeline{{*db, l.people, l.inbox, l.deliveries, router, around, dispatch, agenda, clock, metrics}};
  int sealed = 0;
};

}  // namespace linli::pipeline
