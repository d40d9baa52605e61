// 考核 and 问责: on Monday what became of everybody's tasks and shifts of the week before is written down;
// whoever has a fault in it hears first, and may object; superiors see it days later. People see their own
// score and every task behind it, officers on call those of whoever serves below them. What follows (praise,
// criticism, adjustment) a named person decides. Nothing of it is ever said to anybody else.
#pragma once

#include "bot/community/assessment.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/assessment_ledger.hpp"
#include "bot/store/person_ledger.hpp"

namespace linli::handlers {

class AssessmentHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::AssessmentLedger& assessments;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  /// `rules` outlive it.
  AssessmentHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::AssessmentRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  std::string_view topic() const override { return "assessment"; }
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"my_assessment", "assessment", "object_to_assessment",
            "praise",        "criticise",  "adjust_after_assessment",
            "confirm",       "reject"};
  }
  void start(dialog::Turn& turn) override { mine(turn, {}); }
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  struct Span {
    Time from{}, until{};
    std::string words;  // "最近四周"
  };
  struct Somebody {
    PersonId person;
    std::string name, office;
  };
  using Items = std::vector<store::KeptItem>;

  static Span take_span(dialog::Turn& turn, std::string& words);
  std::vector<community::Area> offices(dialog::Turn& turn);
  void mine(dialog::Turn& turn, std::string words);
  bool look(dialog::Turn& turn, std::string words);
  void show_person(dialog::Turn& turn, const Somebody& whom, const Span& span);
  void show_area(dialog::Turn& turn, const community::Area& area, const Span& span);
  std::vector<Somebody> find_people(dialog::Turn& turn, const std::vector<community::Area>& own,
                                    std::string_view name);
  std::string explained(dialog::Turn& turn, const Items& items, bool to_superior);
  std::string fault_line(dialog::Turn& turn, const store::KeptItem& item, bool to_superior);
  std::string owed(dialog::Turn& turn, const store::KeptItem& item);
  std::string score_text(const Items& items, Time visible_at);
  std::string decisions_text(dialog::Turn& turn, PersonId person);

  // --- assessment_acts.cpp
  void look_through(dialog::Turn& turn, Time week_end);
  void tell_faults(dialog::Turn& turn);
  void object(dialog::Turn& turn, const dialog::Command& command);
  bool judge(dialog::Turn& turn, const dialog::Command& command);
  bool decide(dialog::Turn& turn, const dialog::Command& command);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::AssessmentRules& rules_;
};

/// Makes the due row of the next Monday, unless it is there.
void schedule_assessment(store::DueLedger& dues, const Zone& zone, Time now,
                         const community::AssessmentRules& rules);

}  // namespace linli::handlers
