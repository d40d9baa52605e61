// The one engine for everything owed: opens a task, offers it to whoever is responsible, takes acceptance,
// return, transfer, completion, confirmation and reopening, undoes the last act, reminds, climbs and closes.
// Kinds differ only in their data and their policy (config/policies.toml).
//
// What people are told. Staff: `<kind>.staff_<what>` if it exists, else `<topic of the kind>.staff_<what>`,
// else `my_tasks.<what>` (offer, added, placed, escalated, late, reminder, taken_by_other, reopened,
// confirmed, withdrawn, handed_over). The reporter: `<kind>.your_<what>`, else `<topic>.your_<what>`, else
// nothing (accepted, escalated, returned, done, done_again, silent, accept_undone, done_undone, ended). With
// the values title, number, building, address, phone, text, name, owner, when, reason.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/policy.hpp"
#include "bot/dialog/turn.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/task_ledger.hpp"
#include "bot/store/task_link_ledger.hpp"

namespace linli::dialog {

using community::CloseHow;
using community::Task;
using community::TaskKind;
using community::TaskState;

struct NewTask {
  TaskKind kind{};
  Urgency urgency = Urgency::normal;
  AreaId area = {};  // where; none: not known yet, the intake area's people hear of it
  AreaId household = {};
  PersonId reporter = {};
  std::string text = {};
  std::map<std::string, std::string> data = {};
  bool at_once = false;  // offer now instead of gathering pieces
};

class TaskDesk {
 public:
  struct Ledgers {
    store::TaskLedger& tasks;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
    store::TaskLinkLedger& links;
  };
  /// `intake_area`: who hears of people whose place is not known yet.
  TaskDesk(Ledgers ledgers, const community::Policies& policies, AreaId intake_area);

  // --- by the reporter's topic
  Task open(Turn& turn, NewTask task);
  /// More words of the same person: joined; whoever was already told hears them.
  void add(Turn& turn, Task& task, std::string_view words);
  /// The place became known, or another: the right people are asked.
  void place(Turn& turn, Task& task, AreaId area, AreaId household);
  /// The reporter says it cannot wait: whoever has it, or may take it, hears so at once, also by night.
  void urge(Turn& turn, Task& task);
  void confirm(Turn& turn, Task& task);                       // the reporter says it is solved
  void reopen(Turn& turn, Task& task, std::string_view why);  // the reporter says it is not
  void withdraw(Turn& turn, Task& task);                      // the reporter does not need it any more
  /// Closes a task whose work is done in the same breath (a verdict given, a relay released).
  void close(Turn& turn, Task& task, CloseHow how);

  // --- by whoever was asked
  bool may_take(const Task& task, PersonId person, Time now);
  void accept(Turn& turn, Task& task);
  /// False if nobody else can be asked: it is then asked of the same people again.
  bool give_back(Turn& turn, Task& task, std::string_view reason);
  void transfer(Turn& turn, Task& task, PersonId to);
  void finish(Turn& turn, Task& task, std::string_view note);
  /// Undoes the sender's last act; the tasks it touched, empty if there was nothing to undo.
  std::vector<Task> undo(Turn& turn);

  // --- when somebody's office ends or they are away (task_desk_handover.cpp)
  /// What somebody has accepted or was offered, in an area and below; `area` none: everywhere.
  std::vector<Task> in_hand(PersonId person, AreaId area);
  /// All of it goes to `to`, who is asked to accept; with none, or where `to` may not have it, back to
  /// whoever answers now, the next level if nobody does. `from` must not answer any more. The new ones and
  /// the reporters of accepted tasks are told; telling `from` is the caller's. The tasks.
  std::vector<Task> hand_over(Turn& turn, PersonId from, PersonId to, AreaId area, std::string_view reason);

  // --- tasks that hang together (task_desk_links.cpp)
  /// Offered to these people before anybody else; to the policy's levels if none of them can be reached.
  Task open_for(Turn& turn, NewTask task, const std::vector<PersonId>& people);
  /// The sender owes it from the start.
  Task open_owned(Turn& turn, NewTask task);
  /// `owner` owes it without having accepted, and without an office: the reader of a notice. Costs the same
  /// for each of many; telling them is the caller's. Whoever leaves the account owes it no more.
  Task open_owed(Turn& turn, NewTask task, PersonId owner);
  /// Theirs without being asked: they have given a receipt for it.
  void hand_to(Turn& turn, Task& task, PersonId to);
  std::vector<Task> open_parts(const Task& task);
  /// `later` is closed as merged; its reporter hears of `kept` from now on, and may confirm or reopen it.
  void merge(Turn& turn, Task& kept, Task& later);
  void split(Turn& turn, Task& kept, Task& later);
  /// Everybody who reported it, the first reporter first.
  std::vector<PersonId> reporters(const Task& task);
  void tell_reporters(Turn& turn, const Task& task, TextId text, const Values& said);
  /// The sender does not need it any more, but others who reported it do; false if there is nobody else.
  bool leave_to_others(Turn& turn, Task& task);
  /// Who has it by role and place, without a name: what residents hear.
  std::string role_text(const Task& task, Time now);
  static std::vector<TextId> link_texts();

  // --- confirmed by an office (task_desk_confirm.cpp)
  /// May this person say that it is done well: the reporter, or a holder of a role that data "confirm_by"
  /// names?
  bool may_confirm(const Task& task, PersonId person, Time now);
  /// From now on this person confirms it.
  void confirmed_by(Turn& turn, Task& task, PersonId person);

  // --- by the schedule: rows "task:<id>" and "offer:<id>" with topic "task"
  void due(Turn& turn, const store::Due& due);

  /// The values that texts about a task may use. `open_place`: address and phone too (the reader has
  /// accepted). For a named text that speaks of the number alone, no more than that: places and names are
  /// asked of the database.
  Values values(Turn& turn, const Task& task, bool open_place, TextId text = {});
  /// Who has it, as people know them: "和平苑网格长".
  std::string owner_text(const Task& task, Time now);
  store::TaskLedger& tasks() { return l_.tasks; }
  const community::Policies& policies() const { return policies_; }
  static std::vector<TextId> texts();

 private:
  /// Asks the holders of the first level from `level` on that has a reachable one; false if none is left.
  bool offer_from(Turn& turn, Task& task, int level, std::string_view what, const Values& more);
  bool offer_level(Turn& turn, Task& task, int level, std::string_view what, const Values& more);
  void offer_first(Turn& turn, Task& task);
  /// The sender may take it by its digit, and is not told of it.
  void ask_again(Turn& turn, const Task& task);
  std::vector<store::Appointment> holders(const Task& task, int level, Time now);
  void tell_staff(Turn& turn, const Task& task, PersonId to, std::string_view what, Values values, bool ask);
  void tell_offered(Turn& turn, const Task& task, std::string_view what, const Values& values,
                    PersonId but = {});
  void tell_reporter(Turn& turn, const Task& task, std::string_view what, const Values& more = {},
                     std::string_view accepts = {});
  std::string text_for(Turn& turn, const Task& task, std::string_view what) const;
  void record(Turn& turn, const Task& task, std::string_view what, PersonId person = {},
              std::string_view note = {});
  static std::string expiry_of(TaskId task);
  static std::string offer_key(TaskId task);
  void schedule(Turn& turn, const Task& task, Seconds after, std::string_view what);
  void end(Turn& turn, Task& task, CloseHow how, std::string_view what);
  void undo_one(Turn& turn, Task& task, std::string_view what);

  bool can_have(const Task& task, PersonId person);
  void hand_over_one(Turn& turn, Task& task, PersonId from, PersonId to, std::string_view reason);
  Task create(Turn& turn, NewTask task);
  void end_parts(Turn& turn, const Task& task);
  void look_for_double(Turn& turn, const Task& task);
  void offer_merge(Turn& turn, const Task& first, const Task& second, std::int64_t pair);
  void tell_other_reporters(Turn& turn, const Task& task, bool solved);

  void due_accept(Turn& turn, Task& task);
  void due_remind(Turn& turn, Task& task);
  void due_confirm(Turn& turn, Task& task);

  static bool office_confirms(const Task& task);
  PersonId next_confirmer(const Task& task, Time now);
  void renew_confirmer(Turn& turn, Task& task);
  bool pass_confirmation_on(Turn& turn, Task& task);

  Ledgers l_;
  const community::Policies& policies_;
  AreaId intake_area_;
};

/// "5分钟", "2小时", "3天": a duration as people say it.
std::string duration_text(Seconds duration);

}  // namespace linli::dialog
