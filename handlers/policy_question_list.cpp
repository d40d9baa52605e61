// The other half of PolicyQuestionHandler: the list in the chat of those who keep it. What is new or changed
// answers the next who asks; whoever was told the old answer not long ago hears the new one, once.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/community/mask.hpp"
#include "handlers/policy_question.hpp"
#include "handlers/policy_question_texts.hpp"

namespace linli::handlers {

using community::Question;
using dialog::Command;
using dialog::Turn;

namespace {

constexpr std::string_view no_end = "长期";

std::string today(Turn& turn) {
  return turn.zone().iso_day(turn.zone().day(turn.now()));
}

}  // namespace

/// Those that hold in the places that the sender keeps the list for; `words` narrow it down.
void PolicyQuestionHandler::list(Turn& turn, std::string_view words) {
  std::string lines;
  int count = 0;
  for (const Question& question : desk_.list().list()) {
    std::string all = normalise(question.wordings + question.answer);
    if (!words.empty() && all.find(words) == all.npos) continue;
    auto own = desk_.areas().chain(desk_.keeps(turn));
    bool over = !question.area || std::ranges::find(own, question.area, &community::Area::id) != own.end();
    if (!over && !desk_.may_keep(turn, question.area)) continue;
    if (++count > desk_.rules().list_lines) continue;
    std::string note = question.holds(today(turn)) ? "" : "（已过期）";
    lines += fmt::format("\n{} {}{}", question.id.value, community::brief(question.title(), 20), note);
  }
  if (count == 0) return turn.say(policy::listed_none);
  int left = count - desk_.rules().list_lines;
  turn.say(policy::listed, {{"count", std::to_string(count)},
                            {"lines", lines},
                            {"more", left > 0 ? fmt::format("\n……还有 {} 条", left) : std::string()}});
}

void PolicyQuestionHandler::show(Turn& turn, std::int64_t number) {
  auto question = desk_.list().find(QuestionId{number});
  if (!question || question->withdrawn)
    return turn.say(policy::no_such, {{"number", std::to_string(number)}});
  auto said = values(*question);
  std::string wordings = question->wordings;
  for (auto at = wordings.find('|'); at != wordings.npos; at = wordings.find('|'))
    wordings.replace(at, 1, "；");
  auto area = desk_.areas().find(question->area ? question->area : desk_.root());
  std::string levels;
  for (const auto& name : community::wordings_of(question->levels)) {
    auto level = community::emergency_level(name);
    levels += (levels.empty() ? "，只在" : "、") + std::string(level ? community::title(*level) : name);
  }
  said.emplace_back("wordings", wordings);
  said.emplace_back("until",
                    question->valid_until.empty() ? std::string(no_end) : "到 " + question->valid_until);
  said.emplace_back("where", (area ? area->name : std::string()) + levels + (levels.empty() ? "" : "时"));
  said.emplace_back("told", std::to_string(desk_.list().answered().count(question->id.value)));
  turn.say(policy::shown, said);
}

/// The entry that a command names, if the sender may change it; otherwise what is missing has been said.
std::optional<Question> PolicyQuestionHandler::mine(Turn& turn, const Command& command,
                                                    std::string_view word) {
  if (!command.number) {
    turn.say(policy::change_which, {{"word", std::string(word)}});
    return std::nullopt;
  }
  auto question = desk_.list().find(QuestionId{*command.number});
  if (!question || question->withdrawn) {
    turn.say(policy::no_such, {{"number", std::to_string(*command.number)}});
    return std::nullopt;
  }
  if (!desk_.may_keep(turn, question->area)) {
    auto area = desk_.areas().find(question->area ? question->area : desk_.root());
    turn.say(policy::refused_place,
             {{"number", std::to_string(*command.number)}, {"area", area ? area->name : std::string()}});
    return std::nullopt;
  }
  return question;
}

void PolicyQuestionHandler::withdraw(Turn& turn, const Command& command) {
  auto question = mine(turn, command, "撤问答");
  if (!question) return;
  question->withdrawn = true;
  desk_.list().change(*question, turn.sender(), turn.now());
  auto said = values(*question);
  said.emplace_back("told", std::to_string(correct(turn, *question)));
  turn.say(policy::withdrawn, said);
}

/// Whoever heard another version not long ago hears this one; how many could be reached.
int PolicyQuestionHandler::correct(Turn& turn, const Question& question) {
  auto& answered = desk_.list().answered();
  const std::string version = std::to_string(desk_.list().version(question.id));
  auto said = values(question);
  int told = 0;
  for (const auto& one : answered.told_since(question.id.value, turn.now() - desk_.rules().correct_within)) {
    if (one.told == version) continue;
    answered.set_told(question.id.value, one.person, version, turn.now());
    if (one.person == turn.sender()) continue;
    std::string key = fmt::format("question:{}:{}:{}", question.id.value, version, one.person.value);
    if (turn.tell(one.person, question.withdrawn ? policy::void_now : policy::corrected, said,
                  {.dedupe = key, .keep = desk_.rules().follow_up}))
      ++told;
  }
  return told;
}

/// An import has changed or added an entry.
void PolicyQuestionHandler::due(Turn& turn, const store::Due& due) {
  desk_.list().note_change(due.ref);
  if (auto question = desk_.list().find(QuestionId{due.ref})) correct(turn, *question);
}

}  // namespace linli::handlers
