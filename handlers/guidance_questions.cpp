// An officer's answer to a question (handlers/question_desk.hpp), and what whoever asked says of it.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "handlers/guidance.hpp"
#include "handlers/guidance_texts.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;

namespace {

constexpr std::size_t least_answer = 2;  // characters

/// What stands behind the number, as it was written.
std::string behind_number(std::string_view text, std::int64_t number) {
  std::string digits = std::to_string(number);
  auto at = text.find(digits);
  if (at == text.npos) return {};
  std::string_view rest = text.substr(at + digits.size());
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view mark : {" ", ",", ":", ".", "，", "：", "。", "　", "号"}) {
      if (rest.starts_with(mark)) rest.remove_prefix(mark.size()), cut = true;
    }
  }
  return std::string(rest);
}

}  // namespace

/// "答 12 每天两次" by whoever has it or may take it; "完成 12 每天两次" is the same. Another ticket goes on
/// to my_tasks.
bool GuidanceHandler::reply(Turn& turn, const dialog::Command& command) {
  bool answers = command.id == "answer_question";
  std::optional<Task> task;
  if (command.number) {
    task = desk_.tasks().find_by_number(*command.number);
  } else if (!answers) {
    auto mine = desk_.tasks().owned(turn.sender());
    if (mine.size() == 1) task = mine.front();
  }
  bool question = task && task->kind == TaskKind::question;
  if (!question && !answers) return false;
  if (l_.appointments.of_person(turn.sender(), turn.now()).empty()) return false;  // residents answer nothing
  if (!command.number && answers) {
    turn.say(guidance::reply_how, {{"number", "12"}});
    return true;
  }
  dialog::Values number{{"number", std::to_string(command.number.value_or(task ? task->number : 0))}};
  bool owned = question && task->owner == turn.sender() && task->state == TaskState::accepted;
  if (!owned && !(question && desk_.may_take(*task, turn.sender(), turn.now()))) {
    if (!answers) return false;  // my_tasks says why
    turn.say(guidance::no_question, number);
    return true;
  }
  std::string words =
      command.number ? behind_number(turn.message().text, *command.number) : std::string(command.rest);
  if (utf8_length(words) < least_answer) {
    turn.say(guidance::reply_how, number);
    return true;
  }
  if (!owned) desk_.accept(turn, *task);
  desk_.finish(turn, *task, words);
  turn.say(guidance::replied, number);
  questions_.answered(turn, *task, words);
  return true;
}

void GuidanceHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state != TaskState::done) return turn.redirect("menu");  // settled by somebody else
  settle(turn, *task, digit == "1");
}

void GuidanceHandler::settle(Turn& turn, Task& task, bool clear) {
  if (clear)
    desk_.confirm(turn, task);
  else
    desk_.reopen(turn, task, "还不明白，请再说细一点");
  turn.say(clear ? guidance::clear : guidance::unclear, {{"number", std::to_string(task.number)}});
}

}  // namespace linli::handlers
