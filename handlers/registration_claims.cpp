// Claims: somebody says where they live, or whom they help, and whoever is responsible there decides.
// Everybody concerned hears of it; nobody sees anything of a household before the decision.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/registration.hpp"
#include "handlers/registration_texts.hpp"

namespace linli::handlers {

using namespace registration;
using community::Role;
using dialog::Tell;
using dialog::Values;

namespace {

constexpr Seconds claim_waits{7 * 24 * 3600};
constexpr Seconds nobody_answers{24 * 3600};  // then it becomes a task, which reminds and climbs
constexpr Seconds help_lasts{30 * 24 * 3600};
constexpr std::string_view help_version = "1";
constexpr std::string_view stop_digit = "0";

bool is_waiting(const store::Member& member) {
  return member.person && (member.state == "claimed" || member.state == "helper_asked");
}

std::string claim_key(std::int64_t member) {
  return fmt::format("claim:{}", member);
}

std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> parts;
  constexpr std::string_view mark = "、";
  for (std::size_t from = 0; from < names.size();) {
    auto end = std::min(names.find(mark, from), names.size());
    parts.emplace_back(names.substr(from, end - from));
    from = end + mark.size();
  }
  return parts;
}

}  // namespace

void RegistrationHandler::claim(Turn& turn, AreaId household) {
  Values address{{"address", l_.areas.address_text(household)}};
  if (turn.me().home == household) return turn.say(already, address);
  for (const auto& earlier : l_.members.of_person(turn.sender(), "claimed")) {
    l_.members.decide_with_family(earlier, "left", turn.sender(), turn.now());
    settle_question(turn, earlier);
  }
  store::Member member{.household = household,
                       .person = turn.sender(),
                       .name = turn.me().name,
                       .state = "claimed",
                       .claimed_at = turn.now()};
  member.id = l_.members.add(member);
  auto names = split_names(turn.answer("names"));
  for (std::size_t i = 1; i < names.size(); ++i) {  // the others who use the same phone
    l_.members.add({.household = household, .name = names[i], .state = "claimed", .claimed_at = turn.now()});
  }
  address.emplace_back("who", ask_for_decision(turn, member, to_confirm));
  turn.say(taken, address);
}

/// Asks whoever is responsible, the nearest first; answers by which title they go.
std::string RegistrationHandler::ask_for_decision(Turn& turn, const store::Member& member, TextId text) {
  std::string number = std::to_string(member.id);
  std::string phone = l_.people.phone(turn.sender());
  Values values{{"number", number},
                {"name", member.name},
                {"address", l_.areas.address_text(member.household)},
                {"phone", phone.empty() ? "没有留电话" : phone}};
  Tell how{.keep = claim_waits,
           .accepts = number,
           .topic = std::string(topic()),
           .ref = member.id,
           .hint = "确认 " + number};
  for (Role role : {Role::grid_leader, Role::on_call}) {
    bool told = false;
    for (const auto& holder : l_.appointments.holders({role, std::nullopt}, member.household, turn.now())) {
      told |= holder.person != turn.sender() && turn.tell(holder.person, text, values, how);
    }
    if (!told) continue;
    turn.around().dues.set(
        {claim_key(member.id), turn.now() + nobody_answers, std::string(topic()), member.id, {}});
    return std::string(community::title(role));
  }
  open_call_back(turn, member);
  return "社区";
}

void RegistrationHandler::open_call_back(Turn& turn, const store::Member& member) {
  std::string_view what = member.state == "helper_asked" ? "想帮这家打卡，问过那家再定" : "登记待核对";
  dialog::NewTask wanted{.kind = community::TaskKind::call_back,
                         .area = member.household,
                         .household = member.household,
                         .reporter = member.person,
                         .text = fmt::format("{}，回“确认 {}”或“驳回 {}”", what, member.id, member.id),
                         .at_once = true};
  wanted.data["claim"] = std::to_string(member.id);
  desk_.open(turn, std::move(wanted));
}

/// Nobody has decided for a day: the claim becomes a task, and the person hears that it is not forgotten.
void RegistrationHandler::due(Turn& turn, const store::Due& due) {
  auto member = l_.members.find(due.ref);
  if (!member || !is_waiting(*member)) return;
  open_call_back(turn, *member);
  turn.tell(member->person, still_unanswered, {{"address", l_.areas.address_text(member->household)}});
}

/// Decided, proved by a code, or replaced by another claim: nobody is asked about it any more.
void RegistrationHandler::settle_question(Turn& turn, const store::Member& member) {
  turn.around().asks.drop_all(topic(), member.id);
  turn.around().dues.drop(claim_key(member.id));
  std::string id = std::to_string(member.id);
  for (community::Task& task : desk_.tasks().open_of_reporter(member.person)) {
    auto about = task.data.find("claim");
    if (about != task.data.end() && about->second == id)
      desk_.close(turn, task, community::CloseHow::answered);
  }
}

/// A code proved it, or it was confirmed before the flat was named: the person belongs to the household.
void RegistrationHandler::join(Turn& turn, AreaId household) {
  store::Member member{
      .household = household, .person = turn.sender(), .name = turn.me().name, .claimed_at = turn.now()};
  auto claims = l_.members.of_person(turn.sender(), "claimed");
  auto mine = std::ranges::find(claims, household, &store::Member::household);
  if (mine != claims.end()) {
    member.id = mine->id;
    l_.members.decide_with_family(*mine, "confirmed", turn.sender(), turn.now());
    settle_question(turn, *mine);
  } else if (turn.me().home != household) {
    member.id = l_.members.add(member);
  }
  move_in(turn.sender(), household, turn.now());
  store::Person me = turn.me();
  me.home = household;
  turn.become(me);
  Values address{{"address", l_.areas.address_text(household)}};
  tell_household(turn, member, somebody_joined, {{"name", me.name.empty() ? "有一位家人" : me.name}});
  turn.say(code_joined, address);
}

/// One home at a time: the household of before is left.
void RegistrationHandler::move_in(PersonId person, AreaId household, Time now) {
  for (const auto& row : l_.members.of_person(person, "confirmed")) {
    if (row.household != household) l_.members.decide(row.id, "left", person, now);
  }
  l_.people.set_home(person, household);
}

/// To the people already confirmed in the household, except the one it is about.
void RegistrationHandler::tell_household(Turn& turn, const store::Member& member, TextId text,
                                         const Values& values, const Tell& how) {
  Values all = values;
  all.emplace_back("address", l_.areas.address_text(member.household));
  for (PersonId person : l_.people.find_by_home(member.household)) {
    if (person != member.person && person != turn.sender()) turn.tell(person, text, all, how);
  }
}

bool RegistrationHandler::may_decide(PersonId person, AreaId household, Time now) {
  return l_.appointments.responsible(person, Role::grid_leader, household, now) ||
         l_.appointments.responsible(person, Role::on_call, household, now);
}

/// "确认 12", "驳回 12", or the word alone when exactly one claim waits for this person.
bool RegistrationHandler::decide_by_command(Turn& turn, const Command& command) {
  bool yes = command.id == "confirm";
  if (!command.number) {
    auto asks = turn.around().asks.open(turn.sender(), turn.now());
    std::erase_if(asks,
                  [&](const store::Ask& ask) { return ask.topic != topic() || ask.accepts == stop_digit; });
    if (asks.empty()) return false;
    if (asks.size() > 1) {
      std::string numbers;
      for (const auto& ask : asks) numbers += (numbers.empty() ? "" : "、") + ask.accepts;
      turn.say(which_claim, {{"numbers", numbers}, {"word", yes ? "确认" : "驳回"}});
      return true;
    }
    auto member = l_.members.find(asks.front().ref);
    if (!member || !is_waiting(*member)) return false;
    decide(turn, *member, yes);
    return true;
  }
  if (l_.appointments.of_person(turn.sender(), turn.now()).empty())
    return false;  // reads as an ordinary text
  auto member = l_.members.find(*command.number);
  Values number{{"number", std::to_string(*command.number)}};
  if (!member || !member->claimed_at || !may_decide(turn.sender(), member->household, turn.now())) {
    turn.say(not_yours, number);
  } else if (!is_waiting(*member)) {
    turn.say(not_waiting, number);
  } else {
    decide(turn, *member, yes);
  }
  return true;
}

void RegistrationHandler::decide(Turn& turn, const store::Member& member, bool yes) {
  settle_question(turn, member);
  std::string address = l_.areas.address_text(member.household);
  turn.say(decided, {{"number", std::to_string(member.id)},
                     {"name", member.name},
                     {"address", address},
                     {"what", yes ? "已确认" : "已驳回"}});
  Values values{{"address", address}, {"name", member.name}};
  if (member.state == "helper_asked" && yes) return grant_help(turn, member, turn.sender());
  l_.members.decide_with_family(member, yes ? "confirmed" : "rejected", turn.sender(), turn.now());
  if (yes) move_in(member.person, member.household, turn.now());
  turn.tell(member.person, yes ? confirmed : rejected, values);
  tell_household(turn, member, yes ? somebody_joined : somebody_claimed, {{"name", member.name}});
}

// --- helping another household

void RegistrationHandler::grant_help(Turn& turn, const store::Member& member, PersonId decided_by) {
  Time until = turn.now() + help_lasts;
  l_.members.decide(member.id, "helper", decided_by, turn.now(), until);
  l_.consents.grant(member.person, {std::string(store::ConsentLedger::help_household),
                                    std::string(help_version), member.household, turn.now(), until});
  std::string day = turn.zone().date_time_text(until);
  Values values{{"address", l_.areas.address_text(member.household)}, {"until", day}};
  turn.tell(member.person, help_granted, values);
  Tell how{.keep = help_lasts,
           .accepts = std::string(stop_digit),
           .topic = std::string(topic()),
           .ref = member.id,
           .hint = "不让" + member.name + "帮"};
  tell_household(turn, member, help_told, {{"name", member.name}, {"until", day}}, how);
}

void RegistrationHandler::stop_help(Turn& turn, const store::Member& member) {
  l_.consents.withdraw(member.person, store::ConsentLedger::help_household, member.household, turn.now());
  l_.members.decide(member.id, "left", turn.sender(), turn.now());
  turn.around().asks.drop_all(topic(), member.id);
  Values values{{"name", member.name}, {"address", l_.areas.address_text(member.household)}};
  turn.say(help_stopped, values);
  turn.tell(member.person, help_ended, values);
}

/// "不让居民乙帮": who may help the sender's household and was asked about.
std::optional<store::Member> RegistrationHandler::help_in_question(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (normal.find("不让") == normal.npos || normal.find("帮") == normal.npos) return std::nullopt;
  for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic != topic() || ask.accepts != stop_digit) continue;
    auto member = l_.members.find(ask.ref);
    if (member && member->state == "helper" && turn.me().home == member->household) return member;
  }
  return std::nullopt;
}

void RegistrationHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto member = l_.members.find(ref);
  if (!member) return;
  if (digit == stop_digit) {
    if (member->state == "helper" && turn.me().home == member->household) return stop_help(turn, *member);
  } else if (is_waiting(*member) && may_decide(turn.sender(), member->household, turn.now())) {
    return decide(turn, *member, true);
  }
  turn.say(not_waiting, {{"number", std::string(digit)}});
}

}  // namespace linli::handlers
