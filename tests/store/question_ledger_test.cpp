#include "bot/store/question_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/store/area_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/task_ledger.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QuestionLedgerTest : public StoreTest {
 protected:
  Question add(std::string wordings, std::string code = {}) {
    Question question{
        .code = std::move(code), .wordings = std::move(wordings), .answer = "答案", .source = "出处"};
    questions.add(question, {}, at(100));
    return question;
  }
  PersonId person(std::string_view code) { return people.create(code, "", "", at(1)); }
  Task task(PersonId reporter) {
    Task task;
    task.kind = TaskKind::question;
    task.reporter = reporter;
    task.text = "垃圾车几点来";
    task.opened_at = at(100);
    tasks.open(task);
    return task;
  }

  QuestionLedger questions{*db, cipher};
  PersonLedger people{*db, cipher};
  TaskLedger tasks{*db, cipher};
};

}  // namespace

TEST_F(QuestionLedgerTest, KeepsAnEntry) {
  Question question{.code = "Q1",
                    .wordings = "能出小区吗|让不让出去",
                    .answer = "能",
                    .source = "社区",
                    .date = "2026-03-01",
                    .valid_until = "2026-06-30",
                    .levels = "alert|emergency"};
  questions.add(question, {}, at(100));
  auto found = questions.find_by_code("Q1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, question.id);
  EXPECT_EQ(found->wordings, "能出小区吗|让不让出去");
  EXPECT_EQ(found->date, "2026-03-01");
  EXPECT_EQ(found->valid_until, "2026-06-30");
  EXPECT_EQ(found->levels, "alert|emergency");
  EXPECT_FALSE(found->area);
  EXPECT_THROW(add("别的", "Q1"), UniqueViolation);
  EXPECT_NE(add("没有编号的").code, "");
}

TEST_F(QuestionLedgerTest, ANewAnswerIsANewVersion) {
  auto question = add("能出小区吗");
  EXPECT_EQ(questions.version(question.id), 1);
  question.source = "别的出处";
  questions.change(question, {}, at(200));
  EXPECT_EQ(questions.version(question.id), 1);
  question.answer = "不能";
  questions.change(question, {}, at(200));
  EXPECT_EQ(questions.version(question.id), 2);
  question.withdrawn = true;
  questions.change(question, {}, at(200));
  EXPECT_EQ(questions.version(question.id), 3);
  EXPECT_THAT(questions.list(), IsEmpty());
  EXPECT_THAT(questions.alike(community::question_key("能出小区吗")), IsEmpty());
}

TEST_F(QuestionLedgerTest, EntriesThatAskTheSameAreFoundTogether) {
  auto first = add("能出小区吗|出去行不行"), second = add("能出小区吗？");
  add("别的问题");
  auto alike = questions.alike(community::question_key("能出小区吗"));
  ASSERT_EQ(alike.size(), 2U);
  EXPECT_EQ(alike[0].id, first.id);
  EXPECT_EQ(alike[1].id, second.id);
}

TEST_F(QuestionLedgerTest, WhoWasToldWhatAndWhen) {
  auto question = add("能出小区吗");
  auto a = person("a"), b = person("b");
  auto& answered = questions.answered();
  EXPECT_TRUE(answered.add(question.id.value, a, at(10)));
  EXPECT_FALSE(answered.add(question.id.value, a, at(11)));
  EXPECT_TRUE(answered.add(question.id.value, b, at(12)));
  EXPECT_EQ(answered.count(question.id.value), 2);
  EXPECT_THAT(answered.told_since(question.id.value, at(0)), IsEmpty());
  answered.set_told(question.id.value, a, "1", at(20));
  answered.set_told(question.id.value, b, "1", at(40));
  auto since = answered.told_since(question.id.value, at(30));
  ASSERT_EQ(since.size(), 1U);
  EXPECT_EQ(since[0].person, b);
  EXPECT_EQ(since[0].told, "1");
}

TEST_F(QuestionLedgerTest, TheSameWordsOfOnePlaceAreOneWaitingQuestion) {
  AreaLedger areas(*db);
  auto hp = areas.add("hp", AreaKind::district, "和平苑", {}, false, {}, {});
  auto hy = areas.add("hy", AreaKind::compound, "槐园", hp, false, {}, {});
  auto first = task(person("a"));
  auto asked = questions.add_asked(first.id, hp, "垃圾车几点来");
  ASSERT_TRUE(questions.same_asked(hp, "垃圾车几点来？"));
  EXPECT_EQ(questions.same_asked(hp, "垃圾车几点来？")->id, asked.id);
  EXPECT_FALSE(questions.same_asked(hy, "垃圾车几点来"));
  EXPECT_FALSE(questions.same_asked(hp, "垃圾车9点来吗"));
  EXPECT_FALSE(questions.same_asked(hp, "？"));
  EXPECT_EQ(questions.asked_of(first.id)->scope, hp);
  EXPECT_EQ(text("select text_sealed from asked_question").find("垃圾"), std::string::npos);
  questions.close_asked(asked.id);
  EXPECT_FALSE(questions.same_asked(hp, "垃圾车几点来"));
  EXPECT_FALSE(questions.find_asked(asked.id)->open);
}

TEST_F(QuestionLedgerTest, TheShelfHearsOfWhatChanges) {
  auto question = add("能出小区吗|出去行不行");
  auto asked = questions.add_asked(task(person("a")).id, {}, "垃圾车几点来");
  EXPECT_THAT(questions.take_changed(), ElementsAre(question.id.value, -asked.id.value));
  EXPECT_THAT(questions.take_changed(), IsEmpty());
  EXPECT_THAT(questions.all_shelved(), ElementsAre(-asked.id.value, question.id.value));
  EXPECT_THAT(questions.wordings(question.id.value), ElementsAre("能出小区吗", "出去行不行"));
  EXPECT_THAT(questions.wordings(-asked.id.value), ElementsAre("垃圾车几点来"));
  questions.close_asked(asked.id);
  question.withdrawn = true;
  questions.change(question, {}, at(200));
  EXPECT_THAT(questions.take_changed(), ElementsAre(-asked.id.value, question.id.value));
  EXPECT_THAT(questions.wordings(question.id.value), IsEmpty());
  EXPECT_THAT(questions.wordings(-asked.id.value), IsEmpty());
  EXPECT_THAT(questions.all_shelved(), IsEmpty());
}

TEST_F(QuestionLedgerTest, WhoIsForgottenIsForgottenHereToo) {
  auto question = add("能出小区吗");
  auto a = person("a");
  questions.answered().add(question.id.value, a, at(10));
  auto asked = questions.add_asked(task(a).id, {}, "我家垃圾车几点来");
  questions.askers().add(asked.id.value, a, at(10));
  people.forget(a, at(20));
  EXPECT_EQ(questions.answered().count(question.id.value), 0);
  EXPECT_EQ(questions.askers().count(asked.id.value), 0);
  EXPECT_EQ(text("select text_sealed from asked_question"), "");
}

}  // namespace linli::store
