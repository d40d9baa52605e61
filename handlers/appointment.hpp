// Offices and who fills them: 调整 by officers on call, 请假 and 销假 of staff, what happens when somebody's
// office ends or they leave the account, and "敲门的是真工作人员吗" of residents.
//
//   appointment.cpp         which of these a message is
//   appointment_adjust.cpp  调整: role, place, successor, asked one at a time; done after 确定
//   appointment_away.cpp    leave, illness, being gone, coming back; whatever falls due
//   appointment_door.cpp    today's staff of a building by role and badge, nothing else
#pragma once

#include "bot/community/adjustment.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/absence_ledger.hpp"
#include "bot/store/code_ledger.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::handlers {

class AppointmentHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::AppointmentLedger& appointments;
    store::AbsenceLedger& absences;
    store::OrganisationLedger& organisations;
    store::PersonLedger& people;
    store::AreaLedger& areas;
    store::CodeLedger& codes;
    store::ShiftLedger& shifts;
  };
  AppointmentHandler(Ledgers ledgers, dialog::TaskDesk& desk) : l_(ledgers), desk_(desk) {}

  std::string_view topic() const override { return "appointment"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "shift_decline" too: 请假 of staff is about days; this topic stands before shift_checkin in the table
  /// and leaves 来不了, and 请假 of volunteers with a shift, to it.
  std::vector<std::string_view> commands() const override {
    return {"adjust", "away", "shift_decline", "back_from_leave", "staff_check"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// "gone": a member of staff has left the account. "begin", "end": an absence. "ended": an appointment.
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Appointment = store::Appointment;

  // --- 调整
  bool says_adjustment(dialog::Turn& turn);
  bool adjust(dialog::Turn& turn, std::string_view words);
  void adjust_next(dialog::Turn& turn);
  bool take_role(dialog::Turn& turn, std::string_view words);
  bool take_place(dialog::Turn& turn, std::string_view words);
  bool take_successor(dialog::Turn& turn, std::string_view name);
  bool find_term(dialog::Turn& turn);
  dialog::Answered answer_adjust(dialog::Turn& turn);
  dialog::Answered answer_confirm(dialog::Turn& turn);
  void ask_who(dialog::Turn& turn);
  void ask_confirm(dialog::Turn& turn);
  void carry_out(dialog::Turn& turn);
  std::size_t end_office(dialog::Turn& turn, const std::optional<store::Term>& term, PersonId to);
  void appoint(dialog::Turn& turn, const std::optional<store::Term>& term, PersonId to, community::Role role,
               AreaId area);
  bool may_adjust(PersonId officer, community::Role role, AreaId area, Time now);
  void refuse(dialog::Turn& turn, AreaId area);
  std::vector<Appointment> candidates(dialog::Turn& turn);
  std::string office_text(community::Role role, AreaId area);
  std::string office_text(const Appointment& one) { return office_text(one.role, one.area); }
  std::string name_of(PersonId person);

  // --- away and back
  bool away(dialog::Turn& turn, const dialog::Command& command);
  bool take_dates(dialog::Turn& turn, std::string_view normal);
  void set_away(dialog::Turn& turn, Day from, Day until);
  bool back(dialog::Turn& turn);
  void begin(dialog::Turn& turn, const store::Absence& absence, bool speaking);
  void tell_over(dialog::Turn& turn, PersonId person);
  void gone(dialog::Turn& turn, PersonId person);
  void office_ended(dialog::Turn& turn, AppointmentId id);
  std::vector<Appointment> running(PersonId person, Time now);
  std::optional<store::Absence> gone_before(dialog::Turn& turn);

  // --- at the door
  void at_door(dialog::Turn& turn, std::string_view words);
  void say_door(dialog::Turn& turn, AreaId where, std::string_view badge);
  AreaId door_in(dialog::Turn& turn, std::string_view words);
  struct Visitor {
    std::string what;  // "网格长", "惠民超市联防员"
    std::string badge;
  };
  std::string badge_of(const Appointment& one, Time now);
  std::vector<Visitor> visitors(AreaId where, Time now);

  Ledgers l_;
  dialog::TaskDesk& desk_;
};

}  // namespace linli::handlers
