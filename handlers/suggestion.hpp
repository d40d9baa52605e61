// Suggestions 监督: from deputies and anyone, also about the bot itself. Each is a task of the area's
// supervisor with a promised date; the answer goes back, and whoever suggested it says whether that will do.
// And how much we ask of people: everybody may see their own.
#pragma once

#include "bot/community/voice_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/burden_ledger.hpp"
#include "bot/store/suggestion_ledger.hpp"

namespace linli::handlers {

class SuggestionHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::SuggestionLedger& suggestions;
    store::BurdenLedger& burden;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  SuggestionHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::VoiceRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  std::string_view topic() const override { return "suggestion"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too: a suggestion is done by answering it, in words.
  std::vector<std::string_view> commands() const override {
    return {"suggestion",
            "suggestions",
            "my_suggestions",
            "suggestion_answer",
            "suggestion_withdraw",
            "satisfied",
            "unsatisfied",
            "burden",
            "done"};
  }
  /// A complaint about the bot itself.
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  std::vector<std::string_view> intents() const override { return {"suggestion"}; }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Task = community::Task;
  void suggest(dialog::Turn& turn, const std::string& words);
  AreaId area_of(dialog::Turn& turn, const std::string& words);
  bool answer_command(dialog::Turn& turn, const dialog::Command& command);
  void give_answer(dialog::Turn& turn, Task& task, const std::string& words);
  void judge(dialog::Turn& turn, Task& task, bool satisfied, const std::string& why);
  std::optional<Task> own(dialog::Turn& turn, const dialog::Command& command, bool answered);
  void list(dialog::Turn& turn);
  void mine(dialog::Turn& turn);
  void withdraw(dialog::Turn& turn, const dialog::Command& command);
  void show_burden(dialog::Turn& turn);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::VoiceRules& rules_;
};

}  // namespace linli::handlers
