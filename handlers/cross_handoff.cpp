// A hand-off to city management or police. Whoever hands over owes the receipt; with it, and not before, the
// other unit is responsible.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "handlers/cross_help.hpp"
#include "handlers/cross_help_texts.hpp"

namespace linli::handlers {

using community::OrganisationKind;
using community::Role;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

bool takes_over(OrganisationKind kind) {
  return kind == OrganisationKind::police || kind == OrganisationKind::city_management;
}

/// What stands behind the number, as it was typed: the other unit's own numbers have capitals.
std::string as_written(std::string_view text, std::int64_t number) {
  std::string digits = std::to_string(number);
  auto at = text.find(digits);
  if (at == text.npos) return {};
  std::string_view rest = text.substr(at + digits.size());
  auto first = rest.find_first_not_of(" ,:.#");
  return first == rest.npos ? std::string() : std::string(rest.substr(first));
}

bool complained_about(const Task& task, PersonId person) {
  auto about = task.data.find("about");
  return about != task.data.end() && about->second == std::to_string(person.value);
}

}  // namespace

/// "移交 12 派出所"
bool CrossHelpHandler::handoff(Turn& turn, const dialog::Command& command) {
  if (!command.number || command.rest.empty()) {
    turn.say(cross::how_to);
    return true;
  }
  auto whole = own(turn, *command.number);
  if (!whole) return true;
  auto organisation = organisation_in(turn, *whole, command.rest, "handoff");
  if (organisation) hand_off(turn, *whole, *organisation);
  return true;
}

std::optional<Task> CrossHelpHandler::open_handoff(const Task& task) {
  if (task.kind == TaskKind::handoff && task.state != TaskState::closed) return task;
  for (Task& part : desk_.open_parts(task)) {
    if (part.kind == TaskKind::handoff) return std::move(part);
  }
  return std::nullopt;
}

void CrossHelpHandler::hand_off(Turn& turn, Task& whole, const Organisation& organisation) {
  dialog::Values said{{"number", std::to_string(whole.number)}, {"organisation", organisation.name}};
  if (!takes_over(organisation.kind)) return turn.say(cross::not_for_handoff, said);
  if (auto running = open_handoff(whole)) {
    said = {{"number", std::to_string(whole.number)},
            {"organisation", organisation_name(*running)},
            {"part", std::to_string(running->number)}};
    return turn.say(cross::already, said);
  }
  auto people = people_of(turn, organisation, whole);
  dialog::NewTask wanted{
      .kind = TaskKind::handoff,
      .urgency = whole.urgency,
      .area = whole.area,
      .household = whole.household,
      .text = fmt::format("把 {} 号移交给{}，等回执：{}", whole.number, organisation.name, whole.text),
      .data = {{"parent", std::to_string(whole.number)}}};
  if (auto about = whole.data.find("about"); about != whole.data.end()) wanted.data["about"] = about->second;
  Task part = desk_.open_owned(turn, std::move(wanted));
  l_.links.add_part({whole.id, part.id, organisation.id.value, std::nullopt});
  desk_.tasks().record(
      {part.id, turn.now(), turn.act(), turn.sender(), std::string(cross::part_asked), {}, {}});
  said.emplace_back("part", std::to_string(part.number));
  said.emplace_back("owner", desk_.role_text(whole, turn.now()));
  said.emplace_back("building", l_.areas.building_text(whole.area));
  said.emplace_back("text", community::mask_place(whole.text));
  bool told = false;
  for (PersonId person : people)
    told = turn.tell(person, cross::handed, said, {.urgency = whole.urgency, .task = part.id}) || told;
  turn.say(told ? cross::handing : cross::handing_alone, said);
  desk_.tell_reporters(turn, whole, cross::your_handing, said);
}

/// The other unit's people, whoever handed over, or an officer above.
bool CrossHelpHandler::may_receive(Turn& turn, const Task& part, const Task& whole) {
  if (complained_about(whole, turn.sender())) return false;
  if (part.owner == turn.sender() || whole.owner == turn.sender()) return true;
  auto link = l_.links.part_of(part.id);
  auto organisation = link ? l_.organisations.find(OrganisationId{link->organisation}) : std::nullopt;
  if (organisation) {
    auto people = people_of(turn, *organisation, whole);
    if (std::ranges::find(people, turn.sender()) != people.end()) return true;
  }
  return whole.area && l_.appointments.responsible(turn.sender(), Role::on_call, whole.area, turn.now());
}

/// "回执 12 已受理 A123": the number of the ticket or of its hand-off.
bool CrossHelpHandler::receipt(Turn& turn, const dialog::Command& command) {
  if (!command.number) {
    turn.say(cross::how_to);
    return true;
  }
  auto named = desk_.tasks().find_by_number(*command.number);
  auto part = named ? open_handoff(*named) : std::nullopt;
  auto link = part ? l_.links.part_of(part->id) : std::nullopt;
  auto whole = link ? desk_.tasks().find(link->parent) : std::nullopt;
  if (!whole || !may_receive(turn, *part, *whole)) {
    turn.say(cross::no_handoff, {{"number", std::to_string(*command.number)}});
    return true;
  }
  received(turn, *part, as_written(turn.message().text, *command.number));
  return true;
}

void CrossHelpHandler::received(Turn& turn, Task& part, std::string words) {
  auto link = l_.links.part_of(part.id);
  auto whole = desk_.tasks().find(link->parent);
  auto organisation = l_.organisations.find(OrganisationId{link->organisation});
  PersonId handed_by = part.owner, owner = whole->owner;
  dialog::Values said{{"number", std::to_string(whole->number)},
                      {"organisation", organisation ? organisation->name : "对方"},
                      {"receipt", words.empty() ? "已受理" : words},
                      {"reason", words}};
  if (words.find("不受理") != words.npos || words.find("不归") != words.npos) {
    desk_.close(turn, part, community::CloseHow::withdrawn);
    turn.say(cross::receipt_refused, said);
    if (handed_by != turn.sender()) turn.tell(handed_by, cross::staff_declined, said, {.task = whole->id});
    return;
  }
  part.data["receipt"] = words;
  desk_.close(turn, part, community::CloseHow::answered);
  auto people = organisation ? people_of(turn, *organisation, *whole) : std::vector<PersonId>{};
  bool theirs = std::ranges::find(people, turn.sender()) != people.end();
  turn.say(cross::receipt_noted, said);
  for (PersonId person : {handed_by, owner}) {
    if (person && person != turn.sender())
      turn.tell(person, cross::staff_received, said, {.task = whole->id});
    if (handed_by == owner) break;
  }
  desk_.tell_reporters(turn, *whole, cross::your_handed, said);
  whole->data["receipt"] = words;
  if (theirs || !people.empty()) return desk_.hand_to(turn, *whole, theirs ? turn.sender() : people.front());
  desk_.close(turn, *whole,
              community::CloseHow::answered);  // nobody of theirs is here: it went with the receipt
}

}  // namespace linli::handlers
