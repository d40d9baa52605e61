#include "handlers/life_safety.hpp"

#include <algorithm>
#include <array>

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
    {"life_safety.medical"}, {"life_safety.labour"}, {"life_safety.fire"}, {"life_safety.gas"},
    {"life_safety.violence"}, {"life_safety.self_harm"}, {"life_safety.trapped"}, {"life_safety.missing"},
    {"life_safety.sos"},
}};
constexpr TextId where{"life_safety.where"};
constexpr TextId where_help{"life_safety.where_help"};
constexpr TextId at_home{"life_safety.at_home"};
constexpr TextId again{"life_safety.again"};
constexpr TextId told{"life_safety.told"};
constexpr TextId told_roughly{"life_safety.told_roughly"};
constexpr TextId gate{"life_safety.gate"};
constexpr TextId offer{"life_safety.staff_offer"};
constexpr TextId escalated{"life_safety.staff_escalated"};
constexpr TextId placed_text{"life_safety.staff_placed"};

TextId words_for(const std::string& group) {
  auto found = std::ranges::find(first_words, "life_safety." + group, &TextId::id);
  return found == first_words.end() ? first_words.back() : *found;
}

std::string vehicle_for(const std::string& group) {
  if (group == "fire" || group == "gas" || group == "trapped") return "消防车";
  return group == "violence" || group == "missing" ? "警车" : "救护车";
}

}  // namespace

std::vector<dialog::Step> LifeSafetyHandler::steps() const { return {{"where", where_help}}; }

std::vector<TextId> LifeSafetyHandler::texts() const {
  std::vector<TextId> all(first_words.begin(), first_words.end());
  for (TextId id : {where, where_help, at_home, again, told, told_roughly, gate, offer, escalated, placed_text}) all.push_back(id);
  return all;
}

bool LifeSafetyHandler::fits(Turn& turn) {
  if (turn.message().kind != dialog::MessageKind::text) return false;
  if (!turn.words().life_safety(turn.message().normal)) return false;
  // What a grid leader reports about a ticket ("完成 12 老人昏迷已送医") is not a new alarm.
  auto command = turn.words().command(turn.message().normal);
  return !(command && command->number && (command->id == "done" || command->id == "return" || command->id == "transfer"));
}

std::optional<Task> LifeSafetyHandler::open_alarm(Turn& turn) {
  for (Task& task : desk_.tasks().open_of_reporter(turn.sender())) {
    if (task.kind == TaskKind::life_safety) return task;
  }
  return std::nullopt;
}

void LifeSafetyHandler::start(Turn& turn) {
  const auto* group = turn.words().life_safety(turn.message().normal);
  std::string id = group ? group->id : "sos";
  turn.say(words_for(id));
  if (auto task = open_alarm(turn)) {
    desk_.add(turn, *task, turn.message().text);
    turn.say(again, {{"number", std::to_string(task->number)}});
    if (!task->area) {
      turn.new_message();
      turn.ask("life_safety", "where", where);
    }
    return;
  }
  auto place = read_place(areas_, turn);
  AreaId home = turn.me().home;
  AreaId area = place.area ? place.area : home;
  AreaId household = place.area ? place.household : home;
  Task task = desk_.open(turn, {.kind = TaskKind::life_safety, .urgency = community::Urgency::life, .area = area,
                                .household = household, .reporter = turn.sender(), .text = turn.message().text,
                                .data = {{"group", id}}, .at_once = true});
  turn.new_message();
  if (!area) return turn.ask("life_safety", "where", where);
  tell_gate(turn, task);
  turn.say(place.area ? told : at_home, desk_.values(turn, task, true));
}

Answered LifeSafetyHandler::answer(Turn& turn) {
  auto task = open_alarm(turn);
  if (!task) {
    turn.leave();
    return Answered::not_mine;
  }
  auto place = read_place(areas_, turn);
  bool from_map = turn.message().kind == dialog::MessageKind::location;
  if (!place.words.empty()) {
    task->data["place"] = place.words;
    if (!place.area) desk_.add(turn, *task, place.words);  // whoever goes there sees it, found or not
  }
  if (!place.area && !from_map) return Answered::not_understood;
  if (place.area) placed(turn, *task, place.area, place.household);
  turn.leave();
  turn.say(place.complete ? told : told_roughly, desk_.values(turn, *task, true));
  return Answered::taken;
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
