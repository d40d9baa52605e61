// Questions that neither a guidance card nor the question list answers, brought to an officer: one task of
// kind `question`, however many ask the same; all of them hear the answer. Shared by the topics guidance (问,
// 答) and policy_question.
#pragma once

#include <string>
#include <string_view>

#include "bot/community/question.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/question_ledger.hpp"

namespace linli::handlers {

class QuestionDesk {
 public:
  struct Ledgers {
    store::QuestionLedger& questions;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  /// `rules` outlive it.
  QuestionDesk(Ledgers ledgers, dialog::TaskDesk& desk, const community::QuestionRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  /// Asks the sender whether `words` are to go to an officer (step "forward" of policy_question).
  void offer(dialog::Turn& turn, const std::string& words) const;
  /// They go: a new question, or one more who asks what somebody asks already. Leaves the open step.
  void ask(dialog::Turn& turn, const std::string& words) const;
  /// An officer has answered it: whoever else asked hears it, and the officer is offered to put it on the
  /// list.
  void answered(dialog::Turn& turn, const community::Task& task, std::string_view answer) const;

  /// Where somebody is asking from: their home, else where they serve.
  AreaId place_of(dialog::Turn& turn) const;
  /// "和平社区的指导员": who will answer the sender.
  std::string officer(dialog::Turn& turn) const;
  /// The area for which somebody keeps the list; none if they do not. `root`: where an entry of everybody's
  /// is.
  AreaId keeps(dialog::Turn& turn) const;
  bool may_keep(dialog::Turn& turn, AreaId area) const;
  AreaId root() const;

  dialog::TaskDesk& tasks() const { return desk_; }
  store::QuestionLedger& list() const { return l_.questions; }
  store::AreaLedger& areas() const { return l_.areas; }
  const community::QuestionRules& rules() const { return rules_; }

 private:
  std::optional<store::Asked> same_asked(dialog::Turn& turn, AreaId scope, std::string_view words) const;
  void join(dialog::Turn& turn, const store::Asked& asked, const community::Task& task) const;
  AreaId scope_of(dialog::Turn& turn) const;

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::QuestionRules& rules_;
};

/// Somebody who is ill, complaining or asking about a story wants more than a card or an answer.
bool wants_more_than_an_answer(const dialog::Turn& turn);

}  // namespace linli::handlers
