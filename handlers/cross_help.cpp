#include "handlers/cross_help.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/community/deadline_words.hpp"
#include "bot/community/mask.hpp"
#include "handlers/cross_help_texts.hpp"

namespace linli::handlers {

using community::Role;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr Seconds undo_within{10 * 60};
constexpr Seconds then_the_owner{3600};  // so long after the deadline the owner of the whole hears

bool complained_about(const community::Task& task, PersonId person) {
  auto about = task.data.find("about");
  return about != task.data.end() && about->second == std::to_string(person.value);
}

std::string part_key(TaskId part) {
  return fmt::format("part:{}", part.value);
}

}  // namespace

std::vector<dialog::Step> CrossHelpHandler::steps() const {
  return {{"which", cross::which_help}};
}

std::vector<dialog::TextId> CrossHelpHandler::texts() const {
  std::vector<dialog::TextId> ids(std::begin(cross::all), std::end(cross::all));
  for (dialog::TextId id : dialog::TaskDesk::link_texts()) ids.push_back(id);
  return ids;
}

bool CrossHelpHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "done") {
    warn_of_open_parts(turn, command);
    return false;
  }
  if (command.id == "undo") return command.exact && (take_back(turn) || unmerge(turn));
  if (l_.appointments.of_person(turn.sender(), turn.now()).empty()) return false;
  if (command.id == "co_help") return co_help(turn, command);
  if (command.id == "handoff") return handoff(turn, command);
  if (command.id == "receipt") return receipt(turn, command);
  return merge(turn, command);
}

std::optional<community::Task> CrossHelpHandler::own(Turn& turn, std::int64_t number) {
  auto task = desk_.tasks().find_by_number(number);
  bool gone = !task || task->state == TaskState::closed || complained_about(*task, turn.sender());
  if (gone) {
    turn.say(cross::no_such, {{"number", std::to_string(number)}});
    return std::nullopt;
  }
  bool above =
      task->area && l_.appointments.responsible(turn.sender(), Role::on_call, task->area, turn.now());
  bool mine = task->owner == turn.sender() && task->state == TaskState::accepted;
  bool part = task->kind == TaskKind::co_help || task->kind == TaskKind::handoff;
  if ((mine || above) && !part) return task;
  turn.say(cross::not_yours, desk_.values(turn, *task, false));
  return std::nullopt;
}

std::vector<PersonId> CrossHelpHandler::people_of(Turn& turn, const Organisation& organisation,
                                                  const Task& task) {
  std::vector<PersonId> people;
  for (const auto& held : l_.appointments.of_organisation(organisation.id, turn.now())) {
    bool usable = !complained_about(task, held.person) && held.person != task.reporter &&
                  l_.people.contact_of(held.person) && std::ranges::find(people, held.person) == people.end();
    if (usable) people.push_back(held.person);
  }
  return people;
}

/// "超市 明天中午前": the first word names it, or all of them do.
std::vector<store::Organisation> CrossHelpHandler::named(const Task& task, std::string_view words) {
  auto found = l_.organisations.by_words(task.area, words.substr(0, words.find(' ')));
  return found.empty() ? l_.organisations.by_words(task.area, words) : found;
}

std::optional<store::Organisation> CrossHelpHandler::organisation_in(Turn& turn, const Task& task,
                                                                     std::string_view words,
                                                                     std::string_view command) {
  auto found = named(task, words);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    std::string names;
    for (const auto& one : l_.organisations.in_reach(task.area))
      names += (names.empty() ? "" : "、") + one.name;
    turn.say(cross::no_organisation, {{"words", std::string(words)},
                                      {"building", l_.areas.building_text(task.area)},
                                      {"names", names.empty() ? "还没有登记" : names}});
    return std::nullopt;
  }
  std::vector<std::string> names;
  std::string choices;
  for (const auto& one : found) {
    names.push_back(one.name);
    choices += fmt::format("{}{} {}", choices.empty() ? "" : "\n", names.size(), one.name);
  }
  turn.ask(topic(), "which", cross::which, {{"choices", choices}}, names);
  turn.remember("task", std::to_string(task.number));
  turn.remember("words", words);
  turn.remember("command", command);
  return std::nullopt;
}

Answered CrossHelpHandler::answer(Turn& turn) {
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  std::int64_t number = std::stoll(turn.answer("task"));
  std::string words = turn.answer("words"), command = turn.answer("command");
  turn.leave();
  auto task = own(turn, number);
  if (!task) return Answered::taken;
  for (const auto& one : named(*task, words)) {
    if (one.name != *choice) continue;
    if (command == "handoff")
      hand_off(turn, *task, one);
    else
      open_part(turn, *task, one, words);
    break;
  }
  return Answered::taken;
}

/// "协办 12 超市 明天中午前"
bool CrossHelpHandler::co_help(Turn& turn, const dialog::Command& command) {
  if (!command.number || command.rest.empty()) {
    turn.say(cross::how_to);
    return true;
  }
  auto whole = own(turn, *command.number);
  if (!whole) return true;
  auto organisation = organisation_in(turn, *whole, command.rest, "co_help");
  if (organisation) open_part(turn, *whole, *organisation, command.rest);
  return true;
}

std::string CrossHelpHandler::organisation_name(const Task& part) {
  auto link = l_.links.part_of(part.id);
  auto organisation = link ? l_.organisations.find(OrganisationId{link->organisation}) : std::nullopt;
  return organisation ? organisation->name : "对方";
}

void CrossHelpHandler::open_part(Turn& turn, const Task& whole, const Organisation& organisation,
                                 std::string_view words) {
  for (const Task& part : desk_.open_parts(whole)) {
    if (organisation_name(part) != organisation.name) continue;
    return turn.say(cross::already, {{"number", std::to_string(whole.number)},
                                     {"organisation", organisation.name},
                                     {"part", std::to_string(part.number)}});
  }
  const auto& policy = desk_.policies().of(TaskKind::co_help);
  Time usual = turn.now() + policy.remind_every * policy.reminders_before_climb;
  Time deadline = community::deadline_in(words, turn.zone(), turn.now()).value_or(usual);
  auto people = people_of(turn, organisation, whole);
  dialog::NewTask wanted{
      .kind = TaskKind::co_help,
      .urgency = whole.urgency,
      .area = whole.area,
      .household = whole.household,
      .reporter = whole.owner,
      .text = fmt::format("请{}协办：{}（{}前）", organisation.name, whole.text, turn.when(deadline)),
      .data = {{"parent", std::to_string(whole.number)}}};
  if (auto about = whole.data.find("about"); about != whole.data.end()) wanted.data["about"] = about->second;
  Task part = desk_.open_for(turn, std::move(wanted), people);
  l_.links.add_part({whole.id, part.id, organisation.id.value, deadline});
  turn.around().dues.set({part_key(part.id), deadline, std::string(topic()), part.id.value, "deadline"});
  dialog::Values said{{"number", std::to_string(whole.number)},
                      {"organisation", organisation.name},
                      {"part", std::to_string(part.number)},
                      {"deadline", turn.when(deadline)},
                      {"owner", desk_.role_text(whole, turn.now())}};
  desk_.tasks().record(
      {part.id, turn.now(), turn.act(), turn.sender(), std::string(cross::part_asked), {}, {}});
  turn.say(people.empty() ? cross::asked_level : cross::asked, said);
  desk_.tell_reporters(turn, whole, cross::your_part, said);
}

/// "撤销" of the last part or hand-off, unless something was done to a ticket since: nobody need do it.
bool CrossHelpHandler::take_back(Turn& turn) {
  auto last = desk_.tasks().last_part_asked(turn.sender(), turn.now() - undo_within);
  auto part = last ? desk_.tasks().find(last->task) : std::nullopt;
  auto link = part ? l_.links.part_of(part->id) : std::nullopt;
  auto whole = link ? desk_.tasks().find(link->parent) : std::nullopt;
  if (!whole || part->state == TaskState::closed || part->state == TaskState::done) return false;
  auto acts = desk_.tasks().last_act(turn.sender(), turn.now() - undo_within);
  if (!acts.empty() && acts.front().at > last->at) return false;
  if (auto merged = l_.links.last_merge(turn.sender(), turn.now() - undo_within);
      merged && merged->at > last->at)
    return false;
  dialog::Values said{{"number", std::to_string(whole->number)},
                      {"part", std::to_string(part->number)},
                      {"organisation", organisation_name(*part)},
                      {"owner", desk_.role_text(*whole, turn.now())}};
  desk_.tasks().record(
      {part->id, turn.now(), turn.act(), turn.sender(), "undone", {}, std::string(cross::part_asked)});
  turn.around().dues.drop(part_key(part->id));
  turn.say(cross::taken_back, said);
  if (part->kind == TaskKind::handoff) {
    auto organisation = l_.organisations.find(OrganisationId{link->organisation});
    desk_.close(turn, *part, community::CloseHow::withdrawn);
    for (PersonId person : organisation ? people_of(turn, *organisation, *whole) : std::vector<PersonId>{})
      turn.tell(person, cross::handed_back, said, {.task = part->id});
  } else {
    part->reporter = {};  // whoever has the whole is told here
    desk_.withdraw(turn, *part);
  }
  desk_.tell_reporters(turn, *whole, cross::your_part_off, said);
  return true;
}

/// "完成 12" while parts of it are open: said before the ticket is reported done.
void CrossHelpHandler::warn_of_open_parts(Turn& turn, const dialog::Command& command) {
  std::optional<Task> task;
  if (command.number) {
    task = desk_.tasks().find_by_number(*command.number);
  } else if (command.exact) {
    auto mine = desk_.tasks().owned(turn.sender());
    if (mine.size() == 1) task = mine.front();
  }
  if (!task || task->owner != turn.sender() || task->state != TaskState::accepted) return;
  std::string lines;
  for (const Task& part : desk_.open_parts(*task))
    lines += fmt::format("\n{} 号 {}", part.number, organisation_name(part));
  if (!lines.empty())
    turn.say(cross::open_parts, {{"number", std::to_string(task->number)}, {"lines", lines}});
}

void CrossHelpHandler::due(Turn& turn, const store::Due& due) {
  part_due(turn, due);
}

/// The deadline of a part: whoever has it is reminded, an hour later the owner of the whole hears.
void CrossHelpHandler::part_due(Turn& turn, const store::Due& due) {
  auto part = desk_.tasks().find(TaskId{due.ref});
  auto link = part ? l_.links.part_of(part->id) : std::nullopt;
  auto whole = link ? desk_.tasks().find(link->parent) : std::nullopt;
  if (!whole || part->state == TaskState::closed || part->state == TaskState::done) return;
  if (due.data == "deadline") {
    dialog::Values said = desk_.values(turn, *part, static_cast<bool>(part->owner));
    said.emplace_back("deadline", turn.when(link->deadline.value_or(turn.now())));
    auto people = desk_.tasks().offered_to(part->id);
    if (part->owner) people = {part->owner};
    for (PersonId person : people) turn.tell(person, cross::part_late, said, {.task = part->id});
    turn.around().dues.set(
        {part_key(part->id), turn.now() + then_the_owner, std::string(topic()), part->id.value, "overdue"});
    return;
  }
  turn.tell(whole->owner, cross::part_overdue,
            {{"whole", std::to_string(whole->number)},
             {"number", std::to_string(part->number)},
             {"organisation", organisation_name(*part)}},
            {.urgency = whole->urgency, .task = part->id});
}

}  // namespace linli::handlers
