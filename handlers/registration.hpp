// Who is who: where somebody lives and what they are called, codes that prove it, helping another household,
// and bringing in staff. What a resident says about their home is a claim until the household's code or the
// grid leader's 确认 confirms it; until then they may report and ask for help but see nothing of the
// household.
//
//   registration.cpp         the questions: place, name, phone
//   registration_answers.cpp what is answered
//   registration_claims.cpp  claims, their decision, help for another household
//   registration_codes.cpp   household codes, binding of staff, 邀请
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/code_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/member_ledger.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::Command;
using dialog::Step;
using dialog::TextId;
using dialog::Turn;

class RegistrationHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::PersonLedger& people;
    store::MemberLedger& members;
    store::ConsentLedger& consents;
    store::CodeLedger& codes;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  /// `desk`: a claim that nobody can be asked about, or nobody decides for a day, becomes a call_back task.
  RegistrationHandler(Ledgers ledgers, dialog::TaskDesk& desk);

  std::string_view topic() const override { return "registration"; }
  std::vector<Step> steps() const override;
  std::vector<TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"register", "invite", "confirm", "reject"};
  }

  bool fits(Turn& turn) override;
  double gives_way_above(Turn& turn) override;
  void start(Turn& turn) override;
  bool may_be_taken_apart() const override { return true; }
  std::vector<std::string_view> intents() const override { return {"registration"}; }
  bool wish(Turn& turn, std::string_view intent) override;
  bool command(Turn& turn, const Command& command) override;
  Answered answer(Turn& turn) override;
  void answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(Turn& turn, const store::Due& due) override;

 private:
  // the questions
  void begin(Turn& turn, bool message_may_name_it);
  void next(Turn& turn);
  bool take_place(Turn& turn, std::string_view normal);
  Answered answer_name(Turn& turn);
  Answered answer_phone(Turn& turn);
  Answered answer_permit(Turn& turn);
  void finish(Turn& turn);
  AreaId area_answer(const Turn& turn) const;

  // claims
  void claim(Turn& turn, AreaId household);
  void join(Turn& turn, AreaId household);
  void move_in(PersonId person, AreaId household, Time now);
  std::optional<store::Member> help_in_question(Turn& turn);
  std::string ask_for_decision(Turn& turn, const store::Member& member, TextId text);
  void open_call_back(Turn& turn, const store::Member& member);
  void settle_question(Turn& turn, const store::Member& member);
  bool decide_by_command(Turn& turn, const Command& command);
  bool may_decide(PersonId person, AreaId household, Time now);
  void decide(Turn& turn, const store::Member& member, bool yes);
  void grant_help(Turn& turn, const store::Member& member, PersonId decided_by);
  void stop_help(Turn& turn, const store::Member& member);
  void tell_household(Turn& turn, const store::Member& member, TextId text, const dialog::Values& values,
                      const dialog::Tell& how = {});

  // codes
  void enter_code(Turn& turn, const std::string& code);
  void bind(Turn& turn, const store::Code& code);
  void carry_over(PersonId from, const store::Person& to, Time now);
  void tell_superior(Turn& turn, const store::Code& code, const dialog::Values& values);
  bool invite(Turn& turn);
  void invite_person(Turn& turn, std::string_view words, const std::vector<store::Appointment>& mine);

  Ledgers l_;
  dialog::TaskDesk& desk_;
};

}  // namespace linli::handlers
