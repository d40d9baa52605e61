#include "handlers/my_data.hpp"

#include <fmt/format.h>

#include "bot/community/invitation.hpp"
#include "bot/community/mask.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::Command;
using dialog::MessageKind;
using dialog::Step;
using dialog::TextId;
using dialog::Turn;
using store::ConsentLedger;

namespace {

constexpr TextId mine{"my_data.mine"};
constexpr TextId how_to_correct{"my_data.how_to_correct"};
constexpr TextId ask_name{"my_data.ask_name"};
constexpr TextId ask_phone{"my_data.ask_phone"};
constexpr TextId help_value{"my_data.help_value"};
constexpr TextId corrected{"my_data.corrected"};
constexpr TextId ask_delete{"my_data.ask_delete"};
constexpr TextId help_delete{"my_data.help_delete"};
constexpr TextId kept{"my_data.kept"};
constexpr TextId deleted{"my_data.deleted"};
constexpr TextId delete_waits{"my_data.delete_waits"};
constexpr TextId delete_staff{"my_data.delete_staff"};
constexpr TextId withdrawn{"my_data.consent_withdrawn"};
constexpr TextId nothing_to_withdraw{"my_data.nothing_to_withdraw"};
constexpr TextId quiet{"my_data.quiet"};
constexpr TextId loud{"my_data.loud"};

constexpr std::string_view delete_it = "删除", keep_it = "不删";
constexpr Seconds slip{24 * 3600};   // within this long somebody who left by mistake comes back to everything
constexpr Seconds look_again{3600};  // whether what was open is settled

bool says(std::string_view normal, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (normal.find(word) != normal.npos) return true;
  }
  return false;
}

std::string or_none(std::string text) {
  return text.empty() ? "没有填" : text;
}

std::string numbers_of(const std::vector<dialog::Task>& tasks) {
  std::string numbers;
  for (const auto& task : tasks) numbers += (numbers.empty() ? "" : "、") + std::to_string(task.number);
  return numbers;
}

std::string key_of(PersonId person) {
  return fmt::format("forget:{}", person.value);
}

}  // namespace

MyDataHandler::MyDataHandler(Ledgers ledgers, dialog::TaskDesk& desk) : l_(ledgers), desk_(desk) {}

std::vector<Step> MyDataHandler::steps() const {
  return {{"value", help_value}, {"delete", help_delete}};
}

std::vector<TextId> MyDataHandler::texts() const {
  return {mine,       how_to_correct,      ask_name, ask_phone, help_value,   corrected,
          ask_delete, help_delete,         kept,     deleted,   delete_waits, delete_staff,
          withdrawn,  nothing_to_withdraw, quiet,    loud};
}

/// Leaving the account has no words; everything else here is a command.
bool MyDataHandler::fits(Turn& turn) {
  return turn.message().kind == MessageKind::unfollow;
}
void MyDataHandler::start(Turn& turn) {
  left(turn);
}

bool MyDataHandler::command(Turn& turn, const Command& command) {
  if (command.id == "my_data") show(turn);
  if (command.id == "correct_my_data") correct(turn);
  if (command.id == "delete_my_data") ask_to_delete(turn);
  if (command.id == "withdraw_consent") withdraw_consent(turn);
  if (command.id == "quiet" || command.id == "unquiet") {
    bool wants_quiet = command.id == "quiet";
    l_.people.set_quiet(turn.sender(), wants_quiet);
    turn.say(wants_quiet ? quiet : loud);
  }
  return true;
}

void MyDataHandler::show(Turn& turn) {
  const auto& me = turn.me();
  std::string home = me.home ? l_.areas.address_text(me.home) : std::string();
  if (AreaId claimed = me.home ? AreaId{} : l_.members.claimed_home(me.id)) {
    home = l_.areas.address_text(claimed) + "（等核对）";
  }
  std::string consent = "没有同意，不记", helps;
  for (const auto& given : l_.consents.of(me.id, turn.now())) {
    if (given.purpose == ConsentLedger::health) consent = turn.when(given.granted_at) + " 同意记";
    if (given.purpose == ConsentLedger::help_household && given.expires_at) {
      helps += fmt::format("\n帮{}打卡，到{}为止", l_.areas.address_text(given.about),
                           turn.when(*given.expires_at));
    }
  }
  std::string phone = l_.people.phone(me.id);
  auto open = unsettled(me.id);
  turn.say(mine, {{"name", or_none(me.name)},
                  {"phone", phone.empty() ? or_none("") : community::mask_phone(phone)},
                  {"home", or_none(home)},
                  {"consent", consent},
                  {"helps", helps},
                  {"open", open.empty() ? "没有" : numbers_of(open) + " 号"},
                  {"notices", me.quiet ? "只发必要的" : "照常"}});
}

/// "改电话 13900000000", "改名字 王秀兰", "改电话": applied at once if the value is there, asked for
/// otherwise.
void MyDataHandler::correct(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (says(normal, {"地址", "搬家"}) || turn.message().kind != MessageKind::text)
    return turn.say(how_to_correct);
  std::string_view what = says(normal, {"电话", "手机", "号"}) ? "phone" : says(normal, {"名"}) ? "name" : "";
  if (what.empty()) return turn.say(how_to_correct);
  if (take_value(turn, what, behind_command(normal))) return;
  turn.remember("what", what);
  turn.ask(topic(), "value", what == "phone" ? ask_phone : ask_name);
}

bool MyDataHandler::take_value(Turn& turn, std::string_view what, std::string_view value) {
  std::string read = what == "phone" ? community::phone_in(value) : community::name_in(value);
  if (read.empty()) return false;
  if (what == "phone") {
    l_.people.set_phone(turn.sender(), read);
  } else {
    l_.people.set_name(turn.sender(), read);
  }
  turn.leave();
  turn.say(corrected, {{"value", what == "phone" ? community::mask_phone(read) : read}});
  return true;
}

Answered MyDataHandler::answer(Turn& turn) {
  const auto& normal = turn.message().normal;
  if (turn.message().kind != MessageKind::text) return Answered::not_understood;
  if (auto command = turn.words().command(normal); command && command->exact) {
    for (auto own : commands()) {
      if (own == command->id) return Answered::not_mine;  // another of this topic's own commands
    }
  }
  if (turn.dialog().step == "value") {
    if (take_value(turn, turn.answer("what"), normal)) return Answered::taken;
    return turn.words().help_category(normal) ? Answered::not_mine : Answered::not_understood;
  }
  auto choice = turn.choice();
  if (choice == delete_it || turn.words().is_command("yes", normal)) {
    delete_when_settled(turn);
    return Answered::taken;
  }
  if (choice == keep_it || turn.words().is_command("no", normal)) {
    turn.leave();
    turn.say(kept);
    return Answered::taken;
  }
  return turn.words().help_category(normal) ? Answered::not_mine : Answered::not_understood;
}

// --- being forgotten

/// What somebody is still waiting for, or still owes.
std::vector<dialog::Task> MyDataHandler::unsettled(PersonId person) {
  auto tasks = desk_.tasks().open_of_reporter(person);
  for (auto& owned : desk_.tasks().owned(person)) tasks.push_back(std::move(owned));
  std::erase_if(tasks, [](const dialog::Task& task) { return task.kind == community::TaskKind::call_back; });
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
  turn.ask(topic(), "delete", ask_delete, {}, {std::string(delete_it), std::string(keep_it)});
}

void MyDataHandler::delete_when_settled(Turn& turn) {
  PersonId me = turn.sender();
  auto open = unsettled(me);
  l_.people.ask_to_forget(me, turn.now());
  l_.consents.withdraw(me, ConsentLedger::health, {}, turn.now());
  l_.consents.withdraw(me, ConsentLedger::help_household, {}, turn.now());
  // Done by the schedule, right after this turn: the turn itself still needs the contact it is answering.
  turn.around().dues.set({key_of(me), turn.now(), std::string(topic()), me.value, "asked"});
  turn.leave();
  if (open.empty()) return turn.say(deleted);
  turn.say(delete_waits, {{"numbers", numbers_of(open)}});
}

void MyDataHandler::withdraw_consent(Turn& turn) {
  if (l_.consents.withdraw(turn.sender(), ConsentLedger::health, {}, turn.now()) == 0) {
    return turn.say(nothing_to_withdraw);
  }
  l_.checkins.erase_told_by(turn.sender());
  turn.say(withdrawn);
}

/// Left the account: what is open is told to staff, who cannot reach the person here any more; the data goes
/// when it is settled, and not before a day has passed.
void MyDataHandler::left(Turn& turn) {
  turn.mutable_contact().followed = false;
  turn.leave_all();
  PersonId me = turn.sender();
  auto open = unsettled(me);
  if (!open.empty()) {
    AreaId home = turn.me().home ? turn.me().home : open.front().household;
    AreaId area = home ? home : open.front().area;
    desk_.open(turn, {.kind = community::TaskKind::call_back,
                      .area = area,
                      .household = home,
                      .reporter = me,
                      .text = fmt::format("取消了关注，这里联系不上了，还有 {} 号没办完，请打电话",
                                          numbers_of(open))});
  }
  turn.around().dues.set({key_of(me), turn.now() + slip, std::string(topic()), me.value, "left"});
}

void MyDataHandler::due(Turn& turn, const store::Due& due) {
  PersonId person{due.ref};
  if (due.data == "left") {
    if (l_.people.contact_of(person)) return;           // is back, or follows elsewhere
    if (!roles_of(person, turn.now()).empty()) return;  // staff are forgotten when their office ends
    l_.people.ask_to_forget(person, turn.now());
  }
  if (!unsettled(person).empty()) {
    turn.around().dues.set({due.key, turn.now() + look_again, std::string(topic()), person.value, due.data});
    return;
  }
  l_.consents.withdraw(person, ConsentLedger::health, {}, turn.now());
  l_.consents.withdraw(person, ConsentLedger::help_household, {}, turn.now());
  l_.checkins.erase_told_by(person);
  l_.people.forget(person, turn.now());
}

}  // namespace linli::handlers
