// The other half of RumourReportHandler: whoever verifies a story says what is true, and everybody who asked
// hears it.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/validity_words.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::Verdict;
using dialog::Turn;
using dialog::Values;
using store::Claim;

namespace {

/// "（有效到3月8日）"
std::string validity_text(const Turn& turn, const Claim& claim) {
  if (!claim.valid_until) return {};
  bool whole_day = turn.zone().minute_of_day(*claim.valid_until) == 0;
  if (!whole_day) return "（有效到" + turn.zone().date_time_text(*claim.valid_until) + "）";
  std::string last = turn.zone().date_time_text(*claim.valid_until - Seconds{1});
  return "（有效到" + last.substr(0, last.find(' ')) + "）";
}

}  // namespace

bool RumourReportHandler::is_staff(Turn& turn) {
  return !appointments_.of_person(turn.sender(), turn.now()).empty();
}

std::optional<Task> RumourReportHandler::review(std::int64_t number) {
  auto task = desk_.tasks().find_by_number(number);
  if (!task || task->kind != TaskKind::rumour_review) return std::nullopt;
  return task;
}

std::optional<Claim> RumourReportHandler::claim_of(const Task& task) {
  auto at = task.data.find("claim");
  if (at == task.data.end()) return std::nullopt;
  return claims_.find_standing(ClaimId{std::atoll(at->second.c_str())});
}

std::optional<Claim> RumourReportHandler::claim_called(std::string_view name) {
  std::string code(name);
  bool digits = !code.empty() && code.size() < 10 && code.find_first_not_of("0123456789") == code.npos;
  auto task = digits ? review(std::stoll(code)) : std::nullopt;
  if (task) return claim_of(*task);
  auto cased = [&](int (*change)(int)) {
    std::string text = code;
    std::ranges::transform(text, text.begin(), [&](unsigned char c) { return static_cast<char>(change(c)); });
    return text;
  };
  for (const auto& one : {code, cased(std::toupper), cased(std::tolower)}) {
    if (auto claim = claims_.find_by_code(one)) return claims_.find_standing(claim->id);
  }
  return std::nullopt;
}

std::string RumourReportHandler::label(const Claim& claim) {
  auto task = claim.task ? desk_.tasks().find(claim.task) : std::nullopt;
  return task ? std::to_string(task->number) : claim.code;
}

Values RumourReportHandler::values(Turn& turn, const Claim& claim) {
  return {{"number", label(claim)},
          {"story", rumour::story_of(claim)},
          {"verdict", std::string(community::title(claim.verdict))},
          {"clarification", claim.clarification.empty() ? std::string() : claim.clarification + "\n"},
          {"source", claim.source.empty() ? std::string("工作人员核实") : claim.source},
          {"valid", validity_text(turn, claim)}};
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
bool RumourReportHandler::may_decide(Turn& turn, const Claim& claim) {
  if (may_curate(turn, claim.area ? claim.area : district())) return true;
  auto task = claim.task ? desk_.tasks().find(claim.task) : std::nullopt;
  if (!task) return false;
  if (task->owner == turn.sender() || desk_.may_take(*task, turn.sender(), turn.now())) return true;
  const auto& levels = desk_.policies().of(TaskKind::rumour_review).levels;
  return std::ranges::any_of(levels, [&](const community::Level& level) {
    auto holders = appointments_.holders(level, task->area, turn.now());
    return std::ranges::any_of(holders, [&](const auto& holder) { return holder.person == turn.sender(); });
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
  auto claim = task ? claim_of(*task) : std::nullopt;
  if (!claim || !may_decide(turn, *claim)) {
    turn.say(rumour::not_yours, {{"number", order.number ? std::to_string(*order.number) : std::string()}});
    return true;
  }
  return decide_on(turn, *claim, order);
}

/// At once if the order is whole and few hear of it; otherwise what is missing is asked, and what will happen
/// is shown.
bool RumourReportHandler::decide_on(Turn& turn, const Claim& claim, const community::VerdictOrder& order) {
  auto validity = community::read_validity(normalise(order.validity), turn.zone(), turn.now());
  bool whole = order.verdict != Verdict::none && (order.validity.empty() || validity.understood);
  if (!whole || hearers(turn, claim, order.verdict) > confirm_above_) {
    draft_verdict(turn, claim, order);
    return true;
  }
  Claim now = claim;
  settle(turn, now, order, validity.until);
  return true;
}

void RumourReportHandler::settle(Turn& turn, Claim& claim, const community::VerdictOrder& order,
                                 std::optional<Time> valid_until) {
  const bool changed = claim.verdict != order.verdict || claim.withdrawn_at;
  if (changed || !order.clarification.empty()) claim.clarification = order.clarification;
  if (changed || !order.source.empty())
    claim.source = order.source.empty() ? source_of(turn, claim.area) : order.source;
  claim.verdict = order.verdict;
  claim.decided_at = turn.now();
  claim.valid_until = valid_until;
  claim.withdrawn_at.reset();
  claims_.save(claim);
  auto task = claim.task ? desk_.tasks().find(claim.task) : std::nullopt;
  if (task && task->state != community::TaskState::closed) {
    task->owner = turn.sender();  // who gave the verdict has done the work, accepted or not
    desk_.close(turn, *task, community::CloseHow::answered);
  }
  const int told = tell_askers(turn, claim);
  if (changed && order.verdict != Verdict::unproven) give_words_to_paste(turn, claim, rumour::paste);
  Values said = values(turn, claim);
  said.emplace_back("told", std::to_string(told));
  turn.say(changed || told > 0 ? rumour::decided : rumour::kept, said);
}

/// Everybody who asked and has not heard this verdict last; how many could be reached.
int RumourReportHandler::tell_askers(Turn& turn, const Claim& claim) {
  int told = 0;
  const Values common = values(turn, claim);
  for (const auto& asker : claims_.askers(claim.id)) {
    if (asker.told == claim.verdict) continue;
    if (asker.person != turn.sender()) {
      bool first = asker.told == Verdict::none;
      Values said = common;
      if (!first) said.emplace_back("before", std::string(community::title(asker.told)));
      dialog::Tell how{.keep = Seconds{7 * 24 * 3600}};
      // The moment is part of the key: a verdict may come back after another one.
      how.dedupe = fmt::format("claim:{}:{}:{}:{}", claim.id.value, community::name(claim.verdict),
                               turn.now().time_since_epoch().count(), asker.person.value);
      if (!turn.tell(asker.person, first ? rumour::verdict_told : rumour::verdict_changed, said, how))
        continue;
      ++told;
    }
    claims_.set_told(claim.id, asker.person, claim.verdict, turn.now());
  }
  return told;
}

/// How many others will hear of this verdict.
std::int64_t RumourReportHandler::hearers(Turn& turn, const Claim& claim, Verdict verdict) {
  return std::ranges::count_if(claims_.askers(claim.id), [&](const store::Asker& asker) {
    return asker.person != turn.sender() && asker.told != verdict;
  });
}

/// The grid leaders of the areas concerned get words for their building groups: where the story plays, and
/// where somebody has asked about it.
void RumourReportHandler::give_words_to_paste(Turn& turn, const Claim& claim, dialog::TextId text) {
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
  auto said = values(turn, claim);
  for (PersonId leader : leaders) {
    if (leader == turn.sender()) continue;
    turn.tell(
        leader, text, said,
        {.dedupe = fmt::format("{}:{}:{}:{}:{}", text.id, claim.id.value, community::name(claim.verdict),
                               turn.now().time_since_epoch().count(), leader.value),
         .keep = Seconds{3 * 24 * 3600},
         .optional = true});
  }
}

/// "安和区宣传员核实": what stands as the source when none was named.
std::string RumourReportHandler::source_of(Turn& turn, AreaId place) {
  const auto& levels = desk_.policies().of(TaskKind::rumour_review).levels;
  for (const auto& appointment : appointments_.of_person(turn.sender(), turn.now())) {
    bool asked =
        std::ranges::any_of(levels, [&](const auto& level) { return level.role == appointment.role; });
    auto area = asked ? areas_.find(appointment.area) : std::nullopt;
    if (area) return area->name + std::string(community::title(appointment.role)) + "核实";
  }
  auto area = areas_.find(place);
  return (area ? area->name : std::string()) + "工作人员核实";
}

/// The list was imported while the house was running: what it says is found from now on, and who asked hears
/// of a verdict that changed.
void RumourReportHandler::due(Turn& turn, const store::Due& due) {
  auto claim = claims_.find_standing(ClaimId{due.ref});
  if (!claim) return;
  claims_.note_change(claim->id);
  if (!claim->answered(turn.now())) return;
  auto task = claim->task ? desk_.tasks().find(claim->task) : std::nullopt;
  if (task && task->state != community::TaskState::closed)
    desk_.close(turn, *task, community::CloseHow::answered);
  tell_askers(turn, *claim);
}

}  // namespace linli::handlers
