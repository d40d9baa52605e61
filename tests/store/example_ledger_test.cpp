// What people meant by words that were not understood: counted, decided once, forgotten in time, and sealed.
#include "bot/store/ledgers.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

class ExampleLedgerTest : public StoreTest {
 protected:
  Ledgers l{*db, cipher};
  ExampleLedger& examples = l.examples;
  PersonId officer = l.people.create("o", "值班", "", at(0));
};

TEST_F(ExampleLedgerTest, TheSameWordsAreCountedWhoeverWritesThem) {
  examples.suggest("那个东西弄一下", "suggestion", at(1), 10);
  examples.suggest("那个东西，弄一下！", "suggestion", at(2), 10);
  examples.suggest("那个东西弄一下", "registration", at(3), 10);
  auto listed = examples.suggested(5);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].intent, "suggestion");
  EXPECT_EQ(listed[0].times, 2);
  EXPECT_EQ(listed[0].wording, "那个东西弄一下");
  EXPECT_EQ(examples.count_suggested(), 2);
}

TEST_F(ExampleLedgerTest, OneWordingMeansOneThing) {
  examples.suggest("那个东西弄一下", "suggestion", at(1), 10);
  examples.suggest("那个东西弄一下", "registration", at(2), 10);
  EXPECT_FALSE(examples.take_changed());
  examples.approve(examples.suggested(5).front(), "registration", officer, at(3));
  EXPECT_TRUE(examples.take_changed());
  EXPECT_FALSE(examples.take_changed());
  using All = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(examples.approved(), (All{{"那个东西弄一下", "registration"}}));
  EXPECT_EQ(examples.count_suggested(), 0);
}

TEST_F(ExampleLedgerTest, WhatWasRejectedIsNotSuggestedAgain) {
  examples.suggest("上次说的那个", "suggestion", at(1), 10);
  auto example = examples.suggested(1).front();
  examples.reject(example, officer, at(2));
  examples.suggest("上次说的那个", "suggestion", at(3), 10);
  EXPECT_TRUE(examples.suggested(5).empty());
  EXPECT_TRUE(examples.approved().empty());
  EXPECT_EQ(examples.find(example.id)->state, "rejected");
  EXPECT_EQ(examples.find(example.id)->times, 2);
}

TEST_F(ExampleLedgerTest, NothingGrowsWithoutBound) {
  for (int i = 0; i < 50; ++i) examples.suggest("说法" + std::to_string(i) + "号", "suggestion", at(i), 8);
  EXPECT_EQ(examples.count_suggested(), 8);
  examples.suggest("说法49号", "suggestion", at(60), 8);
  examples.suggest("新的说法", "suggestion", at(61), 8);
  EXPECT_EQ(examples.suggested(1).front().wording, "说法49号") << "the frequent one stays";
  EXPECT_EQ(examples.count_suggested(), 8);
}

TEST_F(ExampleLedgerTest, OldOnesGoAndApprovedOnesStay) {
  examples.suggest("老的说法", "suggestion", at(10), 10);
  examples.suggest("定了的说法", "suggestion", at(10), 10);
  examples.suggest("新的说法", "suggestion", at(90), 10);
  auto decided = examples.suggested(5)[1];
  ASSERT_EQ(decided.wording, "定了的说法");
  examples.approve(decided, "suggestion", officer, at(11));
  EXPECT_EQ(examples.forget_before(at(50)), at(90));
  EXPECT_EQ(examples.count_suggested(), 1);
  EXPECT_EQ(examples.approved().size(), 1U);
  EXPECT_EQ(examples.forget_before(at(91)), std::nullopt);
}

TEST_F(ExampleLedgerTest, NobodyReadsItInTheFile) {
  examples.suggest("那个东西弄一下", "suggestion", at(1), 10);
  EXPECT_EQ(
      number("select count(*) from example where wording_sealed like '%东西%' or wording_hash like '%东西%'"),
      0);
  EXPECT_EQ(number("select count(*) from example where length(wording_hash) = 44"), 1);
}

}  // namespace
}  // namespace linli::store
