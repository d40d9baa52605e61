// Being forgotten: asked for, or after leaving the account; never while something of the person is open.
#include <fmt/format.h>

#include "bot/store/pairing_ledger.hpp"
#include "handlers/my_data.hpp"

namespace linli::handlers {

using dialog::TextId;
using dialog::Turn;
using store::ConsentLedger;

namespace {

constexpr TextId ask_delete{"my_data.ask_delete"};
constexpr TextId deleted{"my_data.deleted"};
constexpr TextId delete_waits{"my_data.delete_waits"};
constexpr TextId delete_staff{"my_data.delete_staff"};

constexpr Seconds slip{24 * 3600};   // within this long somebody who left by mistake comes back to everything
constexpr Seconds look_again{3600};  // whether what was open is settled

std::string key_of(PersonId person) {
  return fmt::format("forget:{}", person.value);
}

}  // namespace

std::string numbers_of(const std::vector<dialog::Task>& tasks) {
  std::string numbers;
  for (const auto& task : tasks) numbers += (numbers.empty() ? "" : "、") + std::to_string(task.number);
  return numbers;
}

/// What somebody is still waiting for, or still owes.
std::vector<dialog::Task> MyDataHandler::unsettled(PersonId person) {
  auto tasks = desk_.tasks().open_of_reporter(person);
  for (auto& owned : desk_.tasks().owned(person)) tasks.push_back(std::move(owned));
  std::erase_if(tasks, [](const dialog::Task& task) {
    return task.kind == community::TaskKind::call_back || task.kind == community::TaskKind::acknowledge;
  });
  return tasks;
}

std::string MyDataHandler::roles_of(PersonId person, Time now) {
  std::string roles;
  for (const auto& held : l_.appointments.of_person(person, now)) {
    roles += (roles.empty() ? "" : "、") + std::string(community::title(held.role));
  }
  return roles;
}

void MyDataHandler::ask_to_delete(Turn& turn) {
  if (std::string roles = roles_of(turn.sender(), turn.now()); !roles.empty()) {
    return turn.say(delete_staff, {{"roles", roles}});
  }
  turn.ask(topic(), "delete", ask_delete, {}, {"删除", "不删"});
}

void MyDataHandler::delete_when_settled(Turn& turn) {
  PersonId me = turn.sender();
  auto open = unsettled(me);
  l_.people.ask_to_forget(me, turn.now());
  l_.consents.withdraw(me, ConsentLedger::health, {}, turn.now());
  l_.consents.withdraw(me, ConsentLedger::help_household, {}, turn.now());
  l_.consents.withdraw(me, store::PairingLedger::named, {}, turn.now());
  // Done by the schedule, right after this turn: the turn itself still needs the contact it is answering.
  turn.around().dues.set({key_of(me), turn.now(), std::string(topic()), me.value, "asked"});
  turn.leave();
  if (open.empty()) return turn.say(deleted);
  turn.say(delete_waits, {{"numbers", numbers_of(open)}});
}

/// Left the account: what is open is told to staff, who cannot reach the person here any more; the data goes
/// when it is settled, and not before a day has passed.
void MyDataHandler::left(Turn& turn) {
  turn.mutable_contact().followed = false;
  turn.leave_all();
  lost(turn, turn.sender());
}

/// The same when only a refused message tells that nobody is there any more: the person's own leaving never
/// came through.
void MyDataHandler::lost(Turn& turn, PersonId me) {
  auto person = l_.people.find(me);
  for (auto& owed : desk_.tasks().owned(me)) {  // a notice that will not be read: nobody else can for them
    if (owed.kind == community::TaskKind::acknowledge) desk_.close(turn, owed, community::CloseHow::silent);
  }
  auto open = unsettled(me);
  if (person && !open.empty()) {
    AreaId home = person->home ? person->home : open.front().household;
    AreaId area = home ? home : open.front().area;
    desk_.open(turn, {.kind = community::TaskKind::call_back,
                      .area = area,
                      .household = home,
                      .reporter = me,
                      .text = fmt::format("取消了关注，这里联系不上了，还有 {} 号没办完，请打电话",
                                          numbers_of(open))});
  }
  // Whoever has an office: it passes on at once, in a turn of its own.
  turn.around().dues.set({fmt::format("gone:{}", me.value), turn.now(), "appointment", me.value, "gone"});
  turn.around().dues.set({key_of(me), turn.now() + slip, std::string(topic()), me.value, "left"});
}

void MyDataHandler::due(Turn& turn, const store::Due& due) {
  PersonId person{due.ref};
  if (due.data == "lost") {
    if (!l_.people.contact_of(person)) lost(turn, person);
    return;
  }
  if (due.data == "left") {
    if (l_.people.contact_of(person)) return;     // is back, or follows elsewhere
    if (!roles_of(person, turn.now()).empty()) {  // staff are forgotten when their office ends
      turn.around().dues.set({due.key, turn.now() + slip, std::string(topic()), person.value, due.data});
      return;
    }
    l_.people.ask_to_forget(person, turn.now());
  }
  if (!unsettled(person).empty()) {
    turn.around().dues.set({due.key, turn.now() + look_again, std::string(topic()), person.value, due.data});
    return;
  }
  l_.consents.withdraw(person, ConsentLedger::health, {}, turn.now());
  l_.consents.withdraw(person, ConsentLedger::help_household, {}, turn.now());
  l_.consents.withdraw(person, store::PairingLedger::named, {}, turn.now());
  l_.checkins.erase_told_by(person);
  l_.answers.erase_said_by(person);
  l_.people.forget(person, turn.now());
}

}  // namespace linli::handlers
