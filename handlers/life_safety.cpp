#include "handlers/life_safety.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "handlers/place.hpp"

namespace linli::handlers {

using community::Task;
using community::TaskKind;
using dialog::Answered;
using dialog::TextId;
using dialog::Turn;

namespace {

// One fixed text for each group of config/words/life_safety.toml.
constexpr std::array<TextId, 9> first_words = {{
    {"life_safety.medical"},
    {"life_safety.labour"},
    {"life_safety.fire"},
    {"life_safety.gas"},
    {"life_safety.violence"},
    {"life_safety.self_harm"},
    {"life_safety.trapped"},
    {"life_safety.missing"},
    {"life_safety.sos"},
}};
constexpr TextId where{"life_safety.where"};
constexpr TextId where_help{"life_safety.where_help"};
constexpr TextId at_home{"life_safety.at_home"};
constexpr TextId still_open{"life_safety.still_open"};
constexpr TextId again{"life_safety.again"};
constexpr TextId told{"life_safety.told"};
constexpr TextId told_roughly{"life_safety.told_roughly"};
constexpr TextId gate{"life_safety.gate"};
constexpr TextId offer{"life_safety.staff_offer"};
constexpr TextId escalated{"life_safety.staff_escalated"};
constexpr TextId placed_text{"life_safety.staff_placed"};
constexpr TextId taken_by_other{"life_safety.staff_taken_by_other"};

/// What was heard in the message (understanding/distress.hpp); nobody if it is no alarm.
const understanding::Alarm* alarm_in(const Turn& turn) {
  const auto& message = turn.message();
  const auto& alarm = message.heard.understood.alarm;
  return message.kind == dialog::MessageKind::text && alarm.alarm ? &alarm : nullptr;
}

TextId words_for(const std::string& group) {
  auto found = std::ranges::find(first_words, "life_safety." + group, &TextId::id);
  return found == first_words.end() ? first_words.back() : *found;
}

std::string vehicle_for(const std::string& group) {
  if (group == "fire" || group == "gas" || group == "trapped") return "消防车";
  return group == "violence" || group == "missing" ? "警车" : "救护车";
}

}  // namespace

std::vector<dialog::Step> LifeSafetyHandler::steps() const {
  return {{"where", where_help}};
}

std::vector<TextId> LifeSafetyHandler::texts() const {
  std::vector<TextId> all(first_words.begin(), first_words.end());
  for (TextId id : {where, where_help, at_home, still_open, again, told, told_roughly, gate, offer, escalated,
                    placed_text, taken_by_other})
    all.push_back(id);
  return all;
}

bool LifeSafetyHandler::fits(Turn& turn) {
  if (!alarm_in(turn)) return false;
  // What a grid leader reports about a ticket ("完成 12 老人昏迷已送医") is not a new alarm, nor what they
  // say to whoever they help ("12 快打120").
  auto command = turn.words().command(turn.message().normal);
  if (command && command->number &&
      (command->id == "done" || command->id == "return" || command->id == "transfer"))
    return false;
  // A word of the menu is one ("help"), unless it is a cry by itself.
  if (command && command->exact && !alarm_in(turn)->word) return false;
  // Of what staff write behind a command of theirs ("联系了 敲门没人应", "发通知 备用药放在床头") only plain
  // words count: likeness alone would make their work one alarm after another.
  if (command && !command->exact && !alarm_in(turn)->word &&
      !appointments_.of_person(turn.sender(), turn.now()).empty())
    return false;
  return !speaks_to_resident(turn);
}

bool LifeSafetyHandler::speaks_to_resident(Turn& turn) {
  const std::string& text = turn.message().normal;
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || number <= 0) return false;
  auto task = desk_.tasks().find_by_number(number);
  return task && task->owner == turn.sender() && task->state == community::TaskState::accepted;
}

std::optional<Task> LifeSafetyHandler::open_alarm(Turn& turn) {
  for (Task& task : desk_.tasks().open_of_reporter(turn.sender())) {
    if (task.kind == TaskKind::life_safety) return task;
  }
  return std::nullopt;
}

void LifeSafetyHandler::ask_where(Turn& turn, const Task& task) {
  turn.new_message();
  turn.ask("life_safety", "where", where, {{"number", std::to_string(task.number)}});
}

void LifeSafetyHandler::start(Turn& turn) {
  const auto* heard = alarm_in(turn);
  std::string id = heard ? heard->group : "sos";
  turn.say(words_for(id));
  auto alarm = open_alarm(turn);
  auto place = read_place(areas_, turn, alarm ? alarm->area : AreaId{});
  if (auto& task = alarm) {
    desk_.add(turn, *task, turn.message().text);
    if (place.area && (place.complete || !task->area)) placed(turn, *task, place.area, place.household);
    turn.say(again, {{"number", std::to_string(task->number)}});
    if (!task->area) ask_where(turn, *task);
    return;
  }
  AreaId home = turn.me().home;
  AreaId area = place.area ? place.area : home;
  AreaId household = place.area ? place.household : home;
  Task task = desk_.open(turn, {.kind = TaskKind::life_safety,
                                .urgency = community::Urgency::life,
                                .area = area,
                                .household = household,
                                .reporter = turn.sender(),
                                .text = turn.message().text,
                                .data = {{"group", id}},
                                .at_once = true});
  if (!area) return ask_where(turn, task);
  turn.new_message();
  tell_gate(turn, task);
  turn.say(!place.area ? at_home : place.complete ? told : told_roughly, desk_.values(turn, task, true));
}

Answered LifeSafetyHandler::answer(Turn& turn) {
  auto task = open_alarm(turn);
  if (!task) {
    turn.leave();
    return Answered::not_mine;
  }
  const auto& message = turn.message();
  bool text = message.kind == dialog::MessageKind::text;
  auto place = read_place(areas_, turn, task->area);
  const auto* heard = alarm_in(turn);
  if (heard && !place.area) {  // another danger, or the same again: its words, and the question once more
    start(turn);
    return Answered::taken;
  }
  if (heard && heard->group != task->data["group"]) turn.say(words_for(heard->group));
  std::string words = text || !place.words.empty() ? place.words : "（发来照片或语音，机器人看不了）";
  bool from_map = message.kind == dialog::MessageKind::location;
  if (place.area || from_map) task->data["place"] = place.words;
  desk_.add(turn, *task, words);  // whoever goes there reads it, place or not
  if (!place.area && !from_map) return Answered::not_understood;
  if (place.area) placed(turn, *task, place.area, place.household);
  turn.leave();
  turn.say(place.complete ? told : told_roughly, desk_.values(turn, *task, true));
  return Answered::taken;
}

/// The question is left, the alarm is not: whoever was asked goes on looking.
void LifeSafetyHandler::cancelled(Turn& turn) {
  turn.say(still_open, turn.dialog().values);
}
void LifeSafetyHandler::given_up(Turn& turn) {
  turn.say(still_open, turn.dialog().values);
}
bool LifeSafetyHandler::expired(Turn& turn, PersonId person, const dialog::Dialog& left) {
  turn.tell(person, still_open, left.values, {.urgency = community::Urgency::life});
  return true;
}

void LifeSafetyHandler::placed(Turn& turn, Task& task, AreaId area, AreaId household) {
  desk_.place(turn, task, area, household);
  tell_gate(turn, task);
}

/// Whoever stands at the compound's gate opens it for the ambulance.
void LifeSafetyHandler::tell_gate(Turn& turn, const Task& task) {
  auto compound = areas_.above(task.area, community::AreaKind::compound);
  if (!compound) return;
  auto person = shifts_.on_post_now(compound->id, turn.now());
  if (!person || *person == turn.sender()) return;
  auto group = task.data.find("group");
  dialog::Values values = desk_.values(turn, task, false);
  values.emplace_back("vehicle", vehicle_for(group == task.data.end() ? "" : group->second));
  turn.tell(*person, gate, values, {.urgency = community::Urgency::life, .task = task.id});
}

}  // namespace linli::handlers
