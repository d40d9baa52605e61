// How a contact went: "联系了 5 都好", "联系了 5 要买药", "没人应", "下周再问问复查结果".
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/care_words.hpp"
#include "handlers/care.hpp"
#include "handlers/care_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using dialog::Answered;
using dialog::Turn;
using store::Care;

namespace {

constexpr std::string_view all_well = "都好", needs = "要帮忙", no_one = "没人应";
constexpr int too_often = 2;

}  // namespace

bool CareHandler::may_contact(Turn& turn, const Care& care) {
  if (care.state != "running") return false;
  auto who = carers(turn, care);
  if (std::ranges::find(who, turn.sender()) != who.end()) return true;
  auto task = open_task(care);
  if (task && task->owner == turn.sender()) return true;
  return is_officer_of(turn, care.household) && !complained_about(care.household, turn.sender());
}

/// Reminded today and not contacted yet.
std::vector<Care> CareHandler::mine_today(Turn& turn) {
  std::vector<Care> found;
  std::string day = today(turn);
  for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic != topic() || ask.ref <= 0) continue;
    auto care = l_.care.find(ask.ref);
    if (care && care->reminded_day == day && !l_.care.contacted(care->id, day))
      found.push_back(std::move(*care));
  }
  return found;
}

bool CareHandler::contacted_command(Turn& turn, const dialog::Command& command) {
  if (command.number) {
    auto care = l_.care.find(*command.number);
    if (!care || !may_contact(turn, *care)) {
      turn.say(care::no_such, {{"number", std::to_string(*command.number)}});
    } else {
      contacted(turn, *care, command.rest);
    }
    return true;
  }
  auto mine = mine_today(turn);
  if (mine.size() == 1) {
    contacted(turn, mine.front(), command.rest);
  } else if (mine.empty()) {
    if (!is_officer(turn) && l_.care.of_carer(turn.sender()).empty()) return false;
    turn.say(care::none_today);
  } else {
    std::string lines;
    for (const Care& care : mine) lines += line(turn, care, false);
    turn.say(care::which, {{"lines", lines}, {"number", std::to_string(mine.front().id)}});
  }
  return true;
}

/// "完成 12 都好" of a missed contact's ticket is the contact; every other ticket is for my_tasks.
bool CareHandler::done_command(Turn& turn, const dialog::Command& command) {
  std::optional<Task> task;
  if (command.number) task = desk_.tasks().find_by_number(*command.number);
  if (!task && command.exact) {
    auto mine = desk_.tasks().owned(turn.sender());
    if (mine.size() == 1) task = mine.front();
  }
  bool contact = task && task->kind == TaskKind::care && task->owner == turn.sender() &&
                 task->state == community::TaskState::accepted && !task->data.contains("want");
  auto care =
      contact && task->data.contains("care") ? l_.care.find(std::stoll(task->data.at("care"))) : std::nullopt;
  if (!care) return false;
  contacted(turn, *care, command.rest);
  return true;
}

void CareHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto care = l_.care.find(ref < 0 ? -ref : ref);
  if (!care) {
    turn.around().asks.drop(turn.sender(), topic(), ref);
    return turn.say(care::no_such, {{"number", std::to_string(ref < 0 ? -ref : ref)}});
  }
  if (ref < 0) return consent_answered(turn, *care, digit == "1");
  if (digit == "2") {
    turn.ask(topic(), "need", care::need, {});
    turn.remember("care", std::to_string(ref));
    return;
  }
  contacted(turn, *care, std::string(digit == "1" ? all_well : no_one));
}

Answered CareHandler::answer_how(Turn& turn) {
  auto care = l_.care.find(std::stoll(turn.answer("care")));
  if (!care) {  // stopped meanwhile
    turn.leave();
    turn.say(care::none_today);
    return Answered::taken;
  }
  auto choice = turn.choice();
  if (choice == needs) {
    std::string id = turn.answer("care");
    turn.ask(topic(), "need", care::need, {});
    turn.remember("care", id);
    return Answered::taken;
  }
  std::string words = choice ? *choice : turn.message().normal;
  bool says = community::all_well(words) || community::needs_something(words) ||
              community::nobody_answered(words) || turn.words().help_category(words) ||
              turn.words().mentions("all_fine", words) ||
              community::follow_up_day(words, turn.zone(), turn.now()) || community::agrees(words);
  bool need = turn.dialog().step == "need" && words.size() >= 2 * 3 && !turn.words().is_command("yes", words);
  if (!says && !need) return Answered::not_understood;
  if (need && !community::nobody_answered(words) && !community::all_well(words) &&
      !community::needs_something(words))
    words = "要帮忙：" + words;
  turn.leave();
  contacted(turn, *care, words);
  return Answered::taken;
}

void CareHandler::contacted(Turn& turn, Care care, const std::string& words) {
  dialog::Values said = values(turn, care);
  if (words.empty()) {
    turn.ask(topic(), "how", care::how, said,
             {std::string(all_well), std::string(needs), std::string(no_one)});
    turn.remember("care", std::to_string(care.id));
    return;
  }
  if (auto agreed = community::agrees(words)) {
    if (!*agreed) {
      turn.say(care::stopped, said);
      if (plan_.stop(turn, care)) turn.say(care::still_observed);
      return settle(turn, care);
    }
    care.consent = "said";
  }
  if (community::nobody_answered(words)) return nobody_answered(turn, care, words);
  auto follow = community::follow_up_day(words, turn.zone(), turn.now());
  bool need = community::needs_something(words) || (turn.words().help_category(words) && !follow);
  std::string day = today(turn);
  bool may_keep = care.consent == "given" || care.consent == "said";
  l_.care.record(care.id,
                 {day, turn.now(), turn.sender(), need ? "need" : "ok", may_keep ? words : std::string()});
  l_.care.followed(care.id, day, turn.now());
  care.no_answers = 0;
  l_.care.save(care);
  turn.around().asks.drop_all(topic(), care.id);
  settle(turn, care);
  auto next = parse_day(care.next_day);
  said.emplace_back("next", next ? fmt::format("{}月{}日", next->month, next->day) : "到时候提醒您");
  turn.say(care::noted, said);
  if (need) open_need(turn, care, words);
  if (!follow) return;
  l_.care.follow(care.id, turn.zone().iso_day(*follow), words);
  plan_.set(turn, care.household, *follow);
  turn.say(care::follow_set,
           {{"next", fmt::format("{}月{}日", follow->month, follow->day)}, {"words", words}});
}

/// What they need becomes a help request of theirs.
void CareHandler::open_need(Turn& turn, const Care& care, const std::string& words) {
  PersonId reporter;
  for (PersonId person : l_.people.find_by_home(care.household)) {
    if (person != turn.sender() && l_.people.contact_of(person) && !reporter) reporter = person;
  }
  const auto* category = turn.words().help_category(words);
  dialog::NewTask wanted{
      .kind = TaskKind::help,
      .urgency = category && category->high ? dialog::Urgency::high : dialog::Urgency::normal,
      .area = care.household,
      .household = care.household,
      .reporter = reporter,
      .text = "关爱联系时说：" + words,
      .at_once = true};
  if (category) wanted.data["category"] = category->id;
  auto task = desk_.open(turn, std::move(wanted));
  turn.say(care::need_opened, {{"ticket", std::to_string(task.number)}});
}

/// The second time nobody answers, it is urgent at once.
void CareHandler::nobody_answered(Turn& turn, Care& care, const std::string& words) {
  l_.care.record(care.id, {today(turn), turn.now(), turn.sender(), "no_answer", {}});
  care.no_answers += 1;
  l_.care.save(care);
  if (care.no_answers < too_often) return turn.say(care::no_answer, values(turn, care));
  open_missed(turn, care, dialog::Urgency::high, fmt::format("{} 次没人应：{}", care.no_answers, words));
  turn.say(care::no_answer_twice, values(turn, care));
}

std::optional<Task> CareHandler::open_task(const Care& care) {
  std::string id = std::to_string(care.id);
  for (Task& task : desk_.tasks().open_in(care.household, TaskKind::care)) {
    auto about = task.data.find("care");
    if (about != task.data.end() && about->second == id) return std::move(task);
  }
  return std::nullopt;
}

/// One ticket a household: a second reason makes the first one urgent.
void CareHandler::open_missed(Turn& turn, const Care& care, dialog::Urgency urgency, const std::string& why) {
  if (auto task = open_task(care)) {
    if (urgency > task->urgency) task->urgency = urgency;
    return desk_.add(turn, *task, why);
  }
  auto ids = plan_.categories(care, turn.now());
  desk_.open(turn, {.kind = TaskKind::care,
                    .urgency = urgency,
                    .area = care.household,
                    .household = care.household,
                    .text = fmt::format("{}，{}。请上门或打电话看看，{}", rules_.names(ids), why,
                                        rules_.questions(ids)),
                    .data = {{"care", std::to_string(care.id)}},
                    .at_once = true});
}

/// They were spoken to: whoever was looking after the ticket hears that it is over.
void CareHandler::settle(Turn& turn, const Care& care) {
  auto task = open_task(care);
  if (!task) return;
  auto people = desk_.tasks().offered_to(task->id);
  if (task->owner) people.push_back(task->owner);
  desk_.close(turn, *task, community::CloseHow::answered);
  if (task->data.contains("want")) return;
  dialog::Values said = values(turn, care);
  said.emplace_back("ticket", std::to_string(task->number));
  for (PersonId person : people) {
    if (person != turn.sender()) turn.tell(person, care::over, said, {.task = task->id});
  }
}

}  // namespace linli::handlers
