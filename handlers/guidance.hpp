// Guidance 指导: cards of steps, found by words or in the menu, walked through step by step; and an officer
// behind them: what no card answers becomes a question, and the answer goes back to who asked.
#pragma once

#include "bot/community/guidance_cards.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/guidance_ledger.hpp"
#include "handlers/question_desk.hpp"

namespace linli::handlers {

class GuidanceHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::GuidanceLedger& guidance;
    store::AppointmentLedger& appointments;
  };
  /// `cards` outlive it.
  GuidanceHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::GuidanceCards& cards,
                  const QuestionDesk& questions)
      : l_(ledgers), desk_(desk), cards_(cards), questions_(questions) {}

  std::string_view topic() const override { return "guidance"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too: a question is done by its answer, which must not be missing.
  std::vector<std::string_view> commands() const override {
    return {"guidance", "ask_officer", "answer_question", "done"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// A card that somebody has read needs no word when it is put away.
  bool expired(dialog::Turn&, PersonId, const dialog::Dialog&) override { return true; }
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;

 private:
  using Card = community::GuidanceCard;
  using Task = community::Task;

  void menu(dialog::Turn& turn);
  void look_up(dialog::Turn& turn, const std::string& words);
  void show(dialog::Turn& turn, const Card& card);
  void show_step(dialog::Turn& turn, const Card& card, std::size_t step);
  void show_all(dialog::Turn& turn, const Card& card);
  static const community::GuidanceVersion& version(dialog::Turn& turn, const Card& card);
  bool is_newer(dialog::Turn& turn, const Card& card);
  dialog::Answered answer_menu(dialog::Turn& turn);
  dialog::Answered answer_step(dialog::Turn& turn);

  bool reply(dialog::Turn& turn, const dialog::Command& command);
  void settle(dialog::Turn& turn, Task& task, bool clear);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::GuidanceCards& cards_;
  QuestionDesk questions_;
};

}  // namespace linli::handlers
