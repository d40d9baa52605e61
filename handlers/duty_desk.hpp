// What the topics of duty share: who may change what, who lives near a post and may stand there, putting
// somebody on a shift, and finding somebody when a place becomes free: first whoever waits for it, then
// off-duty volunteers nearby, then the grid leader (a shift_cover task). Stateless, like a handler.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/duty_limits.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::handlers {

class DutyDesk {
 public:
  using Duty = store::Duty;
  struct Ledgers {
    store::ShiftLedger& shifts;
    store::AreaLedger& areas;
    store::PersonLedger& people;
    store::AppointmentLedger& appointments;
  };
  DutyDesk(Ledgers ledgers, dialog::TaskDesk& desk, const community::DutyRules& rules,
           const community::ShiftRules& shift_rules = {})
      : l_(ledgers), desk_(desk), rules_(rules), shift_rules_(shift_rules) {}

  // --- people
  /// Grid leader or officer on call of the area.
  bool leads(PersonId person, AreaId area, Time now);
  bool is_volunteer(PersonId person, Time now);
  /// Off-duty volunteers whose home is near, the nearest first, who may stand it; as many as are asked at
  /// once.
  std::vector<PersonId> volunteers_for(dialog::Turn& turn, const store::Post& post, community::Span span,
                                       PersonId but = {});
  /// Why a person cannot stand it, as a text's value; nothing if they can. `giving`: a shift of theirs that
  /// does not count.
  std::optional<std::string> refusal(dialog::Turn& turn, PersonId person, const store::Post& post,
                                     community::Span span);
  /// Somebody with a role around the post, by name.
  PersonId named(const store::Post& post, std::string_view name, Time now);

  // --- words
  std::string post_name(const store::Post& post);
  std::string span_text(dialog::Turn& turn, community::Span span);
  std::string name_of(PersonId person);
  dialog::Values values(dialog::Turn& turn, const Duty& duty);
  dialog::Values values(dialog::Turn& turn, const store::Post& post, community::Span span);

  // --- acts
  /// The person stands it from now on, confirmed, and is reminded.
  ShiftId put_on(dialog::Turn& turn, PersonId person, const store::Post& post, community::Span span,
                 std::string_view made_by, ShiftId cover_of = {});
  enum class Search { taken, asked, nobody };
  struct Found {
    Search how{};
    PersonId person;  // who has it, if it is taken
  };
  /// The person of this shift does not come: looks for somebody else. `why` is for the grid leader.
  Found lost(dialog::Turn& turn, const Duty& duty, std::string_view why);
  /// Volunteers nearby are asked to stand it; how many.
  int ask_volunteers(dialog::Turn& turn, const Duty& duty, std::string_view what);
  int ask_volunteers(dialog::Turn& turn, const store::Opening& opening, const store::Post& post);
  /// Nobody needs to answer any more; those asked hear so, except one.
  void stop_asking(dialog::Turn& turn, std::int64_t ref, const dialog::Values& said, PersonId but);
  /// A task for the area's grid leader, once a shift.
  void open_cover(dialog::Turn& turn, const Duty& duty, std::string_view why);
  void close_cover(dialog::Turn& turn, const Duty& duty, community::CloseHow how, dialog::TextId text);
  /// The shift's reminders are taken back.
  void drop_reminders(dialog::Turn& turn, ShiftId shift);

  Ledgers& ledgers() { return l_; }
  dialog::TaskDesk& tasks() { return desk_; }
  const community::DutyRules& rules() const { return rules_; }
  const community::ShiftRules& shift_rules() const { return shift_rules_; }
  static std::string cover_key(ShiftId shift);

 private:
  std::optional<community::Task> cover_of(const Duty& duty);
  bool may_ask_now(dialog::Turn& turn) const;
  /// One that nothing else asks this person for, so that a bare answer is clear.
  std::string free_digit(dialog::Turn& turn, PersonId person);
  bool give_to_waiting(dialog::Turn& turn, const Duty& duty, PersonId& taken_by);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::DutyRules rules_;
  const community::ShiftRules shift_rules_;
};

}  // namespace linli::handlers
