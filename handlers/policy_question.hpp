// Questions about rules (政策): answered from the district's own question list, with source and date, when
// one of the list is surely meant; offered to choose from when it may be; otherwise a person answers. Nothing
// is ever guessed. And the list itself in the chat of those who keep it: 问答, 加问答, 改问答, 撤问答.
#pragma once

#include "bot/community/guidance_cards.hpp"
#include "bot/dialog/handler.hpp"
#include "handlers/question_desk.hpp"

namespace linli::handlers {

class PolicyQuestionHandler final : public dialog::Handler {
 public:
  /// `cards` outlive it.
  PolicyQuestionHandler(const QuestionDesk& desk, const community::GuidanceCards& cards)
      : desk_(desk), cards_(cards) {}

  std::string_view topic() const override { return "policy_question"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"policy_question", "questions", "question_add", "question_change", "question_withdraw"};
  }
  std::vector<std::string_view> intents() const override { return {"policy_question"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Question = community::Question;

  /// What the message may ask, of what holds for the sender here and now.
  struct Found {
    std::optional<Question> sure;
    std::vector<Question> offers;
  };
  Found look(dialog::Turn& turn);
  std::optional<Question> holding(dialog::Turn& turn, std::string_view title_key);
  void serve(dialog::Turn& turn, const Found& found, const std::string& words);
  void say_answer(dialog::Turn& turn, const Question& question);
  dialog::Answered answer_question(dialog::Turn& turn);
  dialog::Answered answer_which(dialog::Turn& turn);
  dialog::Answered answer_forward(dialog::Turn& turn);

  // --- the list (policy_question_list.cpp, policy_question_edit.cpp)
  void list(dialog::Turn& turn, std::string_view words);
  void show(dialog::Turn& turn, std::int64_t number);
  std::optional<Question> mine(dialog::Turn& turn, const dialog::Command& command, std::string_view word);
  void begin_adding(dialog::Turn& turn, const dialog::Command& command);
  void begin_from_task(dialog::Turn& turn, std::int64_t number);
  void begin_changing(dialog::Turn& turn, const dialog::Command& command);
  void withdraw(dialog::Turn& turn, const dialog::Command& command);
  void ask_source(dialog::Turn& turn);
  void ask_until(dialog::Turn& turn);
  dialog::Answered answer_wording(dialog::Turn& turn);
  dialog::Answered answer_reply(dialog::Turn& turn);
  dialog::Answered answer_source(dialog::Turn& turn);
  dialog::Answered answer_until(dialog::Turn& turn);
  dialog::Answered answer_change(dialog::Turn& turn);
  std::optional<Question> known_already(dialog::Turn& turn, const std::string& wordings, QuestionId but);
  void finish_adding(dialog::Turn& turn, const std::string& valid_until);
  void finish_changing(dialog::Turn& turn, const Question& before, const Question& now);
  int correct(dialog::Turn& turn, const Question& question);
  dialog::Values values(const Question& question);

  QuestionDesk desk_;
  const community::GuidanceCards& cards_;
};

}  // namespace linli::handlers
