// The small ledgers that hold what is waiting: what falls due, what was asked, what came in, what goes out.
#include <gmock/gmock.h>

#include "bot/store/ask_ledger.hpp"
#include "bot/store/delivery_ledger.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/inbox_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueuesTest : public StoreTest {
 protected:
  PersonLedger people{*db, cipher};
  Contact a = people.admit("main", "oa", at(1)).contact;
  Contact b = people.admit("main", "ob", at(1)).contact;
};

// --- due

class DueLedgerTest : public QueuesTest {
 protected:
  std::vector<std::string> keys(std::int64_t now, int limit = 100) {
    std::vector<std::string> found;
    for (const Due& due : dues.due(at(now), limit)) found.push_back(due.key);
    return found;
  }
  DueLedger dues{*db};
};

TEST_F(DueLedgerTest, OldestFirstAndNotBeforeTheirTime) {
  dues.set({"late", at(30), "task", 1, ""});
  dues.set({"early", at(10), "task", 2, "d"});
  dues.set({"also early", at(10), "task", 3, ""});
  EXPECT_THAT(keys(9), IsEmpty());
  EXPECT_THAT(keys(29), ElementsAre("also early", "early"));
  EXPECT_THAT(keys(30), ElementsAre("also early", "early", "late"));
  EXPECT_THAT(keys(30, 1), ElementsAre("also early"));
  EXPECT_EQ(dues.next(), at(10));
  Due early = dues.due(at(10), 2)[1];
  EXPECT_EQ(std::make_tuple(early.topic, early.ref, early.data), std::make_tuple("task", 2, "d"));
}

TEST_F(DueLedgerTest, OneTakesARow) {
  dues.set({"k", at(10), "task", 1, ""});
  Due due = dues.due(at(10), 1).front();
  EXPECT_TRUE(dues.take(due));
  EXPECT_FALSE(dues.take(due));
  EXPECT_FALSE(dues.next());
}

TEST_F(DueLedgerTest, ARowThatWasMovedIsNotTaken) {
  dues.set({"k", at(10), "task", 1, ""});
  Due due = dues.due(at(10), 1).front();
  dues.set({"k", at(50), "task", 2, "new"});
  EXPECT_FALSE(dues.take(due));
  EXPECT_EQ(dues.due(at(50), 1).front().data, "new");
}

TEST_F(DueLedgerTest, OnceMeansOnce) {
  dues.set_once({"k", at(10), "task", 1, "first"});
  dues.set_once({"k", at(99), "task", 1, "second"});
  EXPECT_EQ(dues.due(at(99), 9).size(), 1u);
  EXPECT_EQ(dues.due(at(10), 9).front().data, "first");
  dues.drop("k");
  EXPECT_FALSE(dues.next());
}

// --- ask

class AskLedgerTest : public QueuesTest {
 protected:
  AskLedger asks{*db};
};

TEST_F(AskLedgerTest, OpenOnesNewestFirstUntilTheyExpire) {
  asks.put({a.person, "task", 12, "12", "接 12", at(10), at(100)});
  asks.put({a.person, "shift_checkin", 3, "1 2", "", at(20), at(50)});
  asks.put({b.person, "task", 12, "12", "", at(10), at(100)});
  auto open = asks.open(a.person, at(30));
  ASSERT_EQ(open.size(), 2u);
  EXPECT_EQ(open[0].topic, "shift_checkin");
  EXPECT_EQ(open[1].accepts, "12");
  EXPECT_EQ(open[1].hint, "接 12");
  EXPECT_EQ(asks.open(a.person, at(50)).size(), 1u);
  asks.drop_all("task", 12);
  EXPECT_THAT(asks.open(a.person, at(50)), IsEmpty());
  EXPECT_THAT(asks.open(b.person, at(50)), IsEmpty());
}

TEST_F(AskLedgerTest, AskedAgainReplacesAndDropForgetsOne) {
  asks.put({a.person, "task", 12, "12", "", at(10), at(20)});
  asks.put({a.person, "task", 12, "1 2", "", at(15), at(99)});
  ASSERT_EQ(asks.open(a.person, at(30)).size(), 1u);
  EXPECT_EQ(asks.open(a.person, at(30))[0].accepts, "1 2");
  asks.drop(b.person, "task", 12);
  EXPECT_EQ(asks.open(a.person, at(30)).size(), 1u);
  asks.drop(a.person, "task", 12);
  EXPECT_THAT(asks.open(a.person, at(30)), IsEmpty());
}

// --- inbox

class InboxLedgerTest : public QueuesTest {
 protected:
  InboxLedger inbox{*db, cipher};
};

TEST_F(InboxLedgerTest, TheKeyDecidesAndTheAnswerStays) {
  EXPECT_FALSE(inbox.reply_of("main:m:1"));
  EXPECT_TRUE(inbox.put({"main:m:1", a.id, at(10), "text", "胸口疼", "<xml>one</xml>", ""}));
  EXPECT_FALSE(inbox.put({"main:m:1", a.id, at(11), "text", "胸口疼", "<xml>two</xml>", ""}));
  EXPECT_TRUE(inbox.put({"main:m:2", {}, at(12), "other", "", "", "failed"}));
  EXPECT_EQ(inbox.reply_of("main:m:1"), "<xml>one</xml>");
  EXPECT_EQ(inbox.reply_of("main:m:2"), "");
  EXPECT_EQ(inbox.count(), 2);
  EXPECT_EQ(text("select group_concat(state) from (select state from inbox order by key)"), "done,failed");
  EXPECT_EQ(text("select group_concat(body_sealed) from inbox").find("胸口疼"), std::string::npos);
}

TEST_F(InboxLedgerTest, OldRowsGo) {
  inbox.put({"1", a.id, at(10), "text", "", "", "done"});
  inbox.put({"2", a.id, at(20), "text", "", "", "done"});
  EXPECT_EQ(inbox.forget_before(at(20)), 1);
  EXPECT_EQ(inbox.forget_before(at(20)), 0);
  EXPECT_FALSE(inbox.reply_of("1"));
  EXPECT_TRUE(inbox.reply_of("2"));
}

// --- outbox

class DeliveryLedgerTest : public QueuesTest {
 protected:
  Delivery to(const Contact& contact, std::int64_t not_before, std::string body = "x") {
    Delivery d;
    d.contact = contact.id;
    d.person = contact.person;
    d.text_id = "help_request.taken";
    d.body = std::move(body);
    d.created_at = at(1);
    d.not_before = at(not_before);
    d.expires_at = at(1000);
    return d;
  }
  std::vector<std::string> bodies(const Contact& contact) {
    std::vector<std::string> found;
    for (const Delivery& d : outbox.queue(contact.id, at(100), 9)) found.push_back(d.body);
    return found;
  }
  void settle(Delivery d, std::string state) {
    d.state = std::move(state);
    EXPECT_TRUE(outbox.save(d, at(0), at(50)));
  }
  DeliveryLedger outbox{*db, cipher};
};

TEST_F(DeliveryLedgerTest, EverythingIsThereAgain) {
  Delivery d = to(a, 7, "胸口疼");
  d.card = "求助已记下\n编号 3";
  d.urgency = community::Urgency::life;
  d.dedupe = "task:3:taken";
  d.task = TaskId{3};
  db->execute(
      "insert into task (id, number, kind, state, urgency, opened_at) values (3, 3, 'help', 'open', 0, 1)");
  ASSERT_TRUE(outbox.add(d));
  Delivery read = outbox.queue(a.id, at(100), 9).front();
  EXPECT_EQ(read.body, d.body);
  EXPECT_EQ(read.card, d.card);
  EXPECT_EQ(read.urgency, d.urgency);
  EXPECT_EQ(read.dedupe, d.dedupe);
  EXPECT_EQ(read.task, d.task);
  EXPECT_EQ(read.state, "due");
  EXPECT_EQ(read.not_before, at(7));
  EXPECT_EQ(read.expires_at, at(1000));
  EXPECT_EQ(text("select body_sealed || card_sealed from outbox").find("胸口疼"), std::string::npos);
}

TEST_F(DeliveryLedgerTest, SaidOnceUnderOneKey) {
  Delivery d = to(a, 1);
  d.dedupe = "k";
  EXPECT_TRUE(outbox.add(d));
  EXPECT_FALSE(outbox.add(d));
  d.dedupe = "";
  EXPECT_TRUE(outbox.add(d));
  EXPECT_TRUE(outbox.add(d));
  EXPECT_EQ(outbox.count("due"), 3);
}

TEST_F(DeliveryLedgerTest, ContactsGoRoundTheirRowsStandInOrder) {
  outbox.add(to(a, 20, "a1"));
  outbox.add(to(b, 10, "b1"));
  outbox.add(to(a, 5, "a2"));  // later said, due sooner: still after a1
  outbox.add(to(b, 90, "b2"));
  const Time later = at(100);
  EXPECT_THAT(outbox.contacts_due({}, later, 9), ElementsAre(a.id, b.id));
  EXPECT_THAT(outbox.contacts_due({}, at(7), 9), ElementsAre(a.id));
  EXPECT_THAT(outbox.contacts_due({}, at(4), 9), IsEmpty());
  EXPECT_THAT(outbox.contacts_due({}, later, 1), ElementsAre(a.id));
  EXPECT_THAT(outbox.contacts_due(a.id, later, 9), ElementsAre(b.id));
  EXPECT_THAT(outbox.contacts_due(b.id, later, 9), IsEmpty());
  EXPECT_THAT(bodies(a), ElementsAre("a1", "a2"));
  EXPECT_THAT(outbox.queue(b.id, at(50), 9).size(), 1u);  // b2 is not due yet
  EXPECT_THAT(outbox.queue(a.id, at(50), 1).front().body, "a1");
  EXPECT_EQ(outbox.next_due(), at(5));
}

TEST_F(DeliveryLedgerTest, LifeSafetyStandsFirst) {
  outbox.add(to(a, 1, "普通"));
  Delivery urgent = to(a, 1, "救命");
  urgent.urgency = community::Urgency::life;
  outbox.add(urgent);
  EXPECT_THAT(bodies(a), ElementsAre("救命", "普通"));
  EXPECT_EQ(outbox.wait_all(a.id), 1);
  EXPECT_THAT(bodies(a), ElementsAre("救命"));
  outbox.release_waiting(a.id, at(2));
  EXPECT_THAT(bodies(a), ElementsAre("救命", "普通"));
}

TEST_F(DeliveryLedgerTest, TheQueueHoldsWhatIsDue) {
  for (const char* body : {"1", "2", "3", "4"}) outbox.add(to(a, 1, body));
  auto queue = outbox.queue(a.id, at(100), 9);
  settle(queue[0], "accepted");
  queue[1].state = "sending";
  outbox.save(queue[1], at(60), {});
  queue[2].state = "waiting";
  outbox.save(queue[2], at(0), {});
  EXPECT_TRUE(outbox.sending(a.id));
  EXPECT_FALSE(outbox.sending(b.id));
  EXPECT_THAT(bodies(a), ElementsAre("4"));
  settle(queue[1], "unknown");
  settle(queue[2], "expired");
  settle(queue[3], "failed");
  EXPECT_THAT(bodies(a), IsEmpty());
  EXPECT_FALSE(outbox.next_due());
  EXPECT_THAT(outbox.counts(), ElementsAre(std::pair("failed", 1), std::pair("unknown", 1)));
}

TEST_F(DeliveryLedgerTest, WhatIsSavedIsReadAgain) {
  outbox.add(to(a, 1));
  Delivery d = outbox.queue(a.id, at(100), 9).front();
  d.state = "sending";
  d.attempts = 2;
  d.epoch = 1;
  d.via = "template";
  d.client_msg_id = "c1";
  d.platform_msgid = "p1";
  d.errcode = 45047;
  ASSERT_TRUE(outbox.save(d, at(60), {}));
  EXPECT_THAT(outbox.stale(at(59)), IsEmpty());
  ASSERT_EQ(outbox.stale(at(60)).size(), 1u);
  ASSERT_EQ(outbox.of_platform_msgid("p1").size(), 1u);
  EXPECT_THAT(outbox.of_platform_msgid(""), IsEmpty());
  Delivery read = *outbox.find(d.id);
  EXPECT_EQ(std::make_tuple(read.attempts, read.epoch, read.via, read.client_msg_id, read.errcode),
            std::make_tuple(2, 1, "template", "c1", 45047));
  EXPECT_FALSE(outbox.find(DeliveryId{99}));
}

TEST_F(DeliveryLedgerTest, WhoeverWasOvertakenChangesNothing) {
  outbox.add(to(a, 1));
  Delivery paused = outbox.queue(a.id, at(100), 9).front();
  paused.epoch = 1;
  paused.state = "sending";
  ASSERT_TRUE(outbox.save(paused, at(60), {}));
  Delivery other = *outbox.find(paused.id);
  other.epoch = 2;
  ASSERT_TRUE(outbox.save(other, at(120), {}));
  paused.state = "accepted";
  EXPECT_FALSE(outbox.save(paused, at(0), at(61)));
  EXPECT_EQ(outbox.find(paused.id)->state, "sending");
}

TEST_F(DeliveryLedgerTest, OldRowsGoUnlessTheyMayStillBeSaid) {
  for (auto [created, expires, state] :
       {std::tuple{1, 10, "delivered"}, std::tuple{1, 10, "unknown"}, std::tuple{1, 10, "sending"},
        std::tuple{1, 90, "due"}, std::tuple{40, 45, "accepted"}}) {
    Delivery d = to(a, 1);
    d.created_at = at(created);
    d.expires_at = at(expires);
    d.state = state;
    outbox.add(d);
  }
  EXPECT_EQ(outbox.forget_before(at(40)), 2);
  EXPECT_EQ(outbox.forget_before(at(40)), 0);
  EXPECT_EQ(text("select group_concat(state) from (select state from outbox order by id)"),
            "sending,due,accepted");
}

}  // namespace
}  // namespace linli::store
