// 人工: whoever asks for a human reaches the person on call, told honestly who is being asked. Once taken, a
// relay in chat both ways: what the resident writes goes to that person, "15 大姐您说" from them goes back.
// Released by either side or by time; life safety is watched all the while (the router asks it first).
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::handlers {

class HumanHandler final : public dialog::Handler {
 public:
  HumanHandler(dialog::TaskDesk& desk, store::PersonLedger& people) : desk_(desk), people_(people) {}

  std::string_view topic() const override { return "human"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"human", "release"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void cancelled(dialog::Turn& turn) override;
  bool expired(dialog::Turn& turn, PersonId person, const dialog::Dialog& dialog) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  std::optional<community::Task> mine(dialog::Turn& turn);
  std::optional<community::Task> named(dialog::Turn& turn);
  std::optional<community::Task> over_already(dialog::Turn& turn);
  std::vector<community::Task> in_talk(dialog::Turn& turn);
  bool release_by_staff(dialog::Turn& turn);
  void ask_for_one(dialog::Turn& turn);
  void to_resident(dialog::Turn& turn, const community::Task& task, const std::string& words);
  void to_staff(dialog::Turn& turn, const community::Task& task, const std::string& words);

  dialog::TaskDesk& desk_;
  store::PersonLedger& people_;
};

/// Somebody has taken a 人工 ticket: what the resident writes next goes to that person. Other kinds: nothing.
void begin_relay(dialog::Turn& turn, dialog::TaskDesk& desk, const community::Task& task);
/// The ticket was finished or given back: the resident's words go their usual way again.
void end_relay(dialog::Turn& turn, const community::Task& task);

}  // namespace linli::handlers
