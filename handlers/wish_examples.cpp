// 例句: what people meant by words that were not clear, listed and decided by an office.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "handlers/wish.hpp"
#include "handlers/wish_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Role;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr int shown = 5;
constexpr std::string_view right = "是", refuse = "不要";

}  // namespace

/// What is learnt counts for everybody who writes, so the street and the district decide, not a community.
bool WishHandler::may_decide(Turn& turn) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  return std::ranges::any_of(held, [&](const store::Appointment& one) {
    if (one.role != Role::on_call && one.role != Role::publicist) return false;
    auto area = l_.areas.find(one.area);
    return area && (area->kind == AreaKind::district || area->kind == AreaKind::street ||
                    area->kind == AreaKind::township);
  });
}

bool WishHandler::command(Turn& turn, const dialog::Command& command) {
  if (!may_decide(turn)) return turn.say(wish::refused), true;
  if (!command.number) return list(turn), true;
  auto example = l_.examples.find(*command.number);
  if (!example || example->state != "suggested") return turn.say(wish::not_there), true;
  if (!decide(turn, *example, command.rest)) ask_about(turn, *example);
  return true;
}

void WishHandler::list(Turn& turn) {
  auto examples = l_.examples.suggested(shown);
  if (examples.empty()) return turn.say(wish::list_none);
  std::string lines;
  for (const auto& one : examples)
    lines += fmt::format("\n{} “{}” → {}（{} 次）", one.id, one.wording, rules_.name(one.intent), one.times);
  turn.say(wish::list, {{"lines", lines},
                        {"count", std::to_string(l_.examples.count_suggested())},
                        {"first", std::to_string(examples.front().id)}});
}

void WishHandler::ask_about(Turn& turn, const store::Example& example) {
  std::string names;
  for (const auto& intent : rules_.intents()) names += (names.empty() ? "" : "；") + rules_.name(intent);
  turn.ask(topic(), "decide", wish::ask_decision,
           {{"wording", example.wording},
            {"times", std::to_string(example.times)},
            {"name", rules_.name(example.intent)},
            {"names", names}},
           {std::string(right), std::string(refuse)});
  turn.remember("example", std::to_string(example.id));
}

/// False if the words decide nothing.
bool WishHandler::decide(Turn& turn, const store::Example& example, std::string_view said) {
  if (said.empty()) return false;
  const auto& words = turn.words();
  bool no = said == refuse || said == "不学" || words.is_command("no", said);
  std::string intent = said == right || words.is_command("yes", said) ? example.intent : std::string();
  constexpr std::string_view change = "改";
  if (said.starts_with(change)) {
    said.remove_prefix(change.size());
    said.remove_prefix(std::min(said.find_first_not_of(" :,"), said.size()));
  }
  if (!no && intent.empty()) intent = rules_.named(said);
  if (!no && intent.empty()) return false;
  turn.leave();
  if (no)
    l_.examples.reject(example, turn.sender(), turn.now());
  else
    l_.examples.approve(example, intent, turn.sender(), turn.now());
  turn.say(no ? wish::rejected : wish::approved, {{"wording", example.wording},
                                                  {"name", rules_.name(intent)},
                                                  {"left", std::to_string(l_.examples.count_suggested())}});
  return true;
}

Answered WishHandler::answer_decision(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != dialog::MessageKind::text) return Answered::not_understood;
  if (auto command = turn.words().command(message.normal); command && command->id == "examples") {
    turn.leave();
    this->command(turn, *command);
    return Answered::taken;
  }
  std::int64_t id = 0;
  std::string kept = turn.answer("example");
  std::from_chars(kept.data(), kept.data() + kept.size(), id);
  auto example = l_.examples.find(id);
  if (!example || example->state != "suggested") {  // somebody else decided meanwhile
    turn.leave();
    turn.say(wish::not_there);
    return Answered::taken;
  }
  auto choice = turn.choice();
  return decide(turn, *example, choice ? *choice : message.normal) ? Answered::taken
                                                                   : Answered::not_understood;
}

}  // namespace linli::handlers
