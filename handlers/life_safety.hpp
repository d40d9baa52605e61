// Life safety: somebody writes that a life may be in danger. Answers with the right number before anything
// else, opens a ticket at the highest urgency, and asks the place if it is not known. Never a generated text.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::handlers {

class LifeSafetyHandler final : public dialog::Handler {
 public:
  LifeSafetyHandler(dialog::TaskDesk& desk, store::AreaLedger& areas, store::ShiftLedger& shifts,
                    store::AppointmentLedger& appointments)
      : desk_(desk), areas_(areas), shifts_(shifts), appointments_(appointments) {}

  std::string_view topic() const override { return "life_safety"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void cancelled(dialog::Turn& turn) override;
  void given_up(dialog::Turn& turn) override;
  bool expired(dialog::Turn& turn, PersonId person, const dialog::Dialog& left) override;

 private:
  std::optional<community::Task> open_alarm(dialog::Turn& turn);
  bool speaks_to_resident(dialog::Turn& turn);
  void ask_where(dialog::Turn& turn, const community::Task& task);
  void placed(dialog::Turn& turn, community::Task& task, AreaId area, AreaId household);
  void tell_gate(dialog::Turn& turn, const community::Task& task);

  dialog::TaskDesk& desk_;
  store::AreaLedger& areas_;
  store::ShiftLedger& shifts_;
  store::AppointmentLedger& appointments_;
};

}  // namespace linli::handlers
