#include "bot/store/task_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/person_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using community::CloseHow;
using community::Urgency;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TaskLedgerTest : public StoreTest {
 protected:
  TaskLedgerTest() {
    db->execute(
        "insert into area (code, kind, name, parent, path) values ('d', 'district', 'd', null, '/1/'), "
        "('c', 'compound', 'c', 1, '/1/2/'), ('h', 'household', '501', 2, '/1/2/3/'), "
        "('e', 'compound', 'e', 1, '/1/4/')");
  }
  Task open(TaskKind kind = TaskKind::help, AreaId area = {}) {
    Task task;
    task.kind = kind;
    task.area = area;
    task.reporter = resident;
    task.opened_at = at(100);
    tasks.open(task);
    return task;
  }
  void act(const Task& task, PersonId actor, std::int64_t act, const char* what, std::int64_t when = 200) {
    tasks.record({task.id, at(when), act, actor, what, {}, "已送到"});
  }
  static std::vector<std::int64_t> numbers(const std::vector<Task>& found) {
    std::vector<std::int64_t> list;
    for (const Task& task : found) list.push_back(task.number);
    return list;
  }

  PersonLedger people{*db, cipher};
  TaskLedger tasks{*db, cipher};
  PersonId resident = people.create("", "居民甲", "", at(1));
  PersonId leader = people.create("", "网格长", "", at(1));
};

TEST_F(TaskLedgerTest, NumbersCountUpFromOne) {
  Task first = open(), second = open();
  EXPECT_EQ(first.number, 1);
  EXPECT_EQ(second.number, 2);
  EXPECT_EQ(tasks.find_by_number(2)->id, second.id);
  EXPECT_FALSE(tasks.find_by_number(3));
  EXPECT_FALSE(tasks.find(TaskId{99}));
}

TEST_F(TaskLedgerTest, EveryFieldIsReadAsItWasSaved) {
  Task task = open(TaskKind::life_safety, AreaId{2});
  task.state = TaskState::closed;
  task.urgency = Urgency::life;
  task.area = AreaId{4};
  task.household = AreaId{3};
  task.owner = leader;
  task.level = 2;
  task.reminders = 1;
  task.reopened = 3;
  task.offered_at = at(110);
  task.accepted_at = at(120);
  task.done_at = at(130);
  task.closed_at = at(140);
  task.closed_how = CloseHow::silent;
  task.text = "我妈胸口疼，\"喘不上气\"";
  task.data = {{"category", "illness"}, {"phone", "13800138000"}, {"空", ""}};
  tasks.save(task);
  Task read = *tasks.find(task.id);
  EXPECT_EQ(
      std::tie(read.number, read.kind, read.state, read.urgency, read.area, read.household, read.reporter,
               read.owner, read.level, read.reminders, read.reopened, read.opened_at, read.offered_at,
               read.accepted_at, read.done_at, read.closed_at, read.closed_how, read.text, read.data),
      std::tie(task.number, task.kind, task.state, task.urgency, task.area, task.household, task.reporter,
               task.owner, task.level, task.reminders, task.reopened, task.opened_at, task.offered_at,
               task.accepted_at, task.done_at, task.closed_at, task.closed_how, task.text, task.data));
  std::string stored = text("select text_sealed || data_sealed from task");
  EXPECT_EQ(stored.find("138"), std::string::npos);
  EXPECT_EQ(stored.find("胸口"), std::string::npos);
}

TEST_F(TaskLedgerTest, OpenAndClosedOnesOfAReporter) {
  Task first = open(), second = open(), third = open(TaskKind::human);
  EXPECT_THAT(numbers(tasks.open_of_reporter(resident)), ElementsAre(3, 2, 1));
  EXPECT_THAT(tasks.open_of_reporter(leader), IsEmpty());
  first.state = second.state = third.state = TaskState::closed;
  first.closed_at = at(300);
  second.closed_at = at(200);
  third.closed_at = at(400);
  for (const Task& task : {first, second, third}) tasks.save(task);
  EXPECT_THAT(tasks.open_of_reporter(resident), IsEmpty());
  EXPECT_EQ(tasks.last_closed(resident, TaskKind::help, at(0))->number, 1);
  EXPECT_FALSE(tasks.last_closed(resident, TaskKind::help, at(301)));
  EXPECT_EQ(tasks.count(TaskState::closed), 3);
  EXPECT_EQ(tasks.count(TaskState::open), 0);
}

TEST_F(TaskLedgerTest, OffersAreKeptUntilWithdrawnAndShownWhileOpen) {
  Task first = open(), second = open();
  tasks.offer(second.id, leader, 0, at(10));
  tasks.offer(first.id, leader, 0, at(10));
  tasks.offer(first.id, resident, 1, at(20));
  tasks.offer(first.id, leader, 0, at(30));  // told again: one row
  EXPECT_THAT(numbers(tasks.offered(leader)), ElementsAre(1, 2));
  EXPECT_THAT(tasks.offered_to(first.id), ElementsAre(leader, resident));
  second.state = TaskState::accepted;
  second.owner = leader;
  tasks.save(second);
  EXPECT_THAT(numbers(tasks.offered(leader)), ElementsAre(1));
  EXPECT_THAT(numbers(tasks.owned(leader)), ElementsAre(2));
  tasks.withdraw_offer(first.id, leader);
  EXPECT_THAT(tasks.offered_to(first.id), ElementsAre(resident));
  tasks.withdraw_offers(first.id);
  EXPECT_THAT(tasks.offered_to(first.id), IsEmpty());
}

TEST_F(TaskLedgerTest, OpenInAnAreaAndBelow) {
  open(TaskKind::help, AreaId{3});
  open(TaskKind::help, AreaId{4});
  open(TaskKind::human, AreaId{3});
  open(TaskKind::help);
  Task closed = open(TaskKind::help, AreaId{2});
  closed.state = TaskState::closed;
  tasks.save(closed);
  EXPECT_THAT(numbers(tasks.open_in(AreaId{2}, TaskKind::help)), ElementsAre(1));
  EXPECT_THAT(numbers(tasks.open_in(AreaId{1}, TaskKind::help)), ElementsAre(1, 2));
  EXPECT_THAT(tasks.open_in(AreaId{99}, TaskKind::help), IsEmpty());
}

TEST_F(TaskLedgerTest, TheHistoryKeepsOrderAndWords) {
  Task task = open();
  act(task, {}, 1, "opened", 100);
  tasks.record({task.id, at(100), 2, leader, "transferred", resident, ""});
  act(task, leader, 3, "done", 100);
  auto history = tasks.history(task.id);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[0].what, "opened");
  EXPECT_FALSE(history[0].actor);
  EXPECT_EQ(history[1].person, resident);
  EXPECT_EQ(history[2].note, "已送到");
  EXPECT_EQ(text("select group_concat(note_sealed) from task_event").find("已送到"), std::string::npos);
}

TEST_F(TaskLedgerTest, TheLastActIsAllThatOneTurnDid) {
  Task first = open(), second = open(), third = open();
  act(first, leader, 5, "accepted");
  act(second, leader, 6, "accepted");
  act(third, leader, 6, "accepted");
  act(third, leader, 7, "added");       // cannot be undone
  act(first, resident, 8, "accepted");  // somebody else
  auto last = tasks.last_act(leader, at(0));
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].task, second.id);
  EXPECT_EQ(last[1].task, third.id);
  EXPECT_THAT(tasks.last_act(leader, at(201)), IsEmpty());
  EXPECT_THAT(tasks.last_act(people.create("", "", "", at(1)), at(0)), IsEmpty());
}

TEST_F(TaskLedgerTest, WhatWasUndoneIsNotUndoneAgain) {
  Task first = open(), second = open();
  act(first, leader, 5, "accepted");
  act(second, leader, 6, "accepted");
  act(second, leader, 7, "undone");
  ASSERT_EQ(tasks.last_act(leader, at(0)).size(), 1u);
  EXPECT_EQ(tasks.last_act(leader, at(0))[0].task, first.id);  // the act before it
  act(first, leader, 8, "undone");
  EXPECT_THAT(tasks.last_act(leader, at(0)), IsEmpty());
  act(first, leader, 9, "accepted");
  EXPECT_EQ(tasks.last_act(leader, at(0)).size(), 1u);
}

}  // namespace
}  // namespace linli::store
