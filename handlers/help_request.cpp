#include "handlers/help_request.hpp"

#include <algorithm>

#include "bot/base/utf8.hpp"
#include "bot/community/invitation.hpp"
#include "bot/community/mask.hpp"
#include "bot/community/request_words.hpp"
#include "bot/community/temperature.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/help_request_texts.hpp"
#include "handlers/place.hpp"
#include "handlers/plain_wish.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::MessageKind;
using dialog::TextId;
using dialog::Turn;
using namespace help_request;

namespace {

constexpr Seconds belongs_within{10 * 60};         // what follows within this time is about the same request
constexpr Seconds alarm_belongs_within{2 * 3600};  // and nothing said after an alarm is lost

constexpr double sure = 0.85, beyond_doubt = 0.97;  // of another topic, to give way to it

constexpr std::size_t short_words = 5;  // "还在吗", "有人没": nothing but asking

constexpr std::size_t shortest_room = 3;  // "401" may be where somebody lives; "1" answers a question

std::string data_of(const Task& task, const std::string& key) {
  auto found = task.data.find(key);
  return found == task.data.end() ? std::string() : found->second;
}

/// Under which category a request stands that no word of the lists names.
std::string_view category_of(std::string_view intent) {
  if (intent == "help_supplies") return "food";
  if (intent == "help_medical") return "illness";
  if (intent == "help_mental") return "mental";
  return "sanitation";
}

/// Things are brought: numbers with a measure say how many.
bool is_goods(std::string_view category) {
  return category == "food" || category == "medicine" || category == "childcare";
}

bool only_digits(const std::string& normal) {
  return normal.find_first_not_of("0123456789") == normal.npos;
}

Time last_words(const Task& task) {
  std::string at = data_of(task, "last_words");
  return at.empty() ? task.opened_at : Time{Seconds{std::stoll(at)}};
}

}  // namespace

std::vector<dialog::Step> HelpRequestHandler::steps() const {
  return {{"what", what_help},
          {"where", where_help},
          {"where_does_it_hurt", where_does_it_hurt_help},
          {"complaint", complaint_help}};
}

std::vector<TextId> HelpRequestHandler::texts() const {
  return {taken,
          taken_at_night,
          urged,
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
          complaint_what,
          complaint_help,
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

/// What a resident calls "my request". Somebody who waits for a human may write meanwhile what it is about.
bool HelpRequestHandler::is_request(const Task& task) {
  return task.kind == TaskKind::help || task.kind == TaskKind::life_safety ||
         (task.kind == TaskKind::human && task.state == TaskState::open);
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

/// "建议给发烧的人单独开个通道" names an illness and asks nobody for help. What is urgent gives way only to
/// what is beyond doubt, and nothing that may belong to an open request does.
double HelpRequestHandler::gives_way_above(Turn& turn) {
  const auto& words = turn.words();
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || words.mentions("complaint", message.normal)) return never;
  const auto* category = words.help_category(message.normal);
  if (!category && !words.mentions("asking", message.normal)) return never;
  Tasks open = open_ones(turn);
  if (fresh(turn, open, category)) return never;
  return category && category->high ? beyond_doubt : sure;
}

void HelpRequestHandler::start(Turn& turn) {
  const auto* category = turn.words().help_category(turn.message().normal);
  // "睡不着，老想哭" has a word of an illness in it; "哪里不舒服" is no question to that.
  bool low_in_spirits = category && category->id == "illness" && plain_wish(turn.message()) == "help_mental";
  serve(turn, low_in_spirits ? turn.words().category("mental") : category);
}

/// No word names what is lacking, but it resembles what others lacked.
bool HelpRequestHandler::wish(Turn& turn, std::string_view intent) {
  const auto* category = turn.words().help_category(turn.message().normal);
  bool well = intent == "help_medical" && denies_illness(turn.words(), turn.message().normal);
  if (well) return false;  // "我没有不舒服，就是想问……"
  serve(turn, category ? category : turn.words().category(category_of(intent)));
  return true;
}

void HelpRequestHandler::serve(Turn& turn, const dialog::HelpCategory* category) {
  Tasks open = open_ones(turn);
  const auto& message = turn.message();
  if (message.kind == MessageKind::voice) return open_voice(turn, open);
  if (turn.words().mentions("complaint", message.normal)) return complain(turn, open);
  if (about_open_one(turn, open)) return;
  if (open.empty() && about_closed_one(turn)) return;
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

/// A complaint about a person never reaches that person. "我要投诉" alone says nothing that could be looked
/// into.
void HelpRequestHandler::complain(Turn& turn, const Tasks& open) {
  if (turn.dialog().step != "complaint" && turn.words().is("bare_complaint", turn.message().normal))
    return turn.ask("help_request", "complaint", complaint_what);
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
  if (std::string phone = community::phone_in(message.normal); !phone.empty()) task.data["phone"] = phone;
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
  bool high = (category && category->high) || turn.words().says("urgent", turn.message().normal);
  const auto& message = turn.message();
  auto said_too = community::request_words(message.normal, category && is_goods(category->id));
  std::string text = message.kind == MessageKind::text ? message.text : "（照片，没有写字，请问一下）";
  if (std::string also = said_too.summary(); !also.empty()) text += "\n" + also;
  std::map<std::string, std::string> data{{"category", category ? category->id : ""}};
  if (!said_too.phone.empty()) data["phone"] = said_too.phone;  // shown to whoever has accepted
  Task task = desk_.open(turn, {.kind = TaskKind::help,
                                .urgency = high ? community::Urgency::high : community::Urgency::normal,
                                .area = place.area ? place.area : home,
                                .household = place.area ? place.household : home,
                                .reporter = turn.sender(),
                                .text = std::move(text),
                                .data = std::move(data)});
  const auto& quiet = turn.around().quiet;
  bool waits = task.urgency == community::Urgency::normal && quiet.at(turn.now());
  TextId said = waits ? taken_at_night : taken;
  auto values = desk_.values(turn, task, false, said);
  values.emplace_back("morning", turn.zone().clock_text(quiet.end(turn.now())));
  turn.say(said, values);
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

}  // namespace linli::handlers
