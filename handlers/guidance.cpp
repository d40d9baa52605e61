#include "handlers/guidance.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/guidance_texts.hpp"
#include "handlers/report_back.hpp"

namespace linli::handlers {

using community::TaskKind;
using dialog::Answered;
using dialog::MessageKind;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr std::array<std::string_view, 14> next_words = {"下一步", "下一条", "下一个", "下一项", "往下",
                                                         "然后呢", "然后",   "还有呢", "好",     "好的",
                                                         "好了",   "看完了", "n",      "next"};
constexpr std::array<std::string_view, 5> all_words = {"全部", "一次看完", "都看", "看全部", "全看"};
constexpr std::size_t least_words = 3;  // characters that ask something

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view normal) {
  return std::ranges::find(words, normal) != words.end();
}

std::string day_text(Day day) {
  return fmt::format("{}月{}日", day.month, day.day);
}

}  // namespace

std::vector<dialog::Step> GuidanceHandler::steps() const {
  return {{"menu", guidance::menu_help}, {"step", guidance::step_help}};
}

std::vector<TextId> GuidanceHandler::texts() const {
  return {std::begin(guidance::all), std::end(guidance::all)};
}

bool GuidanceHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "answer_question" || command.id == "done") return reply(turn, command);
  std::string words(command.exact ? std::string_view{} : behind_command(turn.message().normal));
  if (command.id == "ask_officer") {
    if (utf8_length(words) < least_words)
      turn.say(guidance::ask_how);
    else
      questions_.ask(turn, words);
    return true;
  }
  if (words.empty())
    menu(turn);
  else
    look_up(turn, words);
  return true;
}

/// "怎么消毒" where a card tells it; not "怎么还没消毒", which waits for somebody. What a rule says is told
/// by the question list, whose topic is asked before this one.
bool GuidanceHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text) return false;
  if (read_report_back(turn, desk_, TaskKind::question)) return true;
  const bool rule = cards_.asks_rule(message.normal);
  if (!rule && !cards_.asks_how(message.normal)) return false;
  if (wants_more_than_an_answer(turn) || turn.words().mentions("asking", message.normal)) return false;
  if (cards_.named(message.normal).empty()) return false;
  return rule || !turn.words().mentions("status", message.normal);
}

void GuidanceHandler::start(Turn& turn) {
  if (auto said = read_report_back(turn, desk_, TaskKind::question))
    return settle(turn, said->task, said->solved);
  look_up(turn, turn.message().text);
}

/// The card that the words name; what none tells is offered to an officer.
void GuidanceHandler::look_up(Turn& turn, const std::string& words) {
  auto found = cards_.named(normalise(words));
  if (!found.empty()) return show(turn, *found.front());
  if (utf8_length(words) < least_words) return menu(turn);
  questions_.offer(turn, words);
}

const community::GuidanceVersion& GuidanceHandler::version(Turn& turn, const Card& card) {
  return card.on(turn.zone().day(turn.now()));
}

/// Was an older version read, not long ago?
bool GuidanceHandler::is_newer(Turn& turn, const Card& card) {
  auto last = l_.guidance.last(turn.sender(), card.id);
  return last && last->version < version(turn, card).number &&
         turn.now() - last->at <= cards_.tell_changed_within;
}

void GuidanceHandler::menu(Turn& turn) {
  if (turn.dialog().topic == topic()) turn.leave();
  std::string lines;
  std::vector<std::string> titles;
  for (const Card& card : cards_.cards()) {
    titles.push_back(card.title);
    lines += fmt::format("\n{} {}{}", titles.size(), card.title, is_newer(turn, card) ? "（有更新）" : "");
  }
  turn.ask(topic(), "menu", guidance::menu, {{"lines", lines}}, std::move(titles));
}

void GuidanceHandler::show(Turn& turn, const Card& card) {
  if (turn.dialog().topic == topic()) turn.leave();
  const auto& now = version(turn, card);
  if (is_newer(turn, card))
    turn.say(guidance::changed,
             {{"title", card.title}, {"date", day_text(now.from)}, {"changed", now.changed}});
  l_.guidance.note(turn.sender(), {card.id, now.number, turn.now()});
  if (cards_.whole(now)) return show_all(turn, card);
  show_step(turn, card, 1);
}

void GuidanceHandler::show_all(Turn& turn, const Card& card) {
  std::string lines;
  const auto& now = version(turn, card);
  for (std::size_t i = 0; i < now.steps.size(); ++i) lines += fmt::format("\n{} {}", i + 1, now.steps[i]);
  if (turn.dialog().topic == topic()) turn.leave();
  turn.say(guidance::whole,
           {{"title", card.title}, {"lines", lines}, {"date", day_text(now.from)}, {"who", card.ask}});
}

void GuidanceHandler::show_step(Turn& turn, const Card& card, std::size_t step) {
  const auto& steps = version(turn, card).steps;
  dialog::Values said{{"title", card.title},
                      {"at", std::to_string(step)},
                      {"of", std::to_string(steps.size())},
                      {"text", steps[step - 1]},
                      {"who", card.ask}};
  if (step == steps.size()) {
    if (turn.dialog().topic == topic()) turn.leave();
    return turn.say(guidance::last_step, said);
  }
  turn.ask(topic(), "step", guidance::step, said);
  turn.remember("card", card.id);
  turn.remember("step", std::to_string(step));
}

Answered GuidanceHandler::answer(Turn& turn) {
  if (turn.message().kind != MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(turn.message().normal);
  auto own = commands();
  if (command && std::ranges::find(own, command->id) != own.end()) {
    if (command->id == "done" || command->id == "answer_question") return Answered::not_mine;
    turn.leave();
    this->command(turn, *command);
    return Answered::taken;
  }
  return turn.dialog().step == "menu" ? answer_menu(turn) : answer_step(turn);
}

Answered GuidanceHandler::answer_menu(Turn& turn) {
  if (auto choice = turn.choice()) {
    auto card = std::ranges::find(cards_.cards(), *choice, &Card::title);
    if (card == cards_.cards().end()) return Answered::not_understood;
    show(turn, *card);
    return Answered::taken;
  }
  const std::string& normal = turn.message().normal;
  bool known = !cards_.named(normal).empty();
  bool asks = cards_.asks_how(normal) || cards_.asks_rule(normal);
  if (!known && !asks) return Answered::not_understood;
  look_up(turn, turn.message().text);
  return Answered::taken;
}

Answered GuidanceHandler::answer_step(Turn& turn) {
  const Card* card = cards_.of(turn.answer("card"));
  std::size_t at = turn.answer("step").empty() ? 1 : std::stoul(turn.answer("step"));
  if (!card || at >= version(turn, *card).steps.size()) {  // of an older configuration
    turn.leave();
    return Answered::not_mine;
  }
  const std::string& normal = turn.message().normal;
  if (one_of(next_words, normal)) {
    show_step(turn, *card, at + 1);
    return Answered::taken;
  }
  if (one_of(all_words, normal)) {
    show_all(turn, *card);
    return Answered::taken;
  }
  std::size_t number = 0;
  auto [end, ec] = std::from_chars(normal.data(), normal.data() + normal.size(), number);
  bool digits = ec == std::errc{} && end == normal.data() + normal.size();
  if (digits && number >= 1 && number <= version(turn, *card).steps.size()) {
    show_step(turn, *card, number);
    return Answered::taken;
  }
  return fits(turn) ? Answered::not_mine : Answered::not_understood;
}

}  // namespace linli::handlers
