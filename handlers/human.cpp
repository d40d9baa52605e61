#include "handlers/human.hpp"

#include <charconv>
#include <fmt/format.h>

namespace linli::handlers {

using community::CloseHow;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::MessageKind;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr Seconds relay_keeps{2 * 3600};  // a relay nobody uses for so long ends

constexpr TextId waiting{"human.waiting"};
constexpr TextId still_waiting{"human.still_waiting"};
constexpr TextId your_accepted{"human.your_accepted"};
constexpr TextId your_escalated{"human.your_escalated"};
constexpr TextId your_returned{"human.your_returned"};
constexpr TextId your_accept_undone{"human.your_accept_undone"};
constexpr TextId your_ended{"human.your_ended"};
constexpr TextId offer{"human.staff_offer"};
constexpr TextId relay_help{"human.relay_help"};
constexpr TextId passed_on{"human.passed_on"};
constexpr TextId from_resident{"human.from_resident"};
constexpr TextId from_staff{"human.from_staff"};
constexpr TextId sent{"human.sent"};
constexpr TextId not_reached{"human.not_reached"};
constexpr TextId released{"human.released"};
constexpr TextId over{"human.over"};
constexpr TextId with_number{"human.with_number"};
constexpr TextId timed_out{"human.staff_timed_out"};
constexpr TextId withdrawn{"human.staff_withdrawn"};

/// "15 大姐您说": a ticket's number, something between, and words.
std::optional<std::pair<std::int64_t, std::string>> numbered_words(const dialog::Message& message) {
  if (message.kind != MessageKind::text) return std::nullopt;
  const std::string& text = message.normal;
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || number <= 0) return std::nullopt;
  auto rest = text.substr(static_cast<std::size_t>(end - text.data()));
  auto first = rest.find_first_not_of(" ,:");
  if (first == 0 || first == rest.npos) return std::nullopt;
  return std::pair{number, rest.substr(first)};
}

std::string words_of(const dialog::Message& message) {
  switch (message.kind) {
    case MessageKind::text:
      return message.text;
    case MessageKind::image:
      return "（照片）";
    case MessageKind::voice:
      return "（语音，机器人听不了）";
    case MessageKind::location:
      return fmt::format("（位置 {:.5f},{:.5f}）", message.lat, message.lon);
    case MessageKind::link:
      return message.title + " " + message.url;
    default:
      return "（其他消息）";
  }
}

}  // namespace

std::vector<dialog::Step> HumanHandler::steps() const {
  return {{"relay", relay_help}};
}

std::vector<TextId> HumanHandler::texts() const {
  return {waiting,    still_waiting, your_accepted, your_escalated, your_returned, your_accept_undone,
          your_ended, offer,         relay_help,    passed_on,      from_resident, from_staff,
          sent,       not_reached,   released,      over,           with_number,   timed_out,
          withdrawn};
}

std::optional<Task> HumanHandler::mine(Turn& turn) {
  for (Task& task : desk_.tasks().open_of_reporter(turn.sender())) {
    if (task.kind == TaskKind::human) return task;
  }
  return std::nullopt;
}

/// The accepted ticket whose number stands before the words, from whoever has it.
std::optional<Task> HumanHandler::named(Turn& turn) {
  auto numbered = numbered_words(turn.message());
  if (!numbered) return std::nullopt;
  auto task = desk_.tasks().find_by_number(numbered->first);
  bool can = task && task->owner == turn.sender() && task->state == TaskState::accepted && task->reporter;
  return can ? task : std::nullopt;
}

/// "1 您还在吗" about a talk that has ended.
std::optional<Task> HumanHandler::over_already(Turn& turn) {
  auto numbered = numbered_words(turn.message());
  if (!numbered) return std::nullopt;
  auto task = desk_.tasks().find_by_number(numbered->first);
  bool ended = task && task->kind == TaskKind::human && task->owner == turn.sender() &&
               task->state == TaskState::closed;
  return ended ? task : std::nullopt;
}

/// The people whom the sender has taken to talk with.
std::vector<Task> HumanHandler::in_talk(Turn& turn) {
  auto tasks = desk_.tasks().owned(turn.sender());
  std::erase_if(tasks, [](const Task& task) { return task.kind != TaskKind::human; });
  return tasks;
}

/// Words with a ticket's number from whoever has the ticket; and words without one from somebody who is
/// talking with a resident, which would otherwise be read as a request of their own.
bool HumanHandler::fits(Turn& turn) {
  if (named(turn) || over_already(turn)) return true;
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || turn.words().is("all_fine", message.normal)) return false;
  if (message.normal.find_first_not_of("0123456789") == message.normal.npos) return false;
  return !in_talk(turn).empty();
}

void HumanHandler::start(Turn& turn) {
  if (auto task = named(turn)) return to_resident(turn, *task, numbered_words(turn.message())->second);
  if (auto task = over_already(turn)) return turn.say(over, desk_.values(turn, *task, false));
  auto talks = in_talk(turn);
  turn.say(with_number, desk_.values(turn, talks.front(), true));
}

bool HumanHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "human") {
    ask_for_one(turn);
    return true;
  }
  if (!command.exact) return false;
  auto task = mine(turn);
  if (!task) return release_by_staff(turn);
  turn.leave();
  desk_.withdraw(turn, *task);
  turn.say(released);
  return true;
}

/// "再见" from whoever is on call: with one talk going on that one is done, with several they are asked
/// which.
bool HumanHandler::release_by_staff(Turn& turn) {
  auto talks = in_talk(turn);
  if (talks.empty()) return false;
  if (talks.size() > 1) {
    turn.redirect("done");
    return true;
  }
  end_relay(turn, talks.front());
  desk_.finish(turn, talks.front(), {});
  turn.say(released);
  return true;
}

void HumanHandler::ask_for_one(Turn& turn) {
  std::string words = turn.answer("words");  // what was not understood, or what the person was asked about
  if (!words.empty()) turn.leave();
  if (auto task = mine(turn)) {
    if (!words.empty()) desk_.add(turn, *task, words);
    return turn.say(still_waiting, desk_.values(turn, *task, false));
  }
  AreaId home = turn.me().home;
  Task task = desk_.open(turn, {.kind = TaskKind::human,
                                .urgency = community::Urgency::high,
                                .area = home,
                                .household = home,
                                .reporter = turn.sender(),
                                .text = words.empty() ? "想和真人说话" : "想和真人说话：" + words,
                                .at_once = true});
  turn.say(waiting, desk_.values(turn, task, false));
}

Answered HumanHandler::answer(Turn& turn) {
  auto task = mine(turn);
  if (!task || task->state != TaskState::accepted) {
    turn.leave();
    return Answered::not_mine;
  }
  if (turn.message().kind == MessageKind::text && turn.words().is_command("release", turn.message().normal)) {
    turn.leave();
    desk_.withdraw(turn, *task);
    turn.say(released);
    return Answered::taken;
  }
  if (turn.message().kind == MessageKind::text && turn.words().is_command("human", turn.message().normal)) {
    turn.say(relay_help, desk_.values(turn, *task, false));
    return Answered::taken;
  }
  to_staff(turn, *task, words_of(turn.message()));
  return Answered::taken;
}

void HumanHandler::cancelled(Turn& turn) {
  if (auto task = mine(turn)) desk_.withdraw(turn, *task);
  turn.say(released);
}

/// Nobody has written for so long that the talk is over; both sides hear it.
bool HumanHandler::expired(Turn& turn, PersonId person, const dialog::Dialog&) {
  for (Task& task : desk_.tasks().open_of_reporter(person)) {
    if (task.kind != TaskKind::human || task.state != TaskState::accepted) continue;
    desk_.close(turn, task, CloseHow::silent);
    turn.tell(task.owner, timed_out, desk_.values(turn, task, false), {.task = task.id});
  }
  turn.tell(person, your_ended);
  return true;
}

void HumanHandler::to_staff(Turn& turn, const Task& task, const std::string& words) {
  turn.keep_dialog(relay_keeps);
  dialog::Values values = desk_.values(turn, task, true);
  values.emplace_back("words", words);
  bool reached =
      turn.tell(task.owner, from_resident, values, {.urgency = community::Urgency::high, .task = task.id});
  turn.say(reached ? passed_on : not_reached, values);
}

void HumanHandler::to_resident(Turn& turn, const Task& task, const std::string& words) {
  dialog::Values values = desk_.values(turn, task, true);
  values.emplace_back("words", words);
  bool reached =
      turn.tell(task.reporter, from_staff, values, {.urgency = community::Urgency::high, .task = task.id});
  turn.say(reached ? sent : not_reached, values);
}

void begin_relay(Turn& turn, dialog::TaskDesk& desk, const Task& task) {
  if (task.kind != TaskKind::human) return;
  turn.take_out(task.reporter, "human");  // from whoever had it before
  dialog::Dialog relay;
  relay.topic = "human";
  relay.step = "relay";
  relay.text_id = relay_help.id;
  relay.values = desk.values(turn, task, false);
  relay.asked_at = turn.now();
  relay.expires_at = turn.now() + relay_keeps;
  turn.put_into(task.reporter, std::move(relay));
}

void end_relay(Turn& turn, const Task& task) {
  if (task.kind == TaskKind::human) turn.take_out(task.reporter, "human");
}

/// A message could not be handled: the person was promised a human.
void HumanHandler::due(Turn& turn, const store::Due& due) {
  auto person = people_.find(PersonId{due.ref});
  if (!person) return;
  desk_.open(turn, {.kind = TaskKind::human,
                    .urgency = community::Urgency::high,
                    .area = person->home,
                    .household = person->home,
                    .reporter = person->id,
                    .text = "有一条消息机器人没处理好，请联系",
                    .at_once = true});
}

}  // namespace linli::handlers
