// What is answered at the steps what, where and where_does_it_hurt, and how a question is left.
#include <algorithm>

#include "bot/base/utf8.hpp"
#include "handlers/help_request.hpp"
#include "handlers/help_request_texts.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskState;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;
using namespace help_request;

namespace {

/// Words that say something: not "嗯", not a digit, not faces only.
bool says_something(const dialog::Message& message) {
  if (message.kind != MessageKind::text) return false;
  std::u32string text = to_u32(message.normal);
  auto written = [](char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
  };
  return std::ranges::count_if(text, written) >= 2;
}

}  // namespace

std::optional<Task> HelpRequestHandler::current(Turn& turn) {
  std::string number = turn.answer("task");
  if (number.empty()) return std::nullopt;
  auto task = desk_.tasks().find(TaskId{std::stoll(number)});
  if (!task || task->state == TaskState::closed) return std::nullopt;
  return task;
}

Answered HelpRequestHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  if (turn.words().is_command("my_requests", message.normal)) return Answered::not_mine;
  if (turn.dialog().step == "what") {
    if (message.kind == MessageKind::voice) {
      turn.leave();
      Tasks open = open_ones(turn);
      open_voice(turn, open);
      return Answered::taken;
    }
    bool picture = message.kind == MessageKind::image || message.kind == MessageKind::video;
    if (!picture && (!says_something(message) || turn.words().is("asking", message.normal)))
      return Answered::not_understood;
    turn.leave();
    open_new(turn, turn.words().help_category(message.normal));
    return Answered::taken;
  }
  if (turn.dialog().step == "complaint") {
    bool bare = turn.words().is("bare_complaint", message.normal);
    if (bare || !says_something(message)) return Answered::not_understood;
    turn.leave();
    complain(turn, open_ones(turn));
    return Answered::taken;
  }
  auto task = current(turn);
  if (!task) {
    turn.leave();
    return Answered::not_mine;
  }
  if (turn.dialog().step == "where_does_it_hurt") {
    if (message.kind != MessageKind::text) return Answered::not_mine;  // joins the request by the usual way
    if (!says_something(message)) return Answered::not_understood;
    turn.leave();
    add_to(turn, *task);
    if (!task->area) ask_what_is_missing(turn, *task, nullptr);
    return Answered::taken;
  }
  auto place = read_place(areas_, turn);
  if (!place.area && message.kind != MessageKind::location) {
    if (message.kind != MessageKind::text) return Answered::not_mine;
    desk_.add(turn, *task, message.text);
    return Answered::not_understood;
  }
  task->data["place"] = place.words;
  desk_.add(turn, *task, place.words);
  if (place.area) desk_.place(turn, *task, place.area, place.household);
  turn.leave();
  TextId said = place.area ? placed : on_map;
  turn.say(said, desk_.values(turn, *task, true, said));
  return Answered::taken;
}

void HelpRequestHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state != TaskState::done) return turn.say(status_none);
  if (digit == "1") return settle_done(turn, *task, true);
  reopen(turn, *task, "还没解决");
}

/// A question is left unanswered, the request stays: said so that nobody believes it gone.
void HelpRequestHandler::cancelled(Turn& turn) {
  if (auto task = current(turn)) turn.say(still_open, {{"number", std::to_string(task->number)}});
}

void HelpRequestHandler::given_up(Turn& turn) {
  cancelled(turn);
}

bool HelpRequestHandler::expired(Turn& turn, PersonId person, const dialog::Dialog& left) {
  auto id = left.answers.find("task");
  if (id == left.answers.end()) return false;
  auto task = desk_.tasks().find(TaskId{std::stoll(id->second)});
  if (!task || task->state == TaskState::closed) return true;
  turn.tell(person, still_open, {{"number", std::to_string(task->number)}}, {.task = task->id});
  return true;
}

}  // namespace linli::handlers
