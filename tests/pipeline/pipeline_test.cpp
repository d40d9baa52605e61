#include "bot/pipeline/pipeline.hpp"

#include "tests/pipeline/stage.hpp"

namespace linli::pipeline {
namespace {

TEST(Pipeline, a_message_has_one_effect_and_one_reply_however_often_it_comes) {
  Bench bench;
  std::string reply;
  for (int round = 0; round < 160; ++round) {
    std::vector<Incoming> batch;
    for (int i = 0; i < 63; ++i) batch.push_back(bench.message(1, "开"));
    batch.push_back(bench.message(1000 + round, "别的"));
    auto outcomes = bench.pipeline.process(batch);
    ASSERT_EQ(outcomes.size(), 64u);
    for (int i = 0; i < 63; ++i) {
      if (reply.empty()) reply = outcomes[0].reply;
      ASSERT_EQ(outcomes[static_cast<std::size_t>(i)].reply, reply) << round << " " << i;
    }
    EXPECT_FALSE(outcomes[63].duplicate);
  }
  EXPECT_EQ(bench.count("select count(*) from task"), 1);
  EXPECT_EQ(bench.l.inbox.count(), 161);
}

TEST(Pipeline, one_turn_that_throws_does_not_take_the_others_along) {
  Bench bench;
  std::vector<Incoming> batch;
  batch.push_back(bench.message(1, "开", "oOne"));
  batch.push_back(bench.message(2, "抛", "oTwo"));
  batch.push_back(bench.message(3, "开", "oThree"));
  auto outcomes = bench.pipeline.process(batch);
  EXPECT_FALSE(outcomes[0].failed);
  EXPECT_TRUE(outcomes[1].failed);
  EXPECT_FALSE(outcomes[2].failed);
  EXPECT_NE(outcomes[1].reply.find("人工"), std::string::npos);  // the apology names a way to a human
  EXPECT_EQ(bench.count("select count(*) from task"), 2);
  EXPECT_EQ(bench.count("select count(*) from inbox where state = 'failed'"), 1);
  EXPECT_EQ(bench.count("select count(*) from due where topic = 'human'"), 1);  // and somebody is told
  EXPECT_TRUE(bench.pipeline.process(std::span(&batch[1], 1))[0].duplicate);    // it is not tried for ever
}

TEST(Pipeline, a_full_disk_acknowledges_nothing_and_keeps_nothing_half) {
  auto path = (std::filesystem::temp_directory_path() / fmt::format("linli-full-{}.db", ::getpid())).string();
  std::filesystem::remove(path);
  {
    Bench bench({.path = path, .max_pages = 400});
    int answered = 0;
    bool full = false;
    for (int i = 0; i < 5000 && !full; ++i) {
      auto message = bench.message(i, "开", fmt::format("o{}", i));
      message.body = std::string(2000, 'x');
      try {
        bench.pipeline.process(std::span(&message, 1));
        ++answered;
      } catch (const store::StorageError&) {
        full = true;
      }
    }
    EXPECT_TRUE(full);
    EXPECT_GT(answered, 0);
    EXPECT_EQ(bench.l.inbox.count(), answered);
    EXPECT_EQ(bench.count("select count(*) from task"), answered);
    bench.db->execute("pragma max_page_count=100000");  // room again
    auto message = bench.message(99999, "开", "oLater");
    EXPECT_EQ(bench.pipeline.process(std::span(&message, 1)).size(), 1u);
  }
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
}

TEST(Pipeline, what_was_sent_after_a_message_was_written_is_gone_from_its_window) {
  Bench bench;
  auto first = bench.message(1, "菜单");
  ContactId contact = bench.pipeline.process(std::span(&first, 1))[0].contact;
  bench.clock.advance(Seconds{100});
  auto late = bench.message(2, "菜单");
  late.inbound.created = bench.clock.now();
  bench.clock.advance(Seconds{5});
  for (int i = 0; i < 3; ++i) bench.l.people.use_window(contact, bench.clock.now());
  bench.clock.advance(Seconds{5});  // its third try comes through
  bench.pipeline.process(std::span(&late, 1));
  EXPECT_EQ(bench.l.people.contact(contact)->window.left, 2);
  auto next = bench.message(3, "菜单");
  next.inbound.created = bench.clock.now();
  bench.pipeline.process(std::span(&next, 1));
  EXPECT_EQ(bench.l.people.contact(contact)->window.left, 5);
}

TEST(Pipeline, what_falls_due_happens_once) {
  Bench bench;
  bench.pipeline.in_transaction([&] { bench.l.dues.set({"dialog:1", bench.clock.now(), "dialog", 1, {}}); });
  EXPECT_EQ(bench.pipeline.process_due(), 1);
  EXPECT_EQ(bench.pipeline.process_due(), 0);
}

TEST(Pipeline, what_fell_due_and_throws_is_put_off_and_does_not_take_the_others_along) {
  Bench bench;
  bench.pipeline.in_transaction([&] {
    for (const char* what : {"a", "b", "c"})
      bench.l.dues.set({what, bench.clock.now(), "test", 0, *what == 'b' ? "抛" : "开"});
  });
  EXPECT_EQ(bench.pipeline.process_due(), 3);
  EXPECT_EQ(bench.count("select count(*) from task"), 2);  // each of the others acted once
  EXPECT_EQ(bench.count("select count(*) from due where key = 'b'"), 1);
  EXPECT_EQ(bench.pipeline.process_due(), 0);  // not at once again
}

TEST(Pipeline, long_answers_go_on_by_the_outbox) {
  Bench bench;
  Outcome outcome;
  outcome.contact = ContactId{1};
  auto message = bench.message(1, "你好");
  bench.pipeline.process(std::span(&message, 1));
  EXPECT_EQ(bench.count("select count(*) from outbox"), 0);
  outcome.person = PersonId{1};
  outcome.said = {{"迟到的回答", {}}};
  bench.pipeline.say_by_outbox("demo/m:1", outcome);
  bench.pipeline.say_by_outbox("demo/m:1", outcome);  // said once
  EXPECT_EQ(bench.count("select count(*) from outbox"), 1);
}

}  // namespace
}  // namespace linli::pipeline
