#include "handlers/help_request.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "bot/community/mask.hpp"
#include "bot/community/temperature.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::MessageKind;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr Seconds belongs_within{10 * 60};         // what follows within this time is about the same request
constexpr Seconds alarm_belongs_within{2 * 3600};  // and nothing said after an alarm is lost
constexpr Seconds reopens_within{7 * 24 * 3600};

constexpr std::size_t short_words = 5;  // "还在吗", "有人没": nothing but asking

constexpr std::size_t shortest_room = 3;  // "401" may be where somebody lives; "1" answers a question

constexpr TextId passed_on{"life_safety.again"};  // words after an alarm
constexpr TextId taken{"help_request.taken"};
constexpr TextId added{"help_request.added"};
constexpr TextId what{"help_request.what"};
constexpr TextId what_help{"help_request.what_help"};
constexpr TextId where{"help_request.where"};
constexpr TextId where_help{"help_request.where_help"};
constexpr TextId still_open{"help_request.still_open"};
constexpr TextId which{"help_request.which"};
constexpr TextId on_map{"help_request.on_map"};
constexpr TextId placed{"help_request.placed"};
constexpr TextId where_does_it_hurt{"help_request.where_does_it_hurt"};
constexpr TextId where_does_it_hurt_help{"help_request.where_does_it_hurt_help"};
constexpr TextId voice{"help_request.voice"};
constexpr TextId photo{"help_request.photo"};
constexpr TextId status_line{"help_request.status_line"};
constexpr TextId status_none{"help_request.status_none"};
constexpr TextId reopened{"help_request.reopened"};
constexpr TextId confirmed{"help_request.confirmed"};
constexpr TextId withdrawn{"help_request.withdrawn"};
constexpr TextId complaint_taken{"help_request.complaint_taken"};
constexpr TextId your_accepted{"help_request.your_accepted"};
constexpr TextId your_escalated{"help_request.your_escalated"};
constexpr TextId your_returned{"help_request.your_returned"};
constexpr TextId your_done{"help_request.your_done"};
constexpr TextId your_done_again{"help_request.your_done_again"};
constexpr TextId your_silent{"help_request.your_silent"};
constexpr TextId your_accept_undone{"help_request.your_accept_undone"};
constexpr TextId your_done_undone{"help_request.your_done_undone"};

/// What a resident calls "my request". Somebody who waits for a human may write meanwhile what it is about.
bool is_request(const Task& task) {
  return task.kind == TaskKind::help || task.kind == TaskKind::life_safety ||
         (task.kind == TaskKind::human && task.state == TaskState::open);
}

std::string data_of(const Task& task, const std::string& key) {
  auto found = task.data.find(key);
  return found == task.data.end() ? std::string() : found->second;
}

/// Words that say something: not "嗯", not a digit, not faces only.
bool says_something(const dialog::Message& message) {
  if (message.kind != MessageKind::text) return false;
  std::u32string text = to_u32(message.normal);
  auto written = [](char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
  };
  return std::ranges::count_if(text, written) >= 2;
}

bool only_digits(const std::string& normal) {
  return normal.find_first_not_of("0123456789") == normal.npos;
}

/// "3 号解决了": the number said first, 0 if none is.
std::int64_t number_said(const std::string& normal) {
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(normal.data(), normal.data() + normal.size(), number);
  std::string_view rest(end, static_cast<std::size_t>(normal.data() + normal.size() - end));
  bool of_request = rest.starts_with(" ") || rest.starts_with("号");
  return ec == std::errc{} && of_request ? number : 0;
}

Time last_words(const Task& task) {
  std::string at = data_of(task, "last_words");
  return at.empty() ? task.opened_at : Time{Seconds{std::stoll(at)}};
}

}  // namespace

std::vector<dialog::Step> HelpRequestHandler::steps() const {
  return {{"what", what_help}, {"where", where_help}, {"where_does_it_hurt", where_does_it_hurt_help}};
}

std::vector<TextId> HelpRequestHandler::texts() const {
  return {taken,
          added,
          what,
          what_help,
          where,
          where_help,
          still_open,
          which,
          on_map,
          placed,
          where_does_it_hurt,
          where_does_it_hurt_help,
          voice,
          photo,
          status_line,
          status_none,
          reopened,
          confirmed,
          withdrawn,
          complaint_taken,
          your_accepted,
          your_escalated,
          your_returned,
          your_done,
          your_done_again,
          your_silent,
          your_accept_undone,
          your_done_undone};
}

HelpRequestHandler::Tasks HelpRequestHandler::open_ones(Turn& turn) {
  Tasks open = desk_.tasks().open_of_reporter(turn.sender());
  std::erase_if(open, [](const Task& task) { return !is_request(task); });
  return open;
}

bool HelpRequestHandler::fits(Turn& turn) {
  const auto& words = turn.words();
  const auto& message = turn.message();
  if (message.kind == MessageKind::voice) return true;
  if (message.kind == MessageKind::image || message.kind == MessageKind::video ||
      message.kind == MessageKind::location) {
    Tasks open = open_ones(turn);
    return fresh(turn, open, nullptr) != nullptr;
  }
  if (message.kind != MessageKind::text) return false;
  if (words.mentions("complaint", message.normal)) return true;
  if (words.mentions("cue", message.normal)) return false;  // a story to check, whatever it is about
  bool checkin = community::read_temperature(message.normal) || words.is("all_fine", message.normal);
  if (!checkin && words.help_category(message.normal)) checkin = denies_illness(words, message.normal);
  if (!checkin && (words.help_category(message.normal) || words.mentions("asking", message.normal)))
    return true;
  bool answers_elsewhere = only_digits(message.normal) && message.normal.size() < shortest_room;
  if (answers_elsewhere) return false;
  bool about = words.mentions("status", message.normal) || words.mentions("not_received", message.normal) ||
               words.mentions("received", message.normal) || words.mentions("settled", message.normal) ||
               words.mentions("not_needed", message.normal) || words.is_command("undo", message.normal);
  if (checkin && !about) return false;  // the usual check-in asks the database nothing here
  Tasks open = open_ones(turn);
  bool done = std::ranges::any_of(open, [](const Task& task) { return task.state == TaskState::done; });
  if (!done && words.is("thanks", message.normal)) return false;
  if (open.empty()) return words.mentions("not_received", message.normal) && last_closed(turn);
  return about || (!checkin && fresh(turn, open, nullptr) != nullptr);
}

/// The open request that this message goes on about: spoken of a few minutes ago, and not plainly something
/// else. An alarm comes before everything.
Task* HelpRequestHandler::fresh(Turn& turn, Tasks& open, const dialog::HelpCategory* category) {
  std::ranges::stable_partition(open, [](const Task& task) { return task.kind == TaskKind::life_safety; });
  for (Task& task : open) {
    if (task.state == TaskState::done) continue;
    bool alarm = task.kind == TaskKind::life_safety && !category;
    if (!task.area && read_place(areas_, turn).area) return &task;  // where it is, however late
    if (turn.now() - last_words(task) > (alarm ? alarm_belongs_within : belongs_within)) continue;
    std::string its = data_of(task, "category");
    if (!category || its.empty() || its == category->id) return &task;
  }
  return nullptr;
}

std::optional<Task> HelpRequestHandler::current(Turn& turn) {
  std::string number = turn.answer("task");
  if (number.empty()) return std::nullopt;
  auto task = desk_.tasks().find(TaskId{std::stoll(number)});
  if (!task || task->state == TaskState::closed) return std::nullopt;
  return task;
}

void HelpRequestHandler::start(Turn& turn) {
  Tasks open = open_ones(turn);
  const auto& message = turn.message();
  if (message.kind == MessageKind::voice) return open_voice(turn, open);
  if (turn.words().mentions("complaint", message.normal)) return complain(turn, open);
  if (about_open_one(turn, open)) return;
  if (open.empty() && about_closed_one(turn)) return;
  const auto* category = turn.words().help_category(message.normal);
  if (Task* task = fresh(turn, open, category)) return add_to(turn, *task);
  bool only_asks =
      turn.words().is("asking", message.normal) ||
      (turn.words().mentions("asking", message.normal) && utf8_length(message.normal) <= short_words);
  if (!category && only_asks) return turn.ask("help_request", "what", what);
  open_new(turn, category);
}

bool HelpRequestHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "my_requests") {
    status(turn);
    return true;
  }
  if (!command.exact) return false;  // "求助 家里没米了": the text itself is the request
  turn.ask("help_request", "what", what);
  return true;
}

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

void HelpRequestHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state != TaskState::done) return turn.say(status_none);
  if (digit == "1") return settle_done(turn, *task, true);
  reopen(turn, *task, "还没解决");
}

/// A complaint about a person never reaches that person.
void HelpRequestHandler::complain(Turn& turn, const Tasks& open) {
  auto owned = std::ranges::find_if(open, [](const Task& task) { return static_cast<bool>(task.owner); });
  PersonId about = owned == open.end() ? PersonId{} : owned->owner;
  if (!about) {
    auto last = desk_.tasks().last_closed(turn.sender(), TaskKind::help, turn.now() - reopens_within);
    if (last) about = last->owner;
  }
  AreaId area = open.empty() ? turn.me().home : open.front().area;
  Task task = desk_.open(turn, {.kind = TaskKind::complaint,
                                .area = area,
                                .reporter = turn.sender(),
                                .text = turn.message().text,
                                .data = {{"about", about ? std::to_string(about.value) : ""}}});
  turn.say(complaint_taken, desk_.values(turn, task, false, complaint_taken));
}

void HelpRequestHandler::add_to(Turn& turn, Task& task) {
  const auto& message = turn.message();
  const auto* category = turn.words().help_category(message.normal);
  bool named = data_of(task, "category").empty() && category;
  if (named) task.data["category"] = category->id;
  task.data["last_words"] = std::to_string(turn.now().time_since_epoch().count());
  bool picture = message.kind == MessageKind::image || message.kind == MessageKind::video;
  std::string words = message.kind == MessageKind::text ? message.text
                      : picture                         ? "（照片）"
                                                        : read_place(areas_, turn).words;
  desk_.add(turn, task, words);
  bool moved = move(turn, task);
  if (picture) return turn.say(photo, desk_.values(turn, task, false, photo));
  if (named && !category->question.empty()) return ask_what_is_missing(turn, task, category);
  bool alarm = task.kind == TaskKind::life_safety;
  TextId said = moved ? placed : alarm ? passed_on : added;
  turn.say(said, desk_.values(turn, task, true, said));
}

/// The words name a place that is not where the request is thought to be: those people are asked.
bool HelpRequestHandler::move(Turn& turn, Task& task) {
  auto place = read_place(areas_, turn, task.area);
  if (!place.area || (task.area && !place.complete)) return false;
  auto now = areas_.chain(task.household ? task.household : task.area);
  if (std::ranges::any_of(now, [&](const community::Area& area) { return area.id == place.area; }))
    return false;
  task.data["place"] = place.words;
  desk_.place(turn, task, place.area, place.household);
  return true;
}

void HelpRequestHandler::open_voice(Turn& turn, Tasks& open) {
  if (Task* task = fresh(turn, open, nullptr)) {
    desk_.add(turn, *task, "（又发来一段语音，请打电话问）");
    return turn.say(voice, desk_.values(turn, *task, false, voice));
  }
  AreaId home = turn.me().home;
  Task task = desk_.open(turn, {.kind = TaskKind::help,
                                .area = home,
                                .household = home,
                                .reporter = turn.sender(),
                                .text = "（语音消息，机器人听不了，请打电话问）",
                                .at_once = true});
  turn.say(voice, desk_.values(turn, task, false, voice));
  if (!home) ask_what_is_missing(turn, task, nullptr);
}

void HelpRequestHandler::open_new(Turn& turn, const dialog::HelpCategory* category) {
  auto place = read_place(areas_, turn);
  AreaId home = turn.me().home;
  bool high = category && category->high;
  Task task =
      desk_.open(turn, {.kind = TaskKind::help,
                        .urgency = high ? community::Urgency::high : community::Urgency::normal,
                        .area = place.area ? place.area : home,
                        .household = place.area ? place.household : home,
                        .reporter = turn.sender(),
                        .text = turn.message().kind == MessageKind::text ? turn.message().text
                                                                         : "（照片，没有写字，请问一下）",
                        .data = {{"category", category ? category->id : ""}}});
  turn.say(taken, desk_.values(turn, task, false, taken));
  ask_what_is_missing(turn, task, category);
}

void HelpRequestHandler::ask_what_is_missing(Turn& turn, const Task& task,
                                             const dialog::HelpCategory* category) {
  auto symptoms = turn.words().symptoms(turn.message().normal);
  std::erase(symptoms, "难受");  // does not say where yet
  bool ask_symptom = category && category->question == where_does_it_hurt.id && symptoms.empty();
  if (ask_symptom) {
    turn.ask("help_request", "where_does_it_hurt", where_does_it_hurt);
  } else if (!task.area) {
    turn.ask("help_request", "where", where);
  } else {
    return;
  }
  turn.remember("task", std::to_string(task.id.value));
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
