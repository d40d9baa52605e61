// Once a day what nobody sees to becomes a task of the level above. An officer gets one list of everything in
// their area, not a ticket a building: on the first day of a district there are hundreds of gaps, and a list
// that shrinks is read, a hundred tickets are not. Only places that are 无人管理 have a task of their own,
// because they come first and can be handed to somebody. What was filled leaves the list by itself.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bot/community/slot.hpp"
#include "handlers/coverage.hpp"
#include "handlers/coverage_texts.hpp"

namespace linli::handlers {

using community::Area;
using community::Gap;
using community::Task;
using community::TaskKind;
using dialog::Turn;

namespace {

constexpr std::size_t named = 5;
constexpr std::string_view round_key = "round:coverage:";

std::string keys_of(const std::vector<Gap>& gaps) {
  std::string keys;
  for (const Gap& gap : gaps) keys += (keys.empty() ? "" : " ") + community::key_of(gap);
  return keys;
}

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find(' ', at), text.size());
    words.insert(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

void schedule_coverage(store::DueLedger& dues, const Zone& zone, Time now, int minute_of_day) {
  auto slot = community::next_slot(zone, std::span(&minute_of_day, 1), now);
  dues.set_once({std::string(round_key) + slot.name, slot.at, "coverage", 0, "round"});
}

void CoverageHandler::due(Turn& turn, const store::Due&) {
  schedule_coverage(turn.around().dues, turn.zone(), turn.now(), rules_.check_minute);
  round(turn);
}

void CoverageHandler::round(Turn& turn) {
  auto facts = l_.coverage.facts(rules_, turn.zone(), turn.now());
  auto gaps = community::evaluate(facts, rules_, fillers_).gaps;
  std::vector<std::string> in_order;
  auto now = bundles(gaps, in_order);
  std::set<std::string> known;
  settle_open(turn, now, known);
  std::map<AreaId, int> opened;
  for (const std::string& key : in_order) {
    const Bundle& bundle = now.at(key);
    if (known.contains(key) || opened[bundle.filled_by]++ >= rules_.new_a_day) continue;
    open(turn, key, bundle);
  }
}

/// `in_order`: by their most urgent gap, so that a newly unmanaged place is first.
std::map<std::string, CoverageHandler::Bundle> CoverageHandler::bundles(
    const Gaps& gaps, std::vector<std::string>& in_order) const {
  std::map<std::string, Bundle> found;
  for (const Gap& gap : gaps) {
    auto key = fmt::format("{}:{}", gap.filled_by.value, gap.in_unmanaged ? gap.place.value : 0);
    auto [bundle, is_new] = found.try_emplace(key);
    if (is_new) in_order.push_back(key);
    bundle->second.filled_by = gap.filled_by;
    bundle->second.gaps.push_back(gap);
  }
  return found;
}

/// Tasks that are open already: what changed is told, what is filled is closed.
void CoverageHandler::settle_open(Turn& turn, const std::map<std::string, Bundle>& now,
                                  std::set<std::string>& known) {
  for (const Area& root : l_.areas.below({}, community::AreaKind::district)) {
    for (Task& task : desk_.tasks().open_in(root.id, TaskKind::gap)) {
      std::string key = task.data["bundle"];
      auto bundle = now.find(key);
      if (bundle == now.end()) {
        heal(turn, task);
      } else {
        known.insert(key);
        settle(turn, task, bundle->second.gaps);
      }
    }
  }
}

/// What was filled since the morning, noticed by whoever asks: its task need not wait for the next round.
void CoverageHandler::close_filled(Turn& turn, const Area& area, const Gaps& gaps) {
  std::vector<std::string> in_order;
  auto now = bundles(gaps, in_order);
  for (Task& task : desk_.tasks().open_in(area.id, TaskKind::gap)) {
    if (!now.contains(task.data["bundle"])) heal(turn, task);
  }
}

void CoverageHandler::settle(Turn& turn, Task& task, const Gaps& gaps) {
  std::string keys = keys_of(gaps);
  auto before = words_of(task.data["gaps"]), after = words_of(keys);
  if (before == after) return;
  std::size_t stayed = 0;
  for (const std::string& key : before) stayed += after.count(key);
  task.data["gaps"] = keys;
  task.text = text_of(gaps);
  desk_.tasks().save(task);
  desk_.tasks().record({task.id, turn.now(), turn.act(), {}, "changed", {}, {}});
  bool grew = after.size() > stayed;
  auto people = grew || task.owner ? told_of(task) : std::vector<PersonId>();
  for (PersonId person : people) {
    turn.tell(person, coverage::changed,
              {{"number", std::to_string(task.number)},
               {"filled", std::to_string(before.size() - stayed)},
               {"fresh", std::to_string(after.size() - stayed)},
               {"text", task.text}},
              {.keep = Seconds{20 * 3600}, .optional = true});
  }
}

std::vector<PersonId> CoverageHandler::told_of(const Task& task) {
  if (task.owner) return {task.owner};
  return desk_.tasks().offered_to(task.id);
}

void CoverageHandler::heal(Turn& turn, Task& task) {
  auto people = told_of(task);
  std::string where = task.data["where"];
  desk_.close(turn, task, community::CloseHow::answered);
  dialog::Values said{{"number", std::to_string(task.number)}, {"where", where}};
  for (PersonId person : people) {
    if (turn.has_sender() && person == turn.sender())
      turn.say(coverage::healed, said);
    else
      turn.tell(person, coverage::healed, said, {.task = task.id});
  }
}

void CoverageHandler::open(Turn& turn, const std::string& key, const Bundle& bundle) {
  const Gap& first = bundle.gaps.front();
  dialog::NewTask wanted{.kind = TaskKind::gap, .area = bundle.filled_by, .at_once = true};
  if (first.in_unmanaged) wanted.urgency = dialog::Urgency::high;
  wanted.text = text_of(bundle.gaps);
  wanted.data["bundle"] = key;
  wanted.data["gaps"] = keys_of(bundle.gaps);
  wanted.data["where"] = l_.areas.building_text(first.in_unmanaged ? first.place : bundle.filled_by);
  desk_.open(turn, std::move(wanted));
}

/// "缺 12 处：1 粮站家属院 小区组织：无人管理 ..."
std::string CoverageHandler::text_of(const Gaps& gaps) {
  std::string text = fmt::format("缺 {} 处：", gaps.size());
  for (std::size_t i = 0; i < gaps.size() && i < named; ++i)
    text += fmt::format("\n{} {}", i + 1, line(gaps[i]));
  if (gaps.size() > named) text += fmt::format("\n还有 {} 处", gaps.size() - named);
  return text;
}

}  // namespace linli::handlers
