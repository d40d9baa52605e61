// The other half of RumourReportHandler: whoever verifies a story says what is true, and everybody who asked
// hears it.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::Verdict;
using dialog::Turn;
using store::Claim;

bool RumourReportHandler::is_staff(Turn& turn) {
  return !appointments_.of_person(turn.sender(), turn.now()).empty();
}

std::optional<Task> RumourReportHandler::review(std::int64_t number) {
  auto task = desk_.tasks().find_by_number(number);
  if (!task || task->kind != TaskKind::rumour_review) return std::nullopt;
  return task;
}

/// Stories that the person has accepted or been offered.
std::vector<Task> RumourReportHandler::reviews_of(PersonId person) {
  auto mine = desk_.tasks().owned(person);
  auto offered = desk_.tasks().offered(person);
  mine.insert(mine.end(), offered.begin(), offered.end());
  std::erase_if(mine, [](const Task& task) { return task.kind != TaskKind::rumour_review; });
  return mine;
}

/// Whoever has it, whoever was asked, and whoever holds one of its roles over the place: a verdict can be
/// changed after the task is closed.
bool RumourReportHandler::may_decide(const Task& task, PersonId person, Time now) {
  if (task.owner == person || desk_.may_take(task, person, now)) return true;
  const auto& levels = desk_.policies().of(TaskKind::rumour_review).levels;
  return std::ranges::any_of(levels, [&](const community::Level& level) {
    auto holders = appointments_.holders(level, task.area, now);
    return std::ranges::any_of(holders, [&](const auto& holder) { return holder.person == person; });
  });
}

/// True always: an order that cannot be carried out is answered with what is missing.
bool RumourReportHandler::decide(Turn& turn, const community::VerdictOrder& order) {
  std::optional<Task> task;
  if (order.number) {
    task = review(*order.number);
  } else {
    auto mine = reviews_of(turn.sender());
    if (mine.empty()) {
      turn.say(rumour::none_open);
      return true;
    }
    if (mine.size() > 1) {
      std::string lines;
      for (const Task& one : mine)
        lines += fmt::format("\n{} 号：{}", one.number, community::brief(one.text, 20));
      turn.say(rumour::which, {{"lines", lines}, {"number", std::to_string(mine.front().number)}});
      return true;
    }
    task = mine.front();
  }
  auto claim = task ? claims_.find_by_task(task->id) : std::nullopt;
  if (!claim || !may_decide(*task, turn.sender(), turn.now())) {
    turn.say(rumour::not_yours, {{"number", order.number ? std::to_string(*order.number) : std::string()}});
    return true;
  }
  if (order.verdict == Verdict::none) {
    turn.say(rumour::need_verdict,
             {{"number", std::to_string(task->number)}, {"story", community::brief(claim->text, 40)}});
    return true;
  }
  settle(turn, *claim, *task, order);
  return true;
}

void RumourReportHandler::settle(Turn& turn, Claim& claim, Task& task, const community::VerdictOrder& order) {
  const Verdict before = claim.verdict;
  const bool changed = before != order.verdict;
  if (changed || !order.clarification.empty()) claim.clarification = order.clarification;
  if (changed || !order.source.empty())
    claim.source = order.source.empty() ? source_of(turn, task) : order.source;
  claim.verdict = order.verdict;
  claim.decided_at = turn.now();
  claim.valid_until.reset();
  claims_.save(claim);
  if (task.state != community::TaskState::closed) {
    task.owner = turn.sender();  // who gave the verdict has done the work, accepted or not
    desk_.close(turn, task, community::CloseHow::answered);
  }
  dialog::Values said = rumour::values(claim);
  said.emplace_back("number", std::to_string(task.number));
  const int told = tell_askers(turn, claim, before);
  if (changed && order.verdict != Verdict::unproven) give_words_to_paste(turn, claim, task);
  said.emplace_back("told", std::to_string(told));
  turn.say(changed || told > 0 ? rumour::decided : rumour::kept, said);
}

/// Everybody who asked and has not heard this verdict last; how many could be reached.
int RumourReportHandler::tell_askers(Turn& turn, const Claim& claim, Verdict before) {
  int told = 0;
  auto values = rumour::values(claim);
  values.emplace_back("before", std::string(community::title(before)));
  for (const auto& asker : claims_.askers(claim.id)) {
    if (asker.told == claim.verdict) continue;
    if (asker.person != turn.sender()) {
      auto id = asker.told == Verdict::none ? rumour::verdict_told : rumour::verdict_changed;
      dialog::Tell how{.keep = Seconds{7 * 24 * 3600}};
      // The moment is part of the key: a verdict may come back after another one.
      how.dedupe = fmt::format("claim:{}:{}:{}:{}", claim.id.value, community::name(claim.verdict),
                               claim.decided_at->time_since_epoch().count(), asker.person.value);
      if (!turn.tell(asker.person, id, values, how)) continue;
      ++told;
    }
    claims_.set_told(claim.id, asker.person, claim.verdict, turn.now());
  }
  return told;
}

/// The grid leaders of the areas concerned get words for their building groups: where the story plays, and
/// where somebody has asked about it.
void RumourReportHandler::give_words_to_paste(Turn& turn, const Claim& claim, const Task& task) {
  std::vector<PersonId> leaders;
  auto add = [&](const std::vector<store::Appointment>& held) {
    for (const auto& one : held) {
      bool known = std::ranges::find(leaders, one.person) != leaders.end();
      if (one.role == community::Role::grid_leader && !known) leaders.push_back(one.person);
    }
  };
  auto near = [&](AreaId area) {
    return appointments_.holders({community::Role::grid_leader, std::nullopt}, area, turn.now());
  };
  if (claim.area) add(appointments_.below(claim.area, turn.now()));
  if (claim.area) add(near(claim.area));
  for (const auto& asker : claims_.askers(claim.id)) {
    auto person = turn.around().people.find(asker.person);
    if (person && person->home) add(near(person->home));
  }
  auto said = rumour::values(claim);
  for (PersonId leader : leaders) {
    if (leader == turn.sender()) continue;
    turn.tell(leader, rumour::paste, said,
              {.dedupe = fmt::format("paste:{}:{}:{}:{}", task.number, community::name(claim.verdict),
                                     claim.decided_at->time_since_epoch().count(), leader.value),
               .keep = Seconds{3 * 24 * 3600},
               .optional = true});
  }
}

/// "安和区宣传员": what stands as the source when none was named.
std::string RumourReportHandler::source_of(Turn& turn, const Task& task) {
  const auto& levels = desk_.policies().of(TaskKind::rumour_review).levels;
  for (const auto& appointment : appointments_.of_person(turn.sender(), turn.now())) {
    bool asked =
        std::ranges::any_of(levels, [&](const auto& level) { return level.role == appointment.role; });
    auto area = asked ? areas_.find(appointment.area) : std::nullopt;
    if (area) return area->name + std::string(community::title(appointment.role)) + "核实";
  }
  auto area = areas_.find(task.area);
  return (area ? area->name : std::string()) + "工作人员核实";
}

}  // namespace linli::handlers
