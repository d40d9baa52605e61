// The care list 暖心关爱: who is looked after, by whom and how often. In four files: care.cpp (the list:
// adding, stopping, showing), care_ask.cpp (asked for by a resident, proposed from the members' list,
// consent), care_contact.cpp (how a contact went) and care_rounds.cpp (what falls due).
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "handlers/care_plan.hpp"

namespace linli::handlers {

class CareHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::CareLedger& care;
    store::MemberLedger& members;
    store::ConsentLedger& consents;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  CareHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::CareRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules), plan_(l_.care, rules) {}

  std::string_view topic() const override { return "care"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too: a care ticket reported done is a contact; any other goes on to my_tasks.
  std::vector<std::string_view> commands() const override {
    return {"care", "care_list", "contacted", "done"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Care = store::Care;
  struct Wanted {  // what "关爱 加 ..." has said so far
    AreaId household;
    std::vector<std::string> categories;
    int every = 0;
    std::string carer;  // as typed
  };

  // --- the list
  bool is_officer_of(dialog::Turn& turn, AreaId area);
  bool is_officer(dialog::Turn& turn);
  std::optional<community::Area> scope(dialog::Turn& turn);
  bool care_command(dialog::Turn& turn, const dialog::Command& command);
  void add(dialog::Turn& turn, std::string words);
  void go_on(dialog::Turn& turn, const Wanted& wanted);
  void put_on(dialog::Turn& turn, const Wanted& wanted, std::string_view consent);
  Wanted wanted(dialog::Turn& turn);
  void remember(dialog::Turn& turn, const Wanted& wanted);
  AreaId household_in(dialog::Turn& turn, const std::string& words);
  void stop(dialog::Turn& turn, const std::string& words);
  void list(dialog::Turn& turn);
  std::string line(dialog::Turn& turn, const Care& care, bool last);
  dialog::Answered answer_place(dialog::Turn& turn);

  // --- asked for, proposed, agreed to
  void asked(dialog::Turn& turn);
  void ask_for(dialog::Turn& turn, AreaId household, const std::string& words);
  void decide(dialog::Turn& turn, std::string_view words, bool yes);
  std::vector<Care> proposals(dialog::Turn& turn, const community::Area& area);
  bool propose(dialog::Turn& turn, const community::Area& area);
  dialog::Answered answer_proposal(dialog::Turn& turn);
  bool ask_consent_of_household(dialog::Turn& turn, const Care& care);
  void consent_answered(dialog::Turn& turn, Care& care, bool yes);
  void refused(dialog::Turn& turn, const Care& care);

  // --- contacts
  bool contacted_command(dialog::Turn& turn, const dialog::Command& command);
  bool done_command(dialog::Turn& turn, const dialog::Command& command);
  std::vector<Care> mine_today(dialog::Turn& turn);
  bool may_contact(dialog::Turn& turn, const Care& care);
  void contacted(dialog::Turn& turn, Care care, const std::string& words);
  void nobody_answered(dialog::Turn& turn, Care& care, const std::string& words);
  void open_need(dialog::Turn& turn, const Care& care, const std::string& words);
  dialog::Answered answer_how(dialog::Turn& turn);
  std::optional<community::Task> open_task(const Care& care);
  void open_missed(dialog::Turn& turn, const Care& care, dialog::Urgency urgency, const std::string& why);
  void settle(dialog::Turn& turn, const Care& care);

  // --- rounds
  void contact_due(dialog::Turn& turn, AreaId household, const std::string& day);
  void missed_due(dialog::Turn& turn, AreaId household, const std::string& day);
  std::vector<PersonId> carers(dialog::Turn& turn, const Care& care);
  bool complained_about(AreaId household, PersonId person);
  std::string carer_text(dialog::Turn& turn, const Care& care);
  std::string today(dialog::Turn& turn) const { return turn.zone().iso_day(turn.zone().day(turn.now())); }
  dialog::Values values(dialog::Turn& turn, const Care& care);
  void tell_household(dialog::Turn& turn, const Care& care, dialog::TextId text,
                      const dialog::Values& values);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::CareRules& rules_;
  CarePlan plan_;
};

}  // namespace linli::handlers
