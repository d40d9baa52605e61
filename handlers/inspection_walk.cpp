// The questions of an inspection, one an item. Each answer is kept at once: an inspection that is interrupted
// goes on where it was, and one that is not gone on with ends with what was looked at.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "handlers/inspection.hpp"
#include "handlers/inspection_texts.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr std::string_view good_choice = "好", bad_choice = "有问题";
constexpr std::array<std::string_view, 9> good_words = {"好",   "好的",   "正常", "没问题", "合格",
                                                        "可以", "好着呢", "行",   "到位"};
constexpr std::array<std::string_view, 5> area_words = {"都好", "这块都好", "这一块都好", "本项都好",
                                                        "这类都好"};
constexpr std::array<std::string_view, 9> all_words = {
    "全好", "全部都好", "全都好", "都没问题", "全部合格", "全合格", "全部没问题", "样样都好", "剩下都好"};
constexpr std::array<std::string_view, 6> previous_words = {"上一条", "上一条错了", "改上一条",
                                                            "上一项", "上一项错了", "改上一项"};
constexpr std::size_t least_words = 3;  // characters that name a shortcoming

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view normal) {
  while (normal.ends_with("了") || normal.ends_with("。")) normal.remove_suffix(3);
  while (normal.ends_with(".") || normal.ends_with("!")) normal.remove_suffix(1);
  return std::ranges::find(words, normal) != words.end();
}

std::string key_of(std::int64_t inspection) {
  return fmt::format("inspection:{}", inspection);
}

}  // namespace

void InspectionHandler::begin(Turn& turn, const Area& site) {
  if (turn.dialog().topic == topic()) turn.leave();
  auto running = l_.inspections.under_way(turn.sender(), site.id);
  if (running) {
    auto seen = l_.inspections.items(running->id).size();
    turn.say(inspect::carried_on, {{"where", site.name}, {"count", std::to_string(seen)}});
    return ask_next(turn, *running);
  }
  Inspection inspection{.site = site.id, .inspector = turn.sender(), .begun_at = turn.now()};
  l_.inspections.begin(inspection);
  turn.around().dues.set({key_of(inspection.id), turn.now() + rules_.carry_on_within, std::string(topic()),
                          inspection.id, "finish"});
  turn.say(inspect::begun, {{"where", site.name}, {"count", std::to_string(rules_.items())}});
  ask_next(turn, inspection);
}

std::optional<store::Inspection> InspectionHandler::current(const dialog::Dialog& dialog) {
  auto id = dialog.answers.find("inspection");
  if (id == dialog.answers.end() || id->second.empty()) return std::nullopt;
  auto inspection = l_.inspections.find(std::stoll(id->second));
  if (!inspection || inspection->ended_at) return std::nullopt;
  return inspection;
}

/// The first item that has no answer yet; when there is none, the inspection is over.
void InspectionHandler::ask_next(Turn& turn, const Inspection& inspection) {
  auto items = l_.inspections.items(inspection.id);
  for (const auto& area : rules_.areas()) {
    for (const auto& item : area.items) {
      if (std::ranges::find(items, item.id, &store::InspectionItem::item) == items.end())
        return ask_item(turn, inspection, item);
    }
  }
  turn.leave();
  auto said = sums(turn, inspection);
  said.emplace_back("lines", finish(turn, inspection));
  turn.say(inspect::finished, said);
}

void InspectionHandler::ask_item(Turn& turn, const Inspection& inspection,
                                 const community::InspectionPoint& item) {
  const auto* area = rules_.area_of(item.id);
  auto at =
      std::ranges::find(area->items, item.id, &community::InspectionPoint::id) - area->items.begin() + 1;
  turn.ask(topic(), "item", inspect::item,
           {{"area", area->name},
            {"at", std::to_string(at)},
            {"of", std::to_string(area->items.size())},
            {"what", item.name}},
           {std::string(good_choice), std::string(bad_choice)});
  turn.remember("inspection", std::to_string(inspection.id));
  turn.remember("item", item.id);
}

dialog::Answered InspectionHandler::answer(Turn& turn) {
  if (turn.message().kind == MessageKind::text) {
    auto command = turn.words().command(turn.message().normal);
    bool own = command && (command->id == "inspection" || command->id == "inspection_record" ||
                           command->id == "recheck");
    if (own) return Answered::not_mine;
  }
  if (turn.dialog().step == "site") return answer_site(turn);
  auto inspection = current(turn.dialog());
  if (!inspection) {
    turn.leave();
    turn.say(inspect::over);
    return Answered::taken;
  }
  if (turn.dialog().step == "what") return answer_what(turn, *inspection);
  return answer_item(turn, *inspection);
}

Answered InspectionHandler::answer_site(Turn& turn) {
  if (turn.message().kind != MessageKind::text) return Answered::not_understood;
  auto own = areas_of(turn, false);
  auto choice = turn.choice();
  for (const Area& site : sites(own)) {
    bool named = choice ? site.name == *choice : turn.message().normal.find(site.name) != std::string::npos;
    if (!named) continue;
    begin(turn, site);
    return Answered::taken;
  }
  return Answered::not_understood;
}

Answered InspectionHandler::answer_item(Turn& turn, const Inspection& inspection) {
  if (turn.message().kind != MessageKind::text) return Answered::not_understood;
  const std::string& normal = turn.message().normal;
  auto choice = turn.choice();
  if ((choice && *choice == good_choice) || one_of(good_words, normal)) {
    l_.inspections.answer(inspection.id, {turn.answer("item"), true, {}, {}});
    ask_next(turn, inspection);
  } else if (one_of(all_words, normal) || one_of(area_words, normal)) {
    good_until(turn, inspection, !one_of(all_words, normal));
  } else if (one_of(previous_words, normal)) {
    const community::InspectionPoint* previous = nullptr;
    for (const auto& area : rules_.areas()) {
      for (const auto& item : area.items) {
        if (item.id == turn.answer("item")) {
          ask_item(turn, inspection, previous ? *previous : item);
          return Answered::taken;
        }
        previous = &item;
      }
    }
  } else if (choice) {
    const auto* item = rules_.item(turn.answer("item"));
    turn.ask(topic(), "what", inspect::what, {{"what", item ? item->name : ""}});
  } else if (utf8_length(normal) >= least_words) {
    shortcoming(turn, inspection, turn.message().text);
  } else {
    return Answered::not_understood;
  }
  return Answered::taken;
}

/// Everything still open is good: of this area of attention, or of all.
void InspectionHandler::good_until(Turn& turn, const Inspection& inspection, bool whole_area_only) {
  const auto* here = rules_.area_of(turn.answer("item"));
  auto items = l_.inspections.items(inspection.id);
  int count = 0;
  for (const auto& area : rules_.areas()) {
    if (whole_area_only && &area != here) continue;
    for (const auto& item : area.items) {
      if (std::ranges::find(items, item.id, &store::InspectionItem::item) != items.end()) continue;
      l_.inspections.answer(inspection.id, {item.id, true, {}, {}});
      ++count;
    }
  }
  turn.say(inspect::all_good, {{"count", std::to_string(count)}});
  ask_next(turn, inspection);
}

void InspectionHandler::shortcoming(Turn& turn, const Inspection& inspection, std::string_view words) {
  l_.inspections.answer(inspection.id, {turn.answer("item"), false, std::string(words), {}});
  turn.say(inspect::noted);
  ask_next(turn, inspection);
}

Answered InspectionHandler::answer_what(Turn& turn, const Inspection& inspection) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || utf8_length(message.normal) < least_words)
    return Answered::not_understood;
  shortcoming(turn, inspection, message.text);
  return Answered::taken;
}

/// Put aside: what was looked at is kept, and one in which nothing was is dropped.
void InspectionHandler::cancelled(Turn& turn) {
  auto inspection = current(turn.dialog());
  if (!inspection) return;
  auto seen = l_.inspections.items(inspection->id).size();
  auto site = l_.areas.find(inspection->site);
  if (seen == 0) {
    turn.around().dues.drop(key_of(inspection->id));
    return l_.inspections.drop(inspection->id);
  }
  turn.say(inspect::left, {{"count", std::to_string(seen)},
                           {"where", site ? site->name : ""},
                           {"until", turn.when(inspection->begun_at + rules_.carry_on_within)}});
}

bool InspectionHandler::expired(Turn& turn, PersonId person, const dialog::Dialog& dialog) {
  auto inspection = current(dialog);
  if (!inspection) return false;
  auto seen = l_.inspections.items(inspection->id).size();
  auto site = l_.areas.find(inspection->site);
  turn.tell(person, inspect::left,
            {{"count", std::to_string(seen)},
             {"where", site ? site->name : ""},
             {"until", turn.when(inspection->begun_at + rules_.carry_on_within)}},
            {.keep = rules_.carry_on_within});
  return true;
}

}  // namespace linli::handlers
