#include "bot/store/task_link_ledger.hpp"

#include "bot/store/person_ledger.hpp"
#include "bot/store/task_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

class TaskLinkLedgerTest : public StoreTest {
 protected:
  TaskId task(PersonId reporter) {
    Task made;
    made.kind = TaskKind::help;
    made.reporter = reporter;
    made.opened_at = at(1);
    tasks.open(made);
    return made.id;
  }

  PersonLedger people{*db, cipher};
  TaskLedger tasks{*db, cipher};
  TaskLinkLedger links{*db};
  PersonId amy = people.create("amy", "", "", at(1)), bob = people.create("bob", "", "", at(1));
};

}  // namespace

TEST_F(TaskLinkLedgerTest, WhoeverFollowsATaskHasItAmongTheirOwn) {
  TaskId kept = task(amy), later = task(bob);
  links.follow(kept, bob, later);
  EXPECT_EQ(links.followers(kept), std::vector<PersonId>{bob});
  auto of_bob = tasks.open_of_reporter(bob);
  EXPECT_EQ(of_bob.size(), 2u);
  EXPECT_EQ(of_bob.back().id, kept);
  links.unfollow(kept, later);
  EXPECT_EQ(tasks.open_of_reporter(bob).size(), 1u);
}

TEST_F(TaskLinkLedgerTest, FollowersGoWithTheTaskThatTheirsWasMergedInto) {
  TaskId first = task(amy), second = task(amy), third = task(bob);
  links.follow(second, bob, third);
  links.move_followers(second, first);
  EXPECT_EQ(links.followers(first), std::vector<PersonId>{bob});
  EXPECT_TRUE(links.followers(second).empty());
}

TEST_F(TaskLinkLedgerTest, APairIsProposedOnce) {
  TaskId first = task(amy), second = task(bob);
  auto pair = links.propose(first, second, at(5));
  EXPECT_NE(pair, 0);
  EXPECT_EQ(links.propose(first, second, at(6)), 0);
  EXPECT_FALSE(links.last_merge(amy, at(0)));
  links.decide(pair, "merged", amy, at(7));
  EXPECT_EQ(links.last_merge(amy, at(0))->pair.second, second);
  EXPECT_FALSE(links.last_merge(amy, at(8)));
  EXPECT_FALSE(links.last_merge(bob, at(0)));
}

TEST_F(TaskLinkLedgerTest, PartsAreFoundFromBothEnds) {
  TaskId whole = task(amy), part = task(bob);
  links.add_part({whole, part, 3, at(100)});
  ASSERT_EQ(links.parts(whole).size(), 1u);
  EXPECT_EQ(links.part_of(part)->parent, whole);
  EXPECT_EQ(links.part_of(part)->deadline, at(100));
  EXPECT_FALSE(links.part_of(whole));
}

}  // namespace linli::store
