// Two reports of the same become one, and are parted again. Complaints are never merged: what is in them is
// for whoever stands above the person complained about.
#include <charconv>
#include <fmt/format.h>

#include "handlers/cross_help.hpp"
#include "handlers/cross_help_texts.hpp"

namespace linli::handlers {

using community::Role;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

constexpr Seconds undo_within{10 * 60};

bool mergeable(const Task& task) {
  return (task.kind == TaskKind::help || task.kind == TaskKind::life_safety) &&
         task.state != TaskState::closed;
}

dialog::Values both(const Task& first, const Task& second) {
  return {{"first", std::to_string(first.number)}, {"second", std::to_string(second.number)}};
}

std::int64_t number_in(std::string_view words) {
  std::int64_t number = 0;
  auto at = words.find_first_of("0123456789");
  if (at != words.npos) std::from_chars(words.data() + at, words.data() + words.size(), number);
  return number;
}

}  // namespace

/// Whoever has one of them, or the grid leader or officer of the place.
bool CrossHelpHandler::may_merge(Turn& turn, const Task& first, const Task& second) {
  if (first.owner == turn.sender() || second.owner == turn.sender()) return true;
  for (const Task* task : {&first, &second}) {
    bool here = task->area &&
                (l_.appointments.responsible(turn.sender(), Role::grid_leader, task->area, turn.now()) ||
                 l_.appointments.responsible(turn.sender(), Role::on_call, task->area, turn.now()));
    if (!here) return false;
  }
  return true;
}

/// "合并 12 14"
bool CrossHelpHandler::merge(Turn& turn, const dialog::Command& command) {
  std::int64_t other = number_in(command.rest);
  if (!command.number || other == 0) {
    turn.say(cross::how_to);
    return true;
  }
  auto first = desk_.tasks().find_by_number(std::min(*command.number, other));
  auto second = desk_.tasks().find_by_number(std::max(*command.number, other));
  bool can = first && second && first->id != second->id && mergeable(*first) && mergeable(*second) &&
             may_merge(turn, *first, *second);
  if (!can) {
    turn.say(cross::cannot_merge, {{"first", std::to_string(std::min(*command.number, other))},
                                   {"second", std::to_string(std::max(*command.number, other))}});
    return true;
  }
  auto pair = l_.links.between(first->id, second->id);
  merge(turn, *first, *second, pair ? pair->id : l_.links.propose(first->id, second->id, turn.now()));
  return true;
}

void CrossHelpHandler::merge(Turn& turn, Task& first, Task& second, std::int64_t pair) {
  turn.around().asks.drop_all(topic(), -pair);
  turn.say(cross::merged, both(first, second));
  desk_.merge(turn, first, second);
  l_.links.decide(pair, "merged", turn.sender(), turn.now());
}

void CrossHelpHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto pair = l_.links.find(-ref);
  auto first = pair ? desk_.tasks().find(pair->first) : std::nullopt;
  auto second = pair ? desk_.tasks().find(pair->second) : std::nullopt;
  turn.around().asks.drop_all(topic(), ref);
  if (!first || !second) return;
  if (digit == "2") {
    l_.links.decide(pair->id, "apart", turn.sender(), turn.now());
    return turn.say(cross::not_merged, both(*first, *second));
  }
  bool can =
      pair->state == "offered" && mergeable(*first) && mergeable(*second) && may_merge(turn, *first, *second);
  if (!can) return turn.say(cross::cannot_merge, both(*first, *second));
  merge(turn, *first, *second, pair->id);
}

/// "撤销" of the last merge, unless something was done to a ticket since.
bool CrossHelpHandler::unmerge(Turn& turn) {
  auto last = l_.links.last_merge(turn.sender(), turn.now() - undo_within);
  if (!last) return false;
  auto acts = desk_.tasks().last_act(turn.sender(), turn.now() - undo_within);
  if (!acts.empty() && acts.front().at > last->at) return false;
  auto first = desk_.tasks().find(last->pair.first), second = desk_.tasks().find(last->pair.second);
  if (!first || !second || second->closed_how != community::CloseHow::merged) return false;
  l_.links.decide(last->pair.id, "apart", turn.sender(), turn.now());
  desk_.split(turn, *first, *second);
  turn.say(cross::unmerged, both(*first, *second));
  return true;
}

}  // namespace linli::handlers
