// A fever or symptom: somebody hears of it at once; what is missing is asked afterwards, and joins the same
// task.
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/invitation.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using community::TaskKind;
using dialog::Task;

namespace {

constexpr int high_fever = 385;
constexpr std::string_view not_measured = "没量", without_contact = "没有", with_contact = "有";

std::int64_t number_of(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Short of breath, or a high fever: cannot wait for the round.
bool is_urgent(const HealthSaid& said) {
  bool breathless = std::find(said.symptoms.begin(), said.symptoms.end(), "气短") != said.symptoms.end();
  return breathless || (said.temperature && said.temperature->tenths >= high_fever);
}

}  // namespace

/// Joins the open task about the same household (or about the one that was not known before), or opens one.
Task HealthCheckinHandler::hand_on(Turn& turn, AreaId household, const HealthSaid& said) {
  std::string words = summary_of(said);
  if (!said.words.empty() && said.words != words) words += fmt::format("（原话：{}）", said.words);
  for (auto& task : desk_.tasks().open_of_reporter(turn.sender())) {
    if (task.kind != TaskKind::health || (task.household && task.household != household)) continue;
    if (household && !task.household) desk_.place(turn, task, household, household);
    if (task.text.find(words) == task.text.npos) desk_.add(turn, task, words);
    return task;
  }
  dialog::NewTask wanted{.kind = TaskKind::health,
                         .urgency = is_urgent(said) ? dialog::Urgency::high : dialog::Urgency::normal,
                         .area = household,
                         .household = household,
                         .reporter = turn.sender(),
                         .text = words};
  return desk_.open(turn, std::move(wanted));
}

/// "王秀兰发烧38": the member of the household whose name is in the words; empty if none.
std::string HealthCheckinHandler::member_named(AreaId household, std::string_view words) {
  for (const auto& member : l_.members.of_household(household)) {
    if (!member.name.empty() && words.find(normalise(member.name)) != words.npos) return member.name;
  }
  return {};
}

/// One question at a time, only for what is not known; then thanks.
void HealthCheckinHandler::ask_missing(Turn& turn) {
  if (turn.answer("who").empty()) {
    turn.remember("asks", "who");
    return turn.ask(topic(), "details", text::ask_who);
  }
  if (turn.answer("temperature").empty()) {
    turn.remember("asks", "temperature");
    return turn.ask(topic(), "details", text::ask_temperature, {}, {std::string(not_measured)});
  }
  if (turn.answer("contact").empty()) {
    return turn.ask(topic(), "contact", text::ask_contact, {},
                    {std::string(without_contact), std::string(with_contact)});
  }
  turn.leave();
  turn.say(text::details_taken);
}

/// Adds what was said to the task and to the check-in, and goes on.
void HealthCheckinHandler::take_details(Turn& turn, const std::string& added) {
  if (auto task = desk_.tasks().find(TaskId{number_of(turn.answer("task"))});
      task && task->state != dialog::TaskState::closed) {
    desk_.add(turn, *task, added);
  }
  std::string details = turn.answer("details") + "；" + added;
  turn.remember("details", details);
  auto tenths = static_cast<int>(number_of(turn.answer("temperature")));
  l_.checkins.amend(CheckinId{number_of(turn.answer("checkin"))},
                    tenths > 0 ? std::optional(tenths) : std::nullopt, details);
  ask_missing(turn);
}

Answered HealthCheckinHandler::answer_details(Turn& turn) {
  const std::string& normal = turn.message().normal;
  HealthSaid said = read_health(turn.words(), normal);
  bool asks_who = turn.answer("asks") == "who";
  std::string name = asks_who && said.symptoms.empty() && !said.temperature ? community::name_in(normal) : "";
  bool short_name = !name.empty() && name.size() <= 4 * 3;
  auto unmeasured = [&] {
    return turn.choice() == not_measured || normal.find("没量") != normal.npos ||
           normal.find("没有") != normal.npos;
  };
  if (!asks_who && unmeasured()) {
    turn.remember("temperature", "-");
    take_details(turn, "体温没量");
    return Answered::taken;
  }
  if (said.temperature && said.temperature->guessed) {
    turn.remember("guess", std::to_string(said.temperature->tenths));
    turn.ask(topic(), "guess", text::ask_guess, {{"temperature", degrees(said.temperature->tenths)}},
             {"是", "不是"});
    return Answered::taken;
  }
  bool useful = said.temperature || !said.symptoms.empty() || (asks_who && (!said.who.empty() || short_name));
  if (!useful) {
    return turn.words().help_category(normal) ? Answered::not_mine : Answered::not_understood;
  }
  if (!said.who.empty()) turn.remember("who", joined(said.who));
  if (turn.answer("who").empty()) turn.remember("who", short_name ? name : "家里人");
  if (said.temperature) turn.remember("temperature", std::to_string(said.temperature->tenths));
  take_details(turn, normal);
  return Answered::taken;
}

Answered HealthCheckinHandler::answer_contact(Turn& turn) {
  const std::string& normal = turn.message().normal;
  auto choice = turn.choice();
  HealthSaid said = read_health(turn.words(), normal);
  bool no = choice == without_contact || turn.words().is_command("no", normal) || said.no_contact;
  bool yes = !no && (choice == with_contact || turn.words().is_command("yes", normal) || said.contact);
  if (!no && !yes) return turn.words().help_category(normal) ? Answered::not_mine : Answered::not_understood;
  turn.remember("contact", no ? "没有" : "有");
  bool in_words = yes && !choice && !turn.words().is_command("yes", normal);
  take_details(turn, no ? "没有外出、接触史" : in_words ? normal : std::string("有外出或接触史，请电话问清"));
  return Answered::taken;
}

/// "1" and "2" answer "办好了吗"; "0" objects to what was entered by phone.
void HealthCheckinHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  if (digit == "0") return object(turn, CheckinId{-ref});
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state == dialog::TaskState::closed) return;
  std::string number = std::to_string(task->number);
  if (digit == "1") {
    desk_.confirm(turn, *task);
    return turn.say(text::glad, {{"number", number}});
  }
  desk_.reopen(turn, *task, "还需要人");
  turn.say(text::reopened, desk_.values(turn, *task, false));
}

}  // namespace linli::handlers
