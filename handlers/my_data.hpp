// What is kept about a person, and their say in it: see, correct, withdraw the consent, be left alone, be
// forgotten. An open ticket of theirs stays until it is settled, then the data goes; leaving the account does
// the same after a day (it is often a slip), and staff are told to phone when something is open.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/checkin_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/household_answers.hpp"
#include "bot/store/member_ledger.hpp"

namespace linli::handlers {

/// "12、15"
std::string numbers_of(const std::vector<dialog::Task>& tasks);

class MyDataHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::PersonLedger& people;
    store::MemberLedger& members;
    store::ConsentLedger& consents;
    store::CheckinLedger& checkins;
    store::HouseholdAnswers& answers;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  MyDataHandler(Ledgers ledgers, dialog::TaskDesk& desk);

  std::string_view topic() const override { return "my_data"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"my_data", "correct_my_data", "delete_my_data", "withdraw_consent", "quiet", "unquiet"};
  }

  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  void show(dialog::Turn& turn);
  void correct(dialog::Turn& turn);
  bool take_value(dialog::Turn& turn, std::string_view what, std::string_view value);
  void ask_to_delete(dialog::Turn& turn);
  void delete_when_settled(dialog::Turn& turn);
  void withdraw_consent(dialog::Turn& turn);
  void left(dialog::Turn& turn);
  void lost(dialog::Turn& turn, PersonId me);
  std::vector<dialog::Task> unsettled(PersonId person);
  std::string roles_of(PersonId person, Time now);

  Ledgers l_;
  dialog::TaskDesk& desk_;
};

}  // namespace linli::handlers
