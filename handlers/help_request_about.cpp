// What a resident says about a request they have: solved, not needed, not received, how far it is.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "handlers/help_request.hpp"
#include "handlers/help_request_texts.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::MessageKind;
using dialog::Turn;
using namespace help_request;

namespace {

/// "3 号解决了": the number said first, 0 if none is.
std::int64_t number_said(const std::string& normal) {
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(normal.data(), normal.data() + normal.size(), number);
  std::string_view rest(end, static_cast<std::size_t>(normal.data() + normal.size() - end));
  bool of_request = rest.starts_with(" ") || rest.starts_with("号");
  return ec == std::errc{} && of_request ? number : 0;
}

}  // namespace

bool HelpRequestHandler::about_open_one(Turn& turn, Tasks& open) {
  const auto& words = turn.words();
  const std::string& normal = turn.message().normal;
  if (open.empty() || turn.message().kind != MessageKind::text) return false;
  auto named = std::ranges::find(open, number_said(normal), &Task::number);
  bool another = named != open.end() && named->state != TaskState::done;
  bool some_done = std::ranges::any_of(open, [](const Task& task) { return task.state == TaskState::done; });
  if (some_done && !another && about_done_one(turn, open)) return true;
  if (words.mentions("status", normal)) {
    status(turn);
    return true;
  }
  if (words.is("urgent", normal) && urge(turn, open)) return true;
  bool not_needed = words.mentions("not_needed", normal) || words.is_command("undo", normal);
  bool settled = words.mentions("settled", normal) && !words.mentions("not_received", normal) &&
                 !words.help_category(normal);
  if ((not_needed || settled) && settle(turn, open, not_needed)) return true;
  bool about = words.mentions("received", normal) || words.mentions("not_received", normal);
  if (!about || words.help_category(normal)) return false;
  if (Task* task = fresh(turn, open, nullptr))
    add_to(turn, *task);
  else
    status(turn);
  return true;
}

/// "急": what was to wait for the morning, or for its turn, cannot.
bool HelpRequestHandler::urge(Turn& turn, Tasks& open) {
  Task* task = fresh(turn, open, nullptr);
  if (!task || task->urgency != community::Urgency::normal) return false;
  desk_.urge(turn, *task);
  turn.say(urged, desk_.values(turn, *task, false, urged));
  return true;
}

/// What nobody has reported done yet is solved, or not needed any more. An alarm is not called off by a
/// message: whoever has it hears the words.
bool HelpRequestHandler::settle(Turn& turn, Tasks& open, bool not_needed) {
  Tasks helps = open;
  std::erase_if(
      helps, [](const Task& task) { return task.kind != TaskKind::help || task.state == TaskState::done; });
  auto alarm = std::ranges::find(open, TaskKind::life_safety, &Task::kind);
  if (alarm != open.end()) {
    add_to(turn, *alarm);
    return true;
  }
  if (helps.empty()) return false;
  Task* task = meant(turn, helps);
  if (!task) return true;
  if (task->state == TaskState::accepted && !not_needed) {
    desk_.confirm(turn, *task);
    turn.say(confirmed, desk_.values(turn, *task, false, confirmed));
  } else {
    if (desk_.leave_to_others(turn, *task)) return true;
    desk_.withdraw(turn, *task);
    turn.say(withdrawn, desk_.values(turn, *task, false, withdrawn));
  }
  return true;
}

/// By the number said, or the only one; otherwise asks which.
Task* HelpRequestHandler::meant(Turn& turn, Tasks& among) {
  auto named = std::ranges::find(among, number_said(turn.message().normal), &Task::number);
  if (named != among.end()) return &*named;
  if (among.size() == 1) return &among.front();
  std::string lines;
  for (const Task& task : among)
    lines += fmt::format("\n{} 号：{}", task.number, community::brief(task.text, 20));
  turn.say(which, {{"lines", lines}, {"number", std::to_string(among.front().number)}});
  return nullptr;
}

bool HelpRequestHandler::about_done_one(Turn& turn, const Tasks& open) {
  const std::string& normal = turn.message().normal;
  const auto& words = turn.words();
  bool no = words.mentions("not_received", normal) || words.is_command("no", normal);
  bool yes = words.mentions("received", normal) || words.mentions("settled", normal) ||
             words.is_command("yes", normal) || words.is("thanks", normal);
  if (!no && !yes) return false;
  Tasks done = open;
  std::erase_if(done, [](const Task& task) { return task.state != TaskState::done; });
  if (Task* task = meant(turn, done)) settle_done(turn, *task, !no);
  return true;
}

void HelpRequestHandler::settle_done(Turn& turn, Task& task, bool solved) {
  if (solved) {
    desk_.confirm(turn, task);
    return turn.say(confirmed, desk_.values(turn, task, false, confirmed));
  }
  reopen(turn, task, turn.message().text);
}

void HelpRequestHandler::reopen(Turn& turn, Task& task, std::string_view why) {
  desk_.reopen(turn, task, why);
  dialog::Values values = desk_.values(turn, task, false);
  if (!task.owner)
    values = {{"number", std::to_string(task.number)},
              {"owner", "别的人"}};  // whoever had it holds no office any more
  turn.say(reopened, values);
}

bool HelpRequestHandler::about_closed_one(Turn& turn) {
  if (!turn.words().mentions("not_received", turn.message().normal)) return false;
  auto task = last_closed(turn);
  if (!task) return false;
  reopen(turn, *task, turn.message().text);
  return true;
}

/// What was closed last, of everything that can be opened again by a word.
std::optional<Task> HelpRequestHandler::last_closed(Turn& turn) {
  std::optional<Task> last;
  for (TaskKind kind : {TaskKind::help, TaskKind::life_safety, TaskKind::complaint}) {
    auto task = desk_.tasks().last_closed(turn.sender(), kind, turn.now() - reopens_within);
    if (task && (!last || task->closed_at > last->closed_at)) last = std::move(task);
  }
  return last;
}

void HelpRequestHandler::status(Turn& turn) {
  Tasks tasks = desk_.tasks().open_of_reporter(turn.sender());
  std::erase_if(tasks, [](const Task& task) {
    return !is_request(task) && task.kind != TaskKind::human && task.kind != TaskKind::complaint;
  });
  if (tasks.empty()) return turn.say(status_none);
  for (const Task& task : tasks) {
    std::string owner = task.owner ? desk_.owner_text(task, turn.now()) : "";
    std::string state = task.state == TaskState::open
                            ? "正在找人接"
                            : owner + (task.state == TaskState::accepted ? "正在办" : "说办好了，等您回话");
    turn.say(status_line, {{"number", std::to_string(task.number)},
                           {"text", community::brief(task.text, 30)},
                           {"opened", turn.when(task.opened_at)},
                           {"state", state}});
  }
}

}  // namespace linli::handlers
