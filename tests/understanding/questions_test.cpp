// The sample community's question list, asked in other wording: what is answered must be right, what is asked
// must be answered or offered, and what the list does not know must not be offered. The decision is the one
// of handlers/policy_question.cpp, the thresholds are config/questions.toml.
#include <gtest/gtest.h>
#include <map>
#include <memory>

#include "bot/base/csv.hpp"
#include "bot/community/question.hpp"
#include "bot/understanding/listener.hpp"
#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

constexpr Intent policy_question = 6;
static_assert(intent_names[policy_question] == "policy_question");

struct Counts {
  int asked = 0, answered = 0, wrong = 0, offered_right = 0, none = 0, none_offered = 0, none_answered = 0;
  std::string missed, mistaken;
};

class Questions : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto read = community::QuestionRules::read(LINLI_SOURCE_DIR "/config/questions.toml");
    if (!read) throw std::runtime_error(read.error().text);
    rules = *read;
    auto teller = Storyteller::load(LINLI_SOURCE_DIR "/config/words", loaded().reader());
    if (!teller) throw std::runtime_error(teller.error().text);
    Thresholds thresholds{.answer = rules.answer,
                          .suggest = rules.suggest,
                          .least_letters = static_cast<std::size_t>(rules.least_letters),
                          .least_offered = static_cast<std::size_t>(rules.least_offered),
                          .times = 1,
                          .around = static_cast<std::size_t>(rules.beside)};
    std::shared_ptr<const Understanding> shared(&loaded(), [](const Understanding*) {});
    auto form = QuestionForm::load(LINLI_SOURCE_DIR "/config/words", loaded().reader());
    if (!form) throw std::runtime_error(form.error().text);
    listener =
        std::make_unique<Listener>(shared, std::make_shared<const Storyteller>(std::move(*teller)),
                                   std::make_shared<const QuestionForm>(*form), Thresholds{}, thresholds);
    auto file = read_csv(LINLI_SOURCE_DIR "/config/sample/questions.csv");
    if (!file) throw std::runtime_error(file.error().text);
    std::vector<Book> books;
    for (const auto& row : file->rows()) {
      auto wordings = community::wordings_of(row["wordings"]);
      auto key = community::question_key(wordings.front());
      auto id = static_cast<std::int64_t>(books.size()) + 1;
      first.try_emplace(key, id);
      same[id] = first[key];
      by_code[std::string(row["id"])] = first[key];
      for (auto& wording : wordings) wording = form->of(wording);
      books.push_back({id, wordings, {}});
    }
    listener->questions().fill(books);
  }
  static void TearDownTestSuite() { listener.reset(); }

  static Counts measure(std::string_view half) {
    Counts counts;
    for (const auto& row : rows("questions.tsv")) {
      if (!half.empty() && row.at(1) != half) continue;
      const std::int64_t expected = row[0] == "-" ? 0 : by_code.at(row[0]);
      auto heard = listener->listen(row.at(2));
      const double share =
          heard.understood.guess.shares.empty() ? 0 : heard.understood.guess.shares[policy_question];
      auto exact = first.find(community::question_key(row[2]));
      std::vector<std::int64_t> found;
      if (exact != first.end()) found.push_back(exact->second);
      for (auto id : heard.questions.ids) found.push_back(same.at(id));
      const bool answered = exact != first.end() || (heard.questions.answer() && rules.may_answer(share));
      const bool offered = !answered && !found.empty() && heard.questions.tier != Tier::fresh &&
                           rules.may_offer(heard.questions.score, share);
      const bool right = !found.empty() && found.front() == expected;
      const bool among = std::ranges::find(found, expected) != found.end();
      if (expected == 0) {
        ++counts.none;
        counts.none_answered += answered ? 1 : 0;
        counts.none_offered += offered ? 1 : 0;
        if (answered || offered) counts.mistaken += "\n  " + row[2];
        continue;
      }
      ++counts.asked;
      counts.answered += answered ? 1 : 0;
      counts.wrong += answered && !right ? 1 : 0;
      if (answered && !right) counts.mistaken += "\n  " + row[2];
      counts.offered_right += offered && among ? 1 : 0;
      if (!(answered && right) && !(offered && among))
        counts.missed += "\n  " + row[2] + " (" + std::string(name(heard.questions.tier)) + ' ' +
                         std::to_string(heard.questions.score) + ", share " + std::to_string(share) + ')';
    }
    return counts;
  }

  static inline community::QuestionRules rules;
  static inline std::unique_ptr<Listener> listener;
  static inline std::map<std::string, std::int64_t> first, by_code;
  static inline std::map<std::int64_t, std::int64_t> same;
};

TEST_F(Questions, OtherWordingIsAnsweredRightOrOffered) {
  for (std::string_view half : {"a", "b", ""}) {
    Counts counts = measure(half);
    double wrong = counts.wrong + counts.none_answered;
    double served = counts.answered - counts.wrong + counts.offered_right;
    std::printf(
        "half '%s': %d asked: %d answered (%.0f wrong), %d offered; of %d others %d offered, %d answered\n",
        std::string(half).c_str(), counts.asked, counts.answered, wrong, counts.offered_right, counts.none,
        counts.none_offered, counts.none_answered);
    EXPECT_GE(counts.asked, half.empty() ? 120 : 60);
    EXPECT_LE(wrong, 0.01 * (counts.asked + counts.none)) << counts.mistaken;
    EXPECT_GE(served, 0.75 * counts.asked) << counts.missed;
    EXPECT_LE(counts.none_offered, 0.10 * counts.none) << counts.mistaken;
    if (half.empty()) std::printf("missed:%s\nmistaken:%s\n", counts.missed.c_str(), counts.mistaken.c_str());
  }
}

TEST_F(Questions, EveryWordingOfTheListFindsItsEntry) {
  auto file = read_csv(LINLI_SOURCE_DIR "/config/sample/questions.csv");
  ASSERT_TRUE(file);
  ASSERT_GE(file->rows().size(), 40U);
  for (const auto& row : file->rows()) {
    for (const auto& wording : community::wordings_of(row["wordings"])) {
      auto found = listener->listen(wording).questions;
      ASSERT_FALSE(found.ids.empty()) << wording;
      EXPECT_NE(found.tier, Tier::fresh) << wording;
      EXPECT_EQ(same.at(found.ids.front()), by_code.at(std::string(row["id"]))) << wording;
    }
  }
}

TEST_F(Questions, AChangedFactIsNoAnswer) {
  for (std::string_view text :
       {"西门几点开门", "东门不开门了吗", "从武汉回来要不要报备", "核酸不要钱吗", "集中隔离几天"})
    EXPECT_FALSE(listener->listen(text).questions.answer()) << text;
}

TEST_F(Questions, WhatIsNoQuestionIsNotOffered) {
  for (std::string_view text : {"谢谢", "全家都好", "36.5", "我到了", "好的知道了", "快递", "核酸", ""}) {
    auto heard = listener->listen(text);
    bool answered = heard.questions.answer();
    EXPECT_FALSE(answered) << text;
  }
}

}  // namespace

}  // namespace linli::understanding
