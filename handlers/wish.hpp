// What is not clear enough is asked back, with at most three choices; the choice serves the message that was
// written before. What people choose is kept as a suggested example, and an office decides with 例句 which of
// them the bot is to learn.
//
//   wish.cpp          asking back, and what is chosen
//   wish_examples.cpp 例句: suggested examples, listed and decided
#pragma once

#include "bot/community/ask_back.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/example_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::handlers {

class WishHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::ExampleLedger& examples;
    store::MemberLedger& members;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::ShiftLedger& shifts;
  };
  /// `rules` outlives the handler.
  WishHandler(Ledgers ledgers, const community::AskBack& rules) : l_(ledgers), rules_(rules) {}

  std::string_view topic() const override { return "wish"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"examples"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// Whoever says something else has no use for the question any more.
  bool is_gone_on_with() const override { return false; }
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  std::vector<std::string> likely(dialog::Turn& turn);
  bool on_duty(dialog::Turn& turn);
  dialog::Answered answer_choice(dialog::Turn& turn);
  void hand_over(dialog::Turn& turn);
  void choose(dialog::Turn& turn, const std::string& intent);
  void learn(dialog::Turn& turn, const std::string& words, const std::string& intent);

  bool may_decide(dialog::Turn& turn);
  void list(dialog::Turn& turn);
  void ask_about(dialog::Turn& turn, const store::Example& example);
  bool decide(dialog::Turn& turn, const store::Example& example, std::string_view said);
  dialog::Answered answer_decision(dialog::Turn& turn);

  Ledgers l_;
  const community::AskBack& rules_;
};

}  // namespace linli::handlers
