// What assessments are made of (histories of tasks, platform reports, shifts, absences), and what was found:
// a row an item, kept for ever, so that a year can be summed after messages have been forgotten. The
// assessment topic writes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/assessment.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct KeptItem {
  std::int64_t id{};
  community::AssessedItem item;
  std::string week;
  std::int64_t number{};       // of a person's faults: what they quote, "不服 3"
  std::int64_t task_number{};  // 0: none
  std::string kind;            // of the task
  std::string post;            // of the shift, its name
  std::optional<Time> told_at, visible_at;
  TaskId objection = {};  // the task that decides it
  PersonId decided_by = {};
  std::optional<Time> decided_at = {};
};

struct Decision {
  PersonId person;
  std::string kind;  // praise, criticism, adjustment
  std::string reason;
  PersonId by;
  Time at{};
};

class AssessmentLedger {
 public:
  AssessmentLedger(Database& db, FieldCipher& cipher);

  /// Whatever touches [from, until): a few questions for all people together.
  community::AssessmentFacts facts(Time from, Time until);

  /// False if the week has been looked through before.
  bool begin_week(std::string_view week, Time now);
  void add(const community::AssessedItem& item, std::string_view week);
  /// Faults that nobody has been told of, by person.
  std::vector<KeptItem> untold();
  void set_told(std::int64_t id, Time at, Time visible_at);

  std::vector<KeptItem> of_person(PersonId person, Time from, Time until);
  /// At or below an area's path, of everybody.
  std::vector<KeptItem> below(std::string_view path, Time from, Time until);
  std::optional<KeptItem> find(PersonId person, std::int64_t number);
  std::optional<KeptItem> of_objection(TaskId task);
  void set_objection(std::int64_t id, TaskId task);
  /// Upheld: the fault is removed, visibly.
  void decide(std::int64_t id, bool upheld, PersonId by, Time at);

  void add(const Decision& decision);
  std::vector<Decision> decisions(PersonId person, Time since);

 private:
  template <class... In>
  std::vector<KeptItem> read(Statement& statement, const In&... in);

  FieldCipher& cipher_;
  Statement tasks_, events_, reports_, shifts_, absences_, begin_, next_number_, add_, untold_, told_,
      of_person_, below_, find_, of_objection_, object_, decide_, add_decision_, decisions_;
};

}  // namespace linli::store
