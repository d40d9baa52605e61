#include "handlers/my_data.hpp"

#include <fmt/format.h>

#include "bot/community/invitation.hpp"
#include "bot/community/mask.hpp"
#include "bot/store/pairing_ledger.hpp"
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

bool says(std::string_view normal, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (normal.find(word) != normal.npos) return true;
  }
  return false;
}

std::string or_none(const std::string& text) {
  return text.empty() ? "没有填" : text;
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
    if (given.purpose == store::PairingLedger::named) helps += "\n致谢时写您的名字（不写了回“不署名”）";
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

void MyDataHandler::withdraw_consent(Turn& turn) {
  if (l_.consents.withdraw(turn.sender(), ConsentLedger::health, {}, turn.now()) == 0) {
    return turn.say(nothing_to_withdraw);
  }
  l_.checkins.erase_told_by(turn.sender());
  l_.answers.erase_said_by(turn.sender());
  turn.say(withdrawn);
}

}  // namespace linli::handlers
