// Findings: what somebody on a round has seen becomes a ticket of whoever is responsible for the place, and
// the finder hears how it ends.
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/patrol.hpp"
#include "handlers/patrol_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::TaskKind;
using community::TaskState;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr std::size_t least_words = 2;  // characters that say something

/// What was written behind the command's word, as it was written.
std::string behind_word(std::string_view text) {
  auto end = text.find_first_of(" \t,:");
  for (std::string_view mark : {"，", "：", "。", "　"}) end = std::min(end, text.find(mark));
  if (end == text.npos) return {};
  std::string_view rest = text.substr(end);
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view mark : {" ", "\t", ",", ":", "，", "：", "。", "　"}) {
      if (rest.starts_with(mark)) rest.remove_prefix(mark.size()), cut = true;
    }
  }
  return std::string(rest);
}

}  // namespace

/// "发现 3号楼后面垃圾没清"; of somebody who walks no rounds it is ordinary text.
bool PatrolHandler::finding_command(Turn& turn, const dialog::Command& command) {
  if (own_areas(turn).empty()) return false;
  if (command.exact) {
    ask_found(turn, nullptr);
    return true;
  }
  std::string words = behind_word(turn.message().text);
  if (words.empty()) words = std::string(behind_command(turn.message().normal));
  bool on_round = turn.dialog().topic == topic() && turn.dialog().step == "round";
  if (found(turn, words, nullptr) && on_round) go_on(turn, "");
  return true;
}

void PatrolHandler::ask_found(Turn& turn, const Point* point) {
  turn.ask(topic(), "found", patrol::ask_found, {{"where", point ? point->name : "哪儿"}});
  turn.remember("point", point ? std::to_string(point->id) : "");
  turn.remember("words", "");
}

/// Where it is: named in the words and inside the sender's areas; else the point; else where they were a
/// moment ago; else their only compound.
AreaId PatrolHandler::place_of(Turn& turn, std::string_view normal, const Point* point) {
  auto own = own_areas(turn);
  if (own.empty()) return {};
  auto recent = point ? std::nullopt : l_.patrol.last_of(turn.sender(), turn.now() - rules_.at_point_for);
  const Point* at = point ? point : recent ? &*recent : nullptr;
  AreaId near = at ? at->area : own.front().id;
  auto named = l_.areas.find_in_text(normal, near);
  if (named.area && !named.ambiguous && named.area->kind > AreaKind::village) {
    for (const Area& area : own) {
      if (named.area->path.starts_with(area.path)) return named.area->id;
    }
  }
  if (at) return at->area;
  if (own.size() == 1 && own.front().kind >= AreaKind::village) return own.front().id;
  return {};
}

bool PatrolHandler::found(Turn& turn, const std::string& words, const Point* point) {
  std::string normal = turn.message().normal;
  AreaId area = place_of(turn, normal, point);
  std::string site = turn.dialog().topic == topic() ? turn.answer("site") : "";
  if (!area && !site.empty()) area = AreaId{std::stoll(site)};
  if (area) {
    open_finding(turn, words, area, point);
    return true;
  }
  turn.ask(topic(), "found", patrol::ask_where);
  turn.remember("words", words);
  return false;
}

void PatrolHandler::open_finding(Turn& turn, const std::string& words, AreaId area, const Point* point) {
  const auto* kind = rules_.kind_in(normalise(words));
  auto recent = point ? std::nullopt : l_.patrol.last_of(turn.sender(), turn.now() - rules_.at_point_for);
  std::string at = point ? point->name : recent && recent->area == area ? recent->name : "";
  std::string name = kind ? kind->name : "其他";
  dialog::NewTask wanted{.kind = TaskKind::finding, .area = area, .reporter = turn.sender(), .at_once = true};
  auto place = l_.areas.find(area);
  if (place && place->kind == AreaKind::household) wanted.household = area;
  if (kind && kind->urgent) wanted.urgency = dialog::Urgency::high;
  wanted.text = fmt::format("【{}】{}{}", name, words, at.empty() ? "" : "（" + at + "）");
  wanted.data["category"] = kind ? kind->id : "other";
  if (point) wanted.data["point"] = point->code;
  Task task = desk_.open(turn, std::move(wanted));
  turn.say(
      patrol::taken,
      {{"number", std::to_string(task.number)}, {"kind", name}, {"where", l_.areas.building_text(area)}});
}

Answered PatrolHandler::answer_found(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != dialog::MessageKind::text || utf8_length(message.normal) < least_words)
    return Answered::not_understood;
  std::string id = turn.answer("point"), before = turn.answer("words");
  auto point = id.empty() ? std::nullopt : l_.patrol.find(std::stoll(id));
  if (!before.empty() && !place_of(turn, message.normal, nullptr)) return Answered::not_understood;
  std::string site = turn.answer("site");
  if (!found(turn, before.empty() ? message.text : before + "（" + message.text + "）",
             point ? &*point : nullptr))
    return Answered::taken;
  if (site.empty())
    turn.leave();
  else
    go_on(turn, point ? point->name : "");
  return Answered::taken;
}

// --- how it ended

void PatrolHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (!task || task->state != TaskState::done) return turn.redirect("menu");  // settled by somebody else
  settle(turn, *task, digit == "1");
}

void PatrolHandler::settle(Turn& turn, Task& task, bool solved) {
  if (solved)
    desk_.confirm(turn, task);
  else
    desk_.reopen(turn, task, "巡访的人去看了，还没解决");
  turn.say(solved ? patrol::solved : patrol::unsolved, {{"number", std::to_string(task.number)}});
}

}  // namespace linli::handlers
