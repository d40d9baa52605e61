#include "handlers/suggestion.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "bot/community/mask.hpp"
#include "bot/community/suggestion_words.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::Role;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::TextId;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr TextId ask_what{"suggestion.ask_what"};
constexpr TextId help_what{"suggestion.help_what"};
constexpr TextId taken{"suggestion.taken"};
constexpr TextId taken_bot{"suggestion.taken_bot"};
constexpr TextId staff_offer{"suggestion.staff_offer"};
constexpr TextId your_accepted{"suggestion.your_accepted"};
constexpr TextId your_done{"suggestion.your_done"};
constexpr TextId your_done_again{"suggestion.your_done_again"};
constexpr TextId your_silent{"suggestion.your_silent"};
constexpr TextId your_overdue{"suggestion.your_overdue"};
constexpr TextId staff_overdue{"suggestion.staff_overdue"};
constexpr TextId ask_answer{"suggestion.ask_answer"};
constexpr TextId help_answer{"suggestion.help_answer"};
constexpr TextId answered{"suggestion.answered"};
constexpr TextId answer_how{"suggestion.answer_how"};
constexpr TextId satisfied_text{"suggestion.satisfied"};
constexpr TextId ask_why{"suggestion.ask_why"};
constexpr TextId help_why{"suggestion.help_why"};
constexpr TextId why_taken{"suggestion.why_taken"};
constexpr TextId not_yet{"suggestion.not_yet"};
constexpr TextId list_text{"suggestion.list"};
constexpr TextId list_none{"suggestion.list_none"};
constexpr TextId list_refused{"suggestion.list_refused"};
constexpr TextId mine_text{"suggestion.mine"};
constexpr TextId mine_none{"suggestion.mine_none"};
constexpr TextId withdrawn{"suggestion.withdrawn"};
constexpr TextId burden_text{"suggestion.burden"};

constexpr TextId all_texts[] = {
    ask_what,        help_what,      taken,        taken_bot,     staff_offer, your_accepted, your_done,
    your_done_again, your_silent,    your_overdue, staff_overdue, ask_answer,  help_answer,   answered,
    answer_how,      satisfied_text, ask_why,      help_why,      why_taken,   not_yet,       list_text,
    list_none,       list_refused,   mine_text,    mine_none,     withdrawn,   burden_text,
};

constexpr std::string_view deputy_mark = "【代表建议】", bot_mark = "【关于机器人】";
constexpr std::size_t longest_list = 12;
constexpr std::size_t least_suggestion = 7;   // characters
constexpr Seconds judged_within{14 * 86400};  // after this long a new suggestion is the way

TaskId remembered(Turn& turn) {
  std::string text = turn.answer("task");
  TaskId id;
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  return id;
}

}  // namespace

std::vector<dialog::Step> SuggestionHandler::steps() const {
  return {{"what", help_what}, {"answer", help_answer}, {"why", help_why}};
}

std::vector<TextId> SuggestionHandler::texts() const {
  return {std::begin(all_texts), std::end(all_texts)};
}

bool SuggestionHandler::fits(Turn& turn) {
  return turn.message().kind == dialog::MessageKind::text &&
         community::complains_about_bot(turn.message().normal);
}

void SuggestionHandler::start(Turn& turn) {
  suggest(turn, turn.message().text);
}

/// "我有个想法" alone says nothing that could be looked into.
bool SuggestionHandler::wish(Turn& turn, std::string_view) {
  if (utf8_length(turn.message().normal) < least_suggestion)
    turn.ask(topic(), "what", ask_what);
  else
    suggest(turn, turn.message().text);
  return true;
}

bool SuggestionHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "done" || command.id == "suggestion_answer") return answer_command(turn, command);
  if (command.id == "suggestions") return list(turn), true;
  if (command.id == "my_suggestions") return mine(turn), true;
  if (command.id == "burden") return show_burden(turn), true;
  if (command.id == "suggestion_withdraw") return withdraw(turn, command), true;
  if (command.id == "suggestion") {
    std::string words(command.exact ? std::string_view() : behind_command(turn.message().normal));
    if (words.empty()) {
      turn.ask(topic(), "what", ask_what);
    } else {
      suggest(turn, typed_behind(turn.message().text, words));
    }
    return true;
  }
  auto task = own(turn, command, true);
  if (!task && !command.number && !command.exact) return false;  // "满意 ..." about something else
  if (!task) return turn.say(not_yet), true;
  judge(turn, *task, command.id == "satisfied", command.rest);
  return true;
}

// --- suggesting

/// The place that the words name, else where the person lives or serves; none: the intake area's people hear
/// of it.
AreaId SuggestionHandler::area_of(Turn& turn, const std::string& words) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  AreaId near = turn.me().home ? turn.me().home : held.empty() ? AreaId{} : held.front().area;
  auto found = l_.areas.find_in_text(words, near);
  if (found.area && !found.ambiguous && found.missing.empty()) return found.area->id;
  return near;
}

void SuggestionHandler::suggest(Turn& turn, const std::string& words) {
  bool deputy = l_.appointments.holds(turn.sender(), Role::deputy, turn.now());
  bool bot = community::complains_about_bot(turn.message().normal);
  std::string text = std::string(deputy ? deputy_mark : std::string_view()) +
                     std::string(bot ? bot_mark : std::string_view()) + words;
  Time answer_by = turn.around().quiet.end(turn.now() + rules_.answer_within);
  auto task = desk_.open(turn, {.kind = TaskKind::suggestion,
                                .area = area_of(turn, turn.message().normal),
                                .reporter = turn.sender(),
                                .text = std::move(text)});
  l_.suggestions.add({task.id, answer_by, deputy, bot ? "bot" : "", {}});
  turn.around().dues.set({fmt::format("suggestion:{}", task.id.value), answer_by, std::string(topic()),
                          task.id.value, "overdue"});
  Values said{{"number", std::to_string(task.number)}, {"when", turn.when(answer_by)}};
  turn.say(bot ? taken_bot : taken, said);
}

Answered SuggestionHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != dialog::MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(message.normal);
  if (command && command->exact && command->id != "yes" && command->id != "no") return Answered::not_mine;
  if (utf8_length(message.normal) < 2) return Answered::not_understood;
  const std::string step = turn.dialog().step;
  if (step == "what") {
    turn.leave();
    suggest(turn, message.text);
    return Answered::taken;
  }
  auto task = desk_.tasks().find(remembered(turn));
  turn.leave();
  if (!task || task->state == TaskState::closed) {
    turn.say(not_yet);
  } else if (step == "why") {
    desk_.add(turn, *task, "不满意的原因：" + message.text);
    turn.say(why_taken);
  } else {
    give_answer(turn, *task, message.text);
  }
  return Answered::taken;
}

// --- answering

/// "答复 12 已经修好", "完成 12 已经修好": what is said goes back to whoever suggested it.
bool SuggestionHandler::answer_command(Turn& turn, const dialog::Command& command) {
  bool done = command.id == "done";
  std::optional<Task> task;
  if (command.number) {
    task = desk_.tasks().find_by_number(*command.number);
  } else if (!done) {
    auto tasks = desk_.tasks().owned(turn.sender());
    std::erase_if(tasks, [](const Task& one) { return one.kind != TaskKind::suggestion; });
    if (tasks.size() == 1) task = tasks.front();
  }
  bool suggestion = task && task->kind == TaskKind::suggestion;
  bool mine = suggestion && task->state == TaskState::accepted && task->owner == turn.sender();
  bool may = mine || (suggestion && desk_.may_take(*task, turn.sender(), turn.now()));
  if (done && !may) return false;  // any other ticket is done in my_tasks
  if (!may) return turn.say(answer_how), true;
  if (!mine) desk_.accept(turn, *task);
  if (command.rest.empty()) {
    turn.remember("task", std::to_string(task->id.value));
    turn.ask(topic(), "answer", ask_answer, {{"number", std::to_string(task->number)}});
  } else {
    give_answer(turn, *task, typed_behind(turn.message().text, command.rest));
  }
  return true;
}

void SuggestionHandler::give_answer(Turn& turn, Task& task, const std::string& words) {
  if (task.owner != turn.sender() || task.state != TaskState::accepted) return turn.say(answer_how);
  desk_.finish(turn, task, words);
  turn.say(answered, {{"number", std::to_string(task.number)}});
}

void SuggestionHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (task) judge(turn, *task, digit == "1", {});
}

/// The suggestion that the sender made: the one that is named, or the newest answered one.
std::optional<community::Task> SuggestionHandler::own(Turn& turn, const dialog::Command& command,
                                                      bool answered_only) {
  if (command.number) {
    auto task = desk_.tasks().find_by_number(*command.number);
    bool mine = task && task->kind == TaskKind::suggestion && task->reporter == turn.sender();
    if (!mine || (answered_only && !task->done_at)) return std::nullopt;
    return task;
  }
  for (Task& task : desk_.tasks().open_of_reporter(turn.sender())) {
    if (task.kind == TaskKind::suggestion && (!answered_only || task.state == TaskState::done))
      return std::move(task);
  }
  if (!answered_only) return std::nullopt;
  return desk_.tasks().last_closed(turn.sender(), TaskKind::suggestion, turn.now() - judged_within);
}

/// A no counts at once; the reason follows, if there is one.
void SuggestionHandler::judge(Turn& turn, Task& task, bool satisfied, const std::string& why) {
  bool settled = task.closed_how == community::CloseHow::withdrawn;
  bool answered_now = task.state == TaskState::done || task.state == TaskState::closed;
  if (settled || !answered_now) return turn.say(not_yet);
  if (satisfied) {
    if (task.state == TaskState::done) desk_.confirm(turn, task);
    return turn.say(satisfied_text);
  }
  desk_.reopen(turn, task, why.empty() ? "不满意" : why);
  if (!why.empty()) return turn.say(why_taken);
  turn.remember("task", std::to_string(task.id.value));
  turn.ask(topic(), "why", ask_why, {{"number", std::to_string(task.number)}});
}

/// The promised day has come without an answer: whoever waits hears it, and so does the level above.
void SuggestionHandler::due(Turn& turn, const store::Due& due) {
  auto task = desk_.tasks().find(TaskId{due.ref});
  if (!task || task->state == TaskState::closed || task->state == TaskState::done) return;
  l_.suggestions.set_overdue(task->id, turn.now());
  Values said = desk_.values(turn, *task, false);
  turn.tell(task->reporter, your_overdue, said, {.task = task->id});
  for (const auto& level : desk_.policies().of(TaskKind::suggestion).levels) {
    if (level.role != Role::on_call || !task->area) continue;
    bool told = false;
    for (const auto& holder : l_.appointments.holders(level, task->area, turn.now())) {
      if (holder.person == task->owner || holder.person == task->reporter) continue;
      told |= turn.tell(holder.person, staff_overdue, said, {.task = task->id});
    }
    if (told) return;
  }
}

// --- showing

void SuggestionHandler::list(Turn& turn) {
  AreaId area;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (held.role == Role::supervisor || held.role == Role::on_call) area = held.area;
  }
  if (!area) return turn.say(list_refused);
  auto open = l_.suggestions.open_in(area);
  const std::string& normal = turn.message().normal;
  if (normal.find("代表") != normal.npos) std::erase_if(open, [](const auto& one) { return !one.deputy; });
  if (normal.find("机器人") != normal.npos)
    std::erase_if(open, [](const auto& one) { return one.about != "bot"; });
  std::string lines;
  for (std::size_t i = 0; i < open.size() && i < longest_list; ++i) {
    auto task = desk_.tasks().find(open[i].task);
    if (!task) continue;
    std::string_view state = task->state == TaskState::done ? "已答复" : task->owner ? "在办" : "没人接";
    lines +=
        fmt::format("\n{} 号 {}，{}，{}{}", task->number, community::brief(task->text, 24), state,
                    turn.zone().date_time_text(open[i].answer_by), open[i].overdue_at ? "到期了" : "前答复");
  }
  if (open.size() > longest_list) lines += fmt::format("\n……还有 {} 件", open.size() - longest_list);
  turn.say(
      open.empty() ? list_none : list_text,
      {{"where", l_.areas.building_text(area)}, {"count", std::to_string(open.size())}, {"lines", lines}});
}

void SuggestionHandler::mine(Turn& turn) {
  std::string lines;
  for (const Task& task : desk_.tasks().open_of_reporter(turn.sender())) {
    auto known = task.kind == TaskKind::suggestion ? l_.suggestions.find(task.id) : std::nullopt;
    if (!known) continue;
    lines +=
        fmt::format("\n{} 号 {}：{}", task.number, community::brief(task.text, 24),
                    task.state == TaskState::done ? "有答复了，等您说满不满意"
                                                  : turn.zone().date_time_text(known->answer_by) + " 前答复");
  }
  turn.say(lines.empty() ? mine_none : mine_text, {{"lines", lines}});
}

void SuggestionHandler::withdraw(Turn& turn, const dialog::Command& command) {
  auto task = own(turn, command, false);
  if (!task || task->state == TaskState::closed) return turn.say(mine_none);
  desk_.withdraw(turn, *task);
  turn.say(withdrawn, {{"number", std::to_string(task->number)}});
}

void SuggestionHandler::show_burden(Turn& turn) {
  auto mine = l_.burden.of(turn.sender(), turn.day_start(-6), turn.day_start(1));
  turn.say(burden_text,
           {{"messages", std::to_string(mine.messages)},
            {"questions", std::to_string(mine.questions)},
            {"prompts", std::to_string(mine.prompts)},
            {"held", mine.held > 0 ? fmt::format("，多出的 {} 条没有发", mine.held) : ""},
            {"cap", rules_.week_prompts > 0 ? fmt::format("，最多 {} 条", rules_.week_prompts) : ""}});
}

}  // namespace linli::handlers
