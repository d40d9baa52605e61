// The week's looking through, telling, objecting, and what a named person decides.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/bulletin.hpp"
#include "handlers/assessment.hpp"
#include "handlers/assessment_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::Area;
using community::Standing;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

constexpr std::size_t most_told = 5;

std::string without_leading(std::string_view words) {
  auto from = words.find_first_not_of(" ,:.;");
  return std::string(from == words.npos ? std::string_view{} : words.substr(from));
}

}  // namespace

void AssessmentHandler::due(Turn& turn, const store::Due& due) {
  const Zone& zone = turn.zone();
  schedule_assessment(turn.around().dues, zone, due.at, rules_);
  look_through(turn, community::week_of(zone, due.at).from);
  tell_faults(turn);
}

void AssessmentHandler::look_through(Turn& turn, Time week_end) {
  auto week = community::week_of(turn.zone(), week_end - Seconds{1});
  if (!l_.assessments.begin_week(week.name, turn.now())) return;
  auto facts = l_.assessments.facts(week.from, week.until);
  for (const auto& item : community::assess(facts, rules_, desk_.policies(), turn.around().quiet))
    l_.assessments.add(item, week.name);
}

/// Each once, all of theirs in one message. Whoever cannot be reached now is told next week: until then
/// superiors do not see it either.
void AssessmentHandler::tell_faults(Turn& turn) {
  auto untold = l_.assessments.untold();
  for (std::size_t i = 0; i < untold.size();) {
    PersonId person = untold[i].item.person;
    Items theirs;
    for (; i < untold.size() && untold[i].item.person == person; ++i) theirs.push_back(untold[i]);
    Time visible = turn.now() + rules_.seen_first;
    std::string lines;
    for (std::size_t n = 0; n < theirs.size() && n < most_told; ++n)
      lines += fmt::format("\n{}. {}", theirs[n].number, fault_line(turn, theirs[n], true));
    if (theirs.size() > most_told)
      lines += fmt::format("\n还有 {} 件，回“我的考核”看", theirs.size() - most_told);
    dialog::Values said{{"count", std::to_string(theirs.size())},
                        {"lines", lines},
                        {"until", turn.zone().date_time_text(visible)},
                        {"number", std::to_string(theirs.front().number)}};
    if (!turn.tell(person, assessment::told, said, {.keep = rules_.seen_first})) continue;
    for (const auto& item : theirs) l_.assessments.set_told(item.id, turn.now(), visible);
  }
}

/// "不服 3 那天我请过假".
void AssessmentHandler::object(Turn& turn, const dialog::Command& command) {
  std::string reason = without_leading(command.rest);
  if (!command.number || reason.empty()) return turn.say(assessment::object_how);
  dialog::Values said{{"number", std::to_string(*command.number)}};
  auto kept = l_.assessments.find(turn.sender(), *command.number);
  if (!kept) return turn.say(assessment::object_no_such, said);
  if (kept->objection) return turn.say(assessment::object_already, said);
  if (kept->told_at && turn.now() > *kept->told_at + rules_.object_within)
    return turn.say(assessment::object_too_late, said);
  dialog::NewTask wanted{.kind = TaskKind::score_review,
                         .area = kept->item.area,
                         .reporter = turn.sender(),
                         .text = fault_line(turn, *kept, true) + "；本人说：" + reason,
                         .at_once = true};
  wanted.data["item"] = std::to_string(kept->id);
  Task task = desk_.open(turn, std::move(wanted));
  l_.assessments.set_objection(kept->id, task.id);
  said.emplace_back("task", std::to_string(task.number));
  turn.say(assessment::objected, said);
}

/// "属实 12": the objection is right and the mark goes; "驳回 12": it stays. Only of an objection to an
/// assessment.
bool AssessmentHandler::judge(Turn& turn, const dialog::Command& command) {
  if (!command.number) return false;
  auto task = desk_.tasks().find_by_number(*command.number);
  if (!task || task->kind != TaskKind::score_review || task->state == TaskState::closed) return false;
  bool may = task->owner == turn.sender() || desk_.may_take(*task, turn.sender(), turn.now());
  dialog::Values said{{"number", std::to_string(task->number)}};
  if (!may || task->reporter == turn.sender()) {
    if (task->reporter != turn.sender() && offices(turn).empty()) return false;
    return turn.say(assessment::not_yours, said), true;
  }
  auto kept = l_.assessments.of_objection(task->id);
  if (!kept) return false;
  bool upheld = command.id == "confirm";
  l_.assessments.decide(kept->id, upheld, turn.sender(), turn.now());
  if (task->owner != turn.sender()) desk_.accept(turn, *task);
  desk_.close(turn, *task, community::CloseHow::answered);
  said.emplace_back("what", owed(turn, *kept));
  said.emplace_back("mark", std::to_string(kept->number));
  said.emplace_back("by", turn.me().name);
  turn.say(upheld ? assessment::upheld_staff : assessment::kept_staff, said);
  turn.tell(task->reporter, upheld ? assessment::upheld : assessment::kept, said, {.task = task->id});
  return true;
}

/// "表扬 张三 连着三天夜里送药". The software shows; who decides is named.
bool AssessmentHandler::decide(Turn& turn, const dialog::Command& command) {
  auto own = offices(turn);
  if (own.empty()) return false;  // "表扬" from anybody else is a kind word
  std::string_view kind = command.id == "praise"      ? "praise"
                          : command.id == "criticise" ? "criticism"
                                                      : "adjustment";
  std::string words(behind_command(turn.message().normal));
  auto blank = words.find(' ');
  std::string name = words.substr(0, blank);
  std::string reason =
      blank == words.npos ? std::string() : without_leading(std::string_view(words).substr(blank));
  if (name.empty() || reason.empty()) return turn.say(assessment::decide_how), true;
  auto people = find_people(turn, own, name);
  if (people.empty()) return turn.say(assessment::who_how), true;
  if (people.size() > 1) {
    std::string lines;
    for (const Somebody& one : people) lines += fmt::format("\n{} {}", one.name, one.office);
    return turn.say(assessment::several, {{"lines", lines}}), true;
  }
  const Somebody& whom = people.front();
  l_.assessments.add(store::Decision{whom.person, std::string(kind), reason, turn.sender(), turn.now()});
  std::string office = l_.areas.building_text(own.front().id) + "值班";
  dialog::Values said{{"name", whom.name}, {"reason", reason}, {"by", office + " " + turn.me().name}};
  said.emplace_back("what", kind == "praise" ? "表扬" : kind == "criticism" ? "批评" : "调整");
  turn.say(assessment::decided, said);
  turn.tell(whom.person,
            kind == "praise"      ? assessment::praised
            : kind == "criticism" ? assessment::criticised
                                  : assessment::adjusted,
            said);
  return true;
}

}  // namespace linli::handlers
