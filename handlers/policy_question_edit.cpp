// Entries of the question list added and changed, step by step, by those who keep it.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "bot/community/mask.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/policy_question.hpp"
#include "handlers/policy_question_texts.hpp"

namespace linli::handlers {

using community::Question;
using community::Task;
using community::TaskKind;
using dialog::Answered;
using dialog::Command;
using dialog::Turn;

namespace {

constexpr std::size_t least_wording = 4, most_wording = 200, least_reply = 2, most_reply = 500;  // characters
constexpr std::size_t most_source = 40;
constexpr std::string_view as_asked = "就用这一句", no_end = "长期";
constexpr std::string_view parts[] = {"问法", "答案", "来源", "有效期"};

std::string today(Turn& turn) {
  return turn.zone().iso_day(turn.zone().day(turn.now()));
}

/// Several wordings, however they were separated.
std::string joined(const std::string& typed) {
  std::string text = typed;
  for (std::string_view mark : {"｜", "；", ";"}) {
    for (auto at = text.find(mark); at != text.npos; at = text.find(mark)) text.replace(at, mark.size(), "|");
  }
  std::string all;
  for (const auto& one : community::wordings_of(text)) all += (all.empty() ? "" : "|") + one;
  return all;
}

bool fits_wordings(const std::string& wordings) {
  auto all = community::wordings_of(wordings);
  return !all.empty() && utf8_length(wordings) <= most_wording &&
         std::ranges::all_of(all, [](const auto& one) {
           return utf8_length(one) >= least_wording && !community::question_key(one).empty();
         });
}

QuestionId remembered(Turn& turn) {
  std::string text = turn.answer("id");
  QuestionId id;
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  return id;
}

}  // namespace

void PolicyQuestionHandler::begin_adding(Turn& turn, const Command& command) {
  if (command.number) return begin_from_task(turn, *command.number);
  std::string rest(command.exact ? std::string_view{} : behind_command(turn.message().normal));
  std::string wordings = joined(rest.empty() ? rest : typed_behind(turn.message().text, rest));
  if (!fits_wordings(wordings)) return turn.ask(topic(), "wording", policy::wording);
  if (auto known = known_already(turn, wordings, {})) return show(turn, known->id.value);
  turn.ask(topic(), "reply", policy::reply, {{"title", Question{.wordings = wordings}.title()}});
  turn.remember("wordings", wordings);
}

/// "加问答 12": what ticket 12 asked and how it was answered.
void PolicyQuestionHandler::begin_from_task(Turn& turn, std::int64_t number) {
  auto task = desk_.tasks().tasks().find_by_number(number);
  std::string answer;
  if (task && task->kind == TaskKind::question && desk_.may_keep(turn, task->area)) {
    for (const auto& event : desk_.tasks().tasks().history(task->id)) {
      if (event.what == "done") answer = event.note;
    }
  }
  if (answer.empty()) return turn.say(policy::no_such, {{"number", std::to_string(number)}});
  turn.ask(topic(), "wording", policy::wording_known,
           {{"text", community::brief(community::mask_place(task->text), 60)}}, {std::string(as_asked)});
  turn.remember("asked", joined(community::mask_place(task->text)));
  turn.remember("reply", answer);
}

/// Another entry that answers the same question in the same place at the same levels.
std::optional<Question> PolicyQuestionHandler::known_already(Turn& turn, const std::string& wordings,
                                                             QuestionId but) {
  AreaId area = desk_.keeps(turn);
  if (area == desk_.root()) area = {};
  std::string levels;
  if (auto question = but ? desk_.list().find(but) : std::nullopt) {
    area = question->area;
    levels = question->levels;
  }
  for (auto& one : desk_.list().alike(community::question_key(Question{.wordings = wordings}.title()))) {
    if (one.id != but && one.area == area && one.levels == levels) return one;
  }
  return std::nullopt;
}

Answered PolicyQuestionHandler::answer_wording(Turn& turn) {
  std::string wordings = joined(turn.choice() == as_asked ? turn.answer("asked") : turn.message().text);
  if (!fits_wordings(wordings)) return Answered::not_understood;
  QuestionId id = remembered(turn);
  if (auto known = known_already(turn, wordings, id)) {
    turn.leave();
    show(turn, known->id.value);
    return Answered::taken;
  }
  if (auto before = id ? desk_.list().find(id) : std::nullopt) {
    Question now = *before;
    now.wordings = wordings;
    finish_changing(turn, *before, now);
    return Answered::taken;
  }
  turn.remember("wordings", wordings);
  if (turn.answer("reply").empty())
    turn.ask(topic(), "reply", policy::reply, {{"title", Question{.wordings = wordings}.title()}});
  else
    ask_source(turn);
  return Answered::taken;
}

Answered PolicyQuestionHandler::answer_reply(Turn& turn) {
  const std::string& typed = turn.message().text;
  auto length = utf8_length(typed);
  if (length < least_reply || length > most_reply) return Answered::not_understood;
  if (auto before = remembered(turn) ? desk_.list().find(remembered(turn)) : std::nullopt) {
    Question now = *before;
    now.answer = typed;
    now.date = today(turn);
    finish_changing(turn, *before, now);
    return Answered::taken;
  }
  turn.remember("reply", typed);
  ask_source(turn);
  return Answered::taken;
}

/// The sender's own office is the first choice.
void PolicyQuestionHandler::ask_source(Turn& turn) {
  auto area = desk_.areas().find(desk_.keeps(turn));
  std::string office = area ? area->name : std::string("值班室");
  turn.ask(topic(), "source", policy::source, {{"office", office}}, {office});
}

Answered PolicyQuestionHandler::answer_source(Turn& turn) {
  std::string source = turn.choice().value_or(turn.message().text);
  auto length = utf8_length(source);
  bool number = turn.message().normal.find_first_not_of("0123456789") == std::string::npos;
  if (length < least_reply || length > most_source || (number && !turn.choice()))
    return Answered::not_understood;
  if (auto before = remembered(turn) ? desk_.list().find(remembered(turn)) : std::nullopt) {
    Question now = *before;
    now.source = source;
    now.date = today(turn);
    finish_changing(turn, *before, now);
    return Answered::taken;
  }
  turn.remember("source", source);
  ask_until(turn);
  return Answered::taken;
}

void PolicyQuestionHandler::ask_until(Turn& turn) {
  std::string lines;
  std::vector<std::string> choices;
  for (auto days : desk_.rules().valid_days) choices.push_back(fmt::format("{}天", days));
  choices.emplace_back(no_end);
  for (std::size_t i = 0; i < choices.size(); ++i) lines += fmt::format("\n{} {}", i + 1, choices[i]);
  turn.ask(topic(), "until", policy::until, {{"lines", lines}}, std::move(choices));
}

Answered PolicyQuestionHandler::answer_until(Turn& turn) {
  auto until = community::read_valid_until(turn.choice().value_or(turn.message().normal),
                                           turn.zone().day(turn.now()), turn.zone());
  if (!until) return Answered::not_understood;
  if (auto before = remembered(turn) ? desk_.list().find(remembered(turn)) : std::nullopt) {
    Question now = *before;
    now.valid_until = *until;
    finish_changing(turn, *before, now);
  } else {
    finish_adding(turn, *until);
  }
  return Answered::taken;
}

void PolicyQuestionHandler::finish_adding(Turn& turn, const std::string& valid_until) {
  AreaId area = desk_.keeps(turn);
  Question question{.wordings = turn.answer("wordings"),
                    .answer = turn.answer("reply"),
                    .source = turn.answer("source"),
                    .date = today(turn),
                    .valid_until = valid_until,
                    .area = area == desk_.root() ? AreaId{} : area};
  turn.leave();
  if (!area) return turn.say(policy::refused);  // the office ended meanwhile
  desk_.list().add(question, turn.sender(), turn.now());
  turn.say(policy::added, values(question));
}

void PolicyQuestionHandler::begin_changing(Turn& turn, const Command& command) {
  auto question = mine(turn, command, "改问答");
  if (!question) return;
  auto said = values(*question);
  turn.ask(topic(), "change", policy::change, said, {std::begin(parts), std::end(parts)});
  turn.remember("id", std::to_string(question->id.value));
}

Answered PolicyQuestionHandler::answer_change(Turn& turn) {
  auto choice = turn.choice();
  auto question = desk_.list().find(remembered(turn));
  if (!choice || !question) return Answered::not_understood;
  if (choice == parts[0]) {
    turn.ask(topic(), "wording", policy::wording);
  } else if (choice == parts[1]) {
    turn.ask(topic(), "reply", policy::reply, {{"title", question->title()}});
  } else if (choice == parts[2]) {
    ask_source(turn);
  } else {
    ask_until(turn);
  }
  return Answered::taken;
}

void PolicyQuestionHandler::finish_changing(Turn& turn, const Question& before, const Question& now) {
  turn.leave();
  if (before.withdrawn) return turn.say(policy::no_such, {{"number", std::to_string(before.id.value)}});
  if (!desk_.may_keep(turn, before.area)) return turn.say(policy::refused);
  desk_.list().change(now, turn.sender(), turn.now());
  int told = now.answer == before.answer ? 0 : correct(turn, now);
  auto said = values(now);
  said.emplace_back("told", std::to_string(told));
  turn.say(policy::changed, said);
}

}  // namespace linli::handlers
