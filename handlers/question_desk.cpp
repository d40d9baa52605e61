#include "handlers/question_desk.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "handlers/policy_question_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Role;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

bool wants_more_than_an_answer(const Turn& turn) {
  const auto& words = turn.words();
  const std::string& normal = turn.message().normal;
  for (std::string_view list : {"cue", "complaint", "not_received"}) {
    if (words.mentions(list, normal)) return true;
  }
  const auto* category = words.help_category(normal);
  return (category && category->high) || !words.symptoms(normal).empty();
}

AreaId QuestionDesk::place_of(Turn& turn) const {
  if (turn.me().home) return turn.me().home;
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  return held.empty() ? AreaId{} : held.front().area;
}

std::string QuestionDesk::officer(Turn& turn) const {
  AreaId area = place_of(turn);
  for (Role role : {Role::instructor, Role::on_call}) {
    if (!area) break;
    auto holders = l_.appointments.holders({role, std::nullopt}, area, turn.now());
    std::erase_if(holders, [&](const auto& one) { return one.person == turn.sender(); });
    if (!holders.empty())
      return l_.areas.building_text(holders.front().area) + "的" + std::string(community::title(role));
  }
  return "值班干部";
}

AreaId QuestionDesk::root() const {
  auto roots = l_.areas.below({}, AreaKind::district);
  return roots.empty() ? AreaId{} : roots.front().id;
}

AreaId QuestionDesk::keeps(Turn& turn) const {
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (std::ranges::find(rules_.editors, held.role) != rules_.editors.end()) return held.area;
  }
  return {};
}

bool QuestionDesk::may_keep(Turn& turn, AreaId area) const {
  auto above = l_.areas.chain(area ? area : root());
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  return std::ranges::any_of(held, [&](const store::Appointment& one) {
    return std::ranges::find(rules_.editors, one.role) != rules_.editors.end() &&
           std::ranges::find(above, one.area, &community::Area::id) != above.end();
  });
}

/// "东门几点开" is another question in every compound.
AreaId QuestionDesk::scope_of(Turn& turn) const {
  AreaId place = place_of(turn);
  if (!place) return {};
  for (AreaKind kind : {AreaKind::compound, AreaKind::courtyard, AreaKind::village, AreaKind::community}) {
    if (auto area = l_.areas.above(place, kind)) return area->id;
  }
  return place;
}

void QuestionDesk::offer(Turn& turn, const std::string& words) const {
  turn.leave();
  turn.ask("policy_question", "forward", policy::forward, {{"who", officer(turn)}},
           {std::string(policy::forward_choice), std::string(policy::keep_choice)});
  turn.remember("words", words);
}

/// One that waits already: with these words, or surely with the same meaning.
std::optional<store::Asked> QuestionDesk::same_asked(Turn& turn, AreaId scope, std::string_view words) const {
  if (auto same = l_.questions.same_asked(scope, words)) return same;
  const auto& found = turn.message().heard.questions;
  if (!found.answer() || found.ids.front() > 0) return std::nullopt;
  auto asked = l_.questions.find_asked(AskedId{-found.ids.front()});
  if (!asked || !asked->open || asked->scope != scope) return std::nullopt;
  return asked;
}

void QuestionDesk::ask(Turn& turn, const std::string& words) const {
  turn.leave();
  AreaId scope = scope_of(turn);
  if (auto asked = same_asked(turn, scope, words)) {
    auto task = desk_.tasks().find(asked->task);
    bool waits = task && (task->state == TaskState::open || task->state == TaskState::accepted);
    if (waits) return join(turn, *asked, *task);
    l_.questions.close_asked(asked->id);
  }
  Task task = desk_.open(
      turn, {.kind = TaskKind::question, .area = place_of(turn), .reporter = turn.sender(), .text = words});
  auto asked = l_.questions.add_asked(task.id, scope, words);
  l_.questions.askers().add(asked.id.value, turn.sender(), turn.now());
  turn.say(policy::asked, {{"number", std::to_string(task.number)}, {"who", officer(turn)}});
}

void QuestionDesk::join(Turn& turn, const store::Asked& asked, const Task& task) const {
  auto& askers = l_.questions.askers();
  bool first = askers.add(asked.id.value, turn.sender(), turn.now());
  auto count = askers.count(asked.id.value);
  dialog::Values said{{"number", std::to_string(task.number)},
                      {"count", std::to_string(count)},
                      {"who", officer(turn)},
                      {"text", community::brief(community::mask_place(task.text), 40)}};
  turn.say(policy::joined, said);
  if (!first || std::ranges::find(rules_.spread, count) == rules_.spread.end()) return;
  auto people = desk_.tasks().offered_to(task.id);
  if (task.owner) people.push_back(task.owner);
  for (PersonId person : people) {
    turn.tell(person, policy::spreading, said,
              {.dedupe = fmt::format("asked:{}:count:{}:{}", asked.id.value, count, person.value),
               .task = task.id});
  }
}

void QuestionDesk::answered(Turn& turn, const Task& task, std::string_view answer) const {
  auto asked = l_.questions.asked_of(task.id);
  if (!asked) return;
  if (asked->open) l_.questions.close_asked(asked->id);
  auto& askers = l_.questions.askers();
  dialog::Values said{{"number", std::to_string(task.number)},
                      {"text", community::brief(community::mask_place(task.text), 40)},
                      {"owner", desk_.role_text(task, turn.now())},
                      {"answer", std::string(answer)}};
  for (const auto& one : askers.all(asked->id.value)) {
    bool other = one.person != task.reporter && one.person != turn.sender();
    // The act is part of the key: the same question may be answered again.
    if (other)
      turn.tell(one.person, one.told.empty() ? policy::told : policy::told_again, said,
                {.dedupe = fmt::format("asked:{}:{}:{}", asked->id.value, turn.act(), one.person.value),
                 .task = task.id,
                 .keep = rules_.follow_up});
    askers.set_told(asked->id.value, one.person, "1", turn.now());
  }
  if (may_keep(turn, task.area)) turn.say(policy::offer_add, {{"number", std::to_string(task.number)}});
}

}  // namespace linli::handlers
