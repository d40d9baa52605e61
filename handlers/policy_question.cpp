#include "handlers/policy_question.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/plain_wish.hpp"
#include "handlers/policy_question_texts.hpp"

namespace linli::handlers {

using community::Question;
using dialog::Answered;
using dialog::MessageKind;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr std::size_t least_words = 3;  // characters that ask something

/// How likely the message asks about a rule; certain where somebody has said that it does.
double policy_share(const dialog::Message& message) {
  const auto& shares = message.heard.understood.guess.shares;
  for (std::size_t i = 0; i < shares.size() && i < understanding::intent_names.size(); ++i) {
    if (understanding::intent_names[i] == "policy_question") return shares[i];
  }
  return 1;
}

}  // namespace

std::vector<dialog::Step> PolicyQuestionHandler::steps() const {
  return {{"question", policy::question_help}, {"which", policy::which_help},
          {"forward", policy::forward_help},   {"wording", policy::wording_help},
          {"reply", policy::reply_help},       {"source", policy::source_help},
          {"until", policy::until_help},       {"change", policy::change_help}};
}

std::vector<TextId> PolicyQuestionHandler::texts() const {
  return {std::begin(policy::all), std::end(policy::all)};
}

/// The one of those entries that ask the same that holds here and now.
std::optional<Question> PolicyQuestionHandler::holding(Turn& turn, std::string_view title_key) {
  std::optional<Question> best;
  auto& areas = desk_.areas();
  AreaId place = desk_.place_of(turn);
  if (!place) place = desk_.root();
  const std::string today = turn.zone().iso_day(turn.zone().day(turn.now()));
  for (auto& question : desk_.list().alike(title_key)) {
    if (!question.holds(today)) continue;
    if (question.area) {
      auto above = areas.chain(place);
      if (std::ranges::find(above, question.area, &community::Area::id) == above.end()) continue;
    }
    if (!question.levels.empty() && !question.at_level(areas.level(place))) continue;
    if (best && best->area && !question.area) continue;  // what is said of the own place comes first
    best = std::move(question);
  }
  return best;
}

PolicyQuestionHandler::Found PolicyQuestionHandler::look(Turn& turn) {
  Found found;
  const auto& heard = turn.message().heard.questions;
  const double share = policy_share(turn.message());
  std::set<std::string> seen;
  if (auto key = community::question_key(turn.message().text); !key.empty()) {
    found.sure = holding(turn, key);
    if (found.sure) return found;
  }
  if (!heard.answer() && !heard.suggest()) return found;
  for (std::size_t i = 0; i < heard.ids.size(); ++i) {
    auto known = heard.ids[i] > 0 ? desk_.list().find(QuestionId{heard.ids[i]}) : std::nullopt;
    if (!known || !seen.insert(community::question_key(known->title())).second) continue;
    auto question = holding(turn, community::question_key(known->title()));
    if (!question) continue;
    if (i == 0 && heard.answer() && desk_.rules().may_answer(share)) {
      found.sure = std::move(question);
      return found;
    }
    found.offers.push_back(std::move(*question));
  }
  return found;
}

/// What the list surely answers; a question about a rule; what is probably one of the list. A card that tells
/// how something is done comes before what is only probable, and before asking an officer.
bool PolicyQuestionHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text) return false;
  const bool rule = cards_.asks_rule(message.normal);
  if (!rule && !message.heard.questions.answer() && !message.heard.questions.suggest()) return false;
  if (wants_more_than_an_answer(turn)) return false;
  Found found = look(turn);
  if (found.sure) return true;
  const bool card = (rule || cards_.asks_how(message.normal)) && !cards_.named(message.normal).empty();
  if (card) return false;
  if (rule) return true;
  if (found.offers.empty() || turn.words().mentions("status", message.normal)) return false;
  return desk_.rules().may_offer(message.heard.questions.score, policy_share(message));
}

void PolicyQuestionHandler::start(Turn& turn) {
  serve(turn, look(turn), turn.message().text);
}

bool PolicyQuestionHandler::wish(Turn& turn, std::string_view /*intent*/) {
  if (turn.message().kind != MessageKind::text) return false;
  start(turn);
  return true;
}

void PolicyQuestionHandler::serve(Turn& turn, const Found& found, const std::string& words) {
  if (found.sure) {
    turn.leave();
    return say_answer(turn, *found.sure);
  }
  if (found.offers.empty()) return desk_.offer(turn, words);
  turn.leave();
  std::string lines, ids;
  std::vector<std::string> choices;
  for (const Question& question : found.offers) {
    choices.push_back(question.title());
    lines += fmt::format("\n{} {}", choices.size(), choices.back());
    ids += fmt::format("{}{}", ids.empty() ? "" : " ", question.id.value);
  }
  choices.emplace_back(policy::none_choice);
  lines += fmt::format("\n{} {}", choices.size(), policy::none_choice);
  turn.ask(topic(), "which", policy::which, {{"lines", lines}}, std::move(choices));
  turn.remember("words", words);
  turn.remember("ids", ids);
}

void PolicyQuestionHandler::say_answer(Turn& turn, const Question& question) {
  auto& told = desk_.list().answered();
  told.add(question.id.value, turn.sender(), turn.now());
  told.set_told(question.id.value, turn.sender(), std::to_string(desk_.list().version(question.id)),
                turn.now());
  turn.say(policy::answer, values(question));
}

dialog::Values PolicyQuestionHandler::values(const Question& question) {
  std::string from = question.source;
  if (!question.date.empty()) from += (from.empty() ? "" : "，") + question.date;
  return {{"number", std::to_string(question.id.value)},
          {"title", question.title()},
          {"answer", question.answer},
          {"source", from}};
}

bool PolicyQuestionHandler::command(Turn& turn, const dialog::Command& command) {
  const bool typed = turn.message().kind == MessageKind::text;
  const std::string rest(typed && !command.exact ? behind_command(turn.message().normal)
                                                 : std::string_view{});
  if (command.id == "policy_question") {
    if (utf8_length(rest) < least_words)
      turn.ask(topic(), "question", policy::question);
    else
      serve(turn, look(turn), typed_behind(turn.message().text, rest));
    return true;
  }
  if (!desk_.keeps(turn)) {
    if (command.id == "questions") {
      turn.ask(topic(), "question", policy::question);
    } else {
      turn.say(policy::refused);
    }
    return true;
  }
  if (command.id == "question_add") {
    begin_adding(turn, command);
  } else if (command.id == "question_change") {
    begin_changing(turn, command);
  } else if (command.id == "question_withdraw") {
    withdraw(turn, command);
  } else if (command.number) {
    show(turn, *command.number);
  } else {
    list(turn, rest);
  }
  return true;
}

Answered PolicyQuestionHandler::answer(Turn& turn) {
  if (turn.message().kind != MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(turn.message().normal);
  auto own = commands();
  if (command && (command->exact || command->number) && std::ranges::find(own, command->id) != own.end()) {
    turn.leave();
    this->command(turn, *command);
    return Answered::taken;
  }
  const std::string& step = turn.dialog().step;
  if (step == "question") return answer_question(turn);
  if (step == "which") return answer_which(turn);
  if (step == "forward") return answer_forward(turn);
  if (step == "wording") return answer_wording(turn);
  if (step == "reply") return answer_reply(turn);
  if (step == "source") return answer_source(turn);
  if (step == "until") return answer_until(turn);
  return answer_change(turn);
}

Answered PolicyQuestionHandler::answer_question(Turn& turn) {
  if (wants_more_than_an_answer(turn)) return Answered::not_mine;
  if (utf8_length(turn.message().normal) < least_words) return Answered::not_understood;
  Found found = look(turn);
  const bool rule = cards_.asks_rule(turn.message().normal);
  const bool card = !found.sure && !cards_.named(turn.message().normal).empty() &&
                    (rule || cards_.asks_how(turn.message().normal));
  if (card) {  // the card comes, and nothing is left to be asked again
    turn.leave();
    return Answered::not_mine;
  }
  serve(turn, found, turn.message().text);
  return Answered::taken;
}

Answered PolicyQuestionHandler::answer_which(Turn& turn) {
  auto choice = turn.choice();
  const std::string words = turn.answer("words");
  if (choice == policy::none_choice || turn.words().is_command("no", turn.message().normal)) {
    desk_.ask(turn, words);
    return Answered::taken;
  }
  if (choice) {
    const std::string ids = turn.answer("ids");
    const char* at = ids.data();
    for (const char* end = at + ids.size(); at < end; ++at) {
      QuestionId id;
      at = std::from_chars(at, end, id.value).ptr;
      auto question = desk_.list().find(id);
      if (!question || question->title() != *choice) continue;
      auto holds = holding(turn, community::question_key(question->title()));
      if (!holds) break;
      turn.leave();
      say_answer(turn, *holds);
      return Answered::taken;
    }
    desk_.ask(turn, words);  // taken off the list since it was offered
    return Answered::taken;
  }
  // Asked again in other words?
  if (wants_more_than_an_answer(turn)) return Answered::not_mine;
  Found found = look(turn);
  if (!found.sure && found.offers.empty()) {
    auto wish = plain_wish(turn.message());
    if (wish.empty()) return Answered::not_understood;
    if (wish != topic()) return Answered::not_mine;
  }
  serve(turn, found, turn.message().text);
  return Answered::taken;
}

Answered PolicyQuestionHandler::answer_forward(Turn& turn) {
  auto choice = turn.choice();
  const std::string& normal = turn.message().normal;
  const bool yes = choice == policy::forward_choice || turn.words().is_command("yes", normal);
  const bool no = choice == policy::keep_choice || turn.words().is_command("no", normal);
  if (!yes && !no) {
    auto wish = plain_wish(turn.message());
    if (wish.empty()) return Answered::not_understood;
    if (wish != topic() || wants_more_than_an_answer(turn)) return Answered::not_mine;
    serve(turn, look(turn), turn.message().text);  // another question instead of an answer
    return Answered::taken;
  }
  std::string words = turn.answer("words");
  if (yes) {
    desk_.ask(turn, words);
  } else {
    turn.leave();
    turn.say(policy::not_forwarded);
  }
  return Answered::taken;
}

}  // namespace linli::handlers
