// Codes: a household's makes somebody its member, a binding code makes a WeChat contact that of a staff
// member or volunteer. And 邀请, with which whoever is responsible makes them in the chat.
#include <algorithm>

#include "bot/community/invitation.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/registration.hpp"
#include "handlers/registration_texts.hpp"

namespace linli::handlers {

using namespace registration;
using community::Role;
using dialog::Values;

namespace {

/// "1234 5678": easier to copy.
std::string spaced(const std::string& code) {
  return code.substr(0, 4) + " " + code.substr(4);
}

}  // namespace

void RegistrationHandler::enter_code(Turn& turn, const std::string& typed) {
  int tries = l_.codes.wrong_tries(turn.sender(), turn.now());
  if (tries >= store::CodeLedger::most_tries) return turn.say(code_locked);
  auto code = l_.codes.find(typed, turn.now());
  if (code && code->purpose == store::CodeLedger::enlist)  // the topic pairing reads it behind its word
    return turn.say(code_enlist, {{"code", spaced(typed)}});
  if (!code || !l_.codes.use(*code, turn.sender(), turn.now())) {
    l_.codes.record_wrong_try(turn.sender(), turn.now());
    return turn.say(code_wrong, {{"left", std::to_string(store::CodeLedger::most_tries - tries - 1)}});
  }
  if (code->purpose == store::CodeLedger::bind) return bind(turn, *code);
  if (turn.dialog().topic != topic()) return join(turn, code->area);
  turn.remember("area", std::to_string(code->area.value));
  turn.remember("proved", "code");
  next(turn);
}

/// The contact becomes that of the person the code was made for; what its holder was before comes along.
void RegistrationHandler::bind(Turn& turn, const store::Code& code) {
  PersonId before = turn.sender();
  if (before != code.person) {
    turn.tell(code.person, bound_elsewhere);  // a contact of that person from before, if there is one
    l_.people.move_contact(turn.contact().id, code.person);
    if (auto person = l_.people.find(code.person)) carry_over(before, *person, turn.now());
    if (auto person = l_.people.find(code.person)) turn.become(*person);
  }
  auto wanted = community::role(code.role);
  if (wanted && !l_.appointments.responsible(code.person, *wanted, code.area, turn.now())) {
    l_.appointments.add(code.person, *wanted, code.area, turn.now(), std::nullopt, {});
  }
  auto held = l_.appointments.of_person(code.person, turn.now());
  std::string role = held.empty() ? "工作人员" : std::string(community::title(held.back().role));
  std::string area = held.empty() ? "" : l_.areas.building_text(held.back().area);
  Values values{{"name", turn.me().name}, {"role", role}, {"area", area}};
  turn.leave();
  turn.say(bound, values);
  tell_superior(turn, code, values);
}

void RegistrationHandler::carry_over(PersonId from, const store::Person& to, Time now) {
  auto old = l_.people.find(from);
  // Somebody else's office on this phone stays with that person.
  if (!old || !l_.appointments.of_person(from, now).empty()) return;
  if (old->home && !to.home) l_.people.set_home(to.id, old->home);
  if (old->home) l_.people.set_home(from, {});
  if (l_.people.phone(to.id).empty()) l_.people.set_phone(to.id, l_.people.phone(from));
  l_.members.move(from, to.id);
  for (const auto& consent : l_.consents.of(from, now)) l_.consents.grant(to.id, consent);
  for (auto& task : desk_.tasks().open_of_reporter(from)) {
    task.reporter = to.id;
    desk_.tasks().save(task);
  }
}

void RegistrationHandler::tell_superior(Turn& turn, const store::Code& code, const Values& values) {
  if (code.created_by) {
    turn.tell(code.created_by, bound_told, values);
    return;
  }
  auto held = l_.appointments.of_person(code.person, turn.now());
  if (held.empty()) return;
  for (const auto& superior :
       l_.appointments.holders({Role::on_call, std::nullopt}, held.back().area, turn.now())) {
    if (superior.person != code.person) turn.tell(superior.person, bound_told, values);
  }
}

/// "邀请 张三 志愿者", "邀请 李四 楼长 3号楼", "邀请 3号楼2单元501" (a code for that household's door).
bool RegistrationHandler::invite(Turn& turn) {
  auto mine = l_.appointments.of_person(turn.sender(), turn.now());
  if (mine.empty()) return false;  // of somebody who holds no role it is an ordinary text
  std::string_view words = behind_command(turn.message().normal);
  auto read = community::read_invitation(words);
  if (read.role) return invite_person(turn, words, mine), true;
  auto found = words.empty() ? store::AreaLedger::Found{} : l_.areas.find_in_text(words, mine.front().area);
  if (!found.area || found.area->kind != community::AreaKind::household) {
    turn.say(invite_how);
  } else if (!may_decide(turn.sender(), found.area->id, turn.now())) {
    turn.say(invite_refused, {{"who", "那一片的网格长"}});
  } else {
    std::string code = l_.codes.create_household(found.area->id, turn.sender(), turn.now());
    turn.say(household_code, {{"address", l_.areas.address_text(found.area->id)}, {"code", spaced(code)}});
  }
  return true;
}

void RegistrationHandler::invite_person(Turn& turn, std::string_view words,
                                        const std::vector<store::Appointment>& mine) {
  auto wanted = community::read_invitation(words);
  if (wanted.name.empty()) return turn.say(invite_how);
  auto own =
      std::ranges::find_if(mine, [&](const auto& a) { return community::may_invite(a.role, *wanted.role); });
  AreaId area = own == mine.end() ? AreaId{} : own->area;
  if (area && !wanted.rest.empty()) {
    auto found = l_.areas.find_in_text(wanted.rest, area);
    bool certain = found.area && !found.ambiguous && !found.several && found.missing.empty();
    if (!certain) return turn.say(invite_how);
    area = found.area->id;
  }
  auto where = l_.areas.find(area);
  if (where && !community::may_be_held_at(*wanted.role, where->kind)) return turn.say(invite_how);
  if (!area || !l_.appointments.responsible(turn.sender(), own->role, area, turn.now())) {
    bool own_helper = community::may_invite(Role::grid_leader, *wanted.role);
    return turn.say(invite_refused, {{"who", own_helper ? "那一片的网格长" : "社区值班干部"}});
  }
  // Somebody who holds the role already gets a new phone bound; somebody new is appointed with the binding.
  PersonId person;
  for (const auto& holder : l_.appointments.all(*wanted.role, turn.now())) {
    auto known = l_.people.find(holder.person);
    bool below = l_.appointments.responsible(turn.sender(), own->role, holder.area, turn.now());
    if (known && known->name == wanted.name && below) person = holder.person;
  }
  bool holds_it = static_cast<bool>(person);
  if (!person) person = l_.people.create("", wanted.name, wanted.phone, turn.now());
  std::string code = l_.codes.create_bind(person, holds_it ? "" : community::name(*wanted.role), area,
                                          turn.sender(), turn.now());
  turn.say(invited, {{"name", wanted.name},
                     {"role", std::string(community::title(*wanted.role))},
                     {"area", l_.areas.building_text(area)},
                     {"code", spaced(code)}});
}

}  // namespace linli::handlers
