// questions.csv: the district's question list, in the form in which `linli export --tables questions` writes
// it. A row of an entry that is there already changes it; whoever was told an old answer hears the new one,
// in a turn of the server's (DueLedger, topic policy_question).
#include <algorithm>
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/level_rules.hpp"

namespace linli::app {

namespace {

constexpr std::size_t most_answer = 500, most_wording = 200;  // characters, as in the chat

}  // namespace

/// Its cells as an entry; the faults are recorded.
store::Question Import::read_question(const CsvRow& row) {
  store::Question question;
  auto iso = [&](std::string_view column) {
    auto read = day(row, column);
    return read ? options_.zone.iso_day(*read) : std::string();
  };
  for (const auto& one : community::wordings_of(required(row, "wordings"))) {
    question.wordings += (question.wordings.empty() ? "" : "|") + one;
    if (community::question_key(one).empty()) fault(row, "wordings", "has a wording with nothing to compare");
  }
  if (utf8_length(question.wordings) > most_wording)
    fault(row, "wordings", fmt::format("is longer than {} characters", most_wording));
  question.answer = required(row, "answer");
  for (const char* column : {"wordings", "answer", "source"}) {
    bool formula =
        !row[column].empty() && std::string_view("=+-@").find(row[column].front()) != std::string_view::npos;
    if (formula) fault(row, column, "begins with =, +, - or @, which a spreadsheet takes for a formula");
  }
  if (utf8_length(question.answer) > most_answer)
    fault(row, "answer", fmt::format("is longer than {} characters", most_answer));
  question.source = required(row, "source");
  question.date = iso("date");
  if (row["date"].empty()) fault(row, "date", "must not be empty: people see of when an answer is");
  question.valid_until = iso("valid_until");
  if (!question.valid_until.empty() && !question.date.empty() && question.valid_until < question.date)
    fault(row, "valid_until", "is before the day in the column date");
  if (auto where = area(row, "area")) question.area = where->id;
  for (const auto& level : parts(row["level"])) {
    if (!community::emergency_level(level) ||
        level.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != level.npos)
      fault(row, "level", "must be normal, alert or emergency, several joined by |, or empty");
    question.levels += (question.levels.empty() ? "" : "|") + level;
  }
  return question;
}

void Import::questions() {
  const bool served = !areas_.below({}, community::AreaKind::district).empty() && !questions_.list().empty();
  ByCode<QuestionId> codes;
  for (const CsvRow& row : rows("questions.csv", {"id", "wordings", "answer", "source", "date"},
                                {"valid_until", "area", "level"})) {
    store::Question question;
    bool good = sound([&] {
      std::string code = own_code(row, "id", codes);
      question = read_question(row);
      question.code = code;
    });
    if (!good) continue;
    auto before = questions_.find_by_code(question.code);
    for (const auto& one : questions_.alike(community::question_key(question.title()))) {
      bool same_place = one.area == question.area && one.levels == question.levels;
      if (one.code != question.code && same_place)
        fault(row, "wordings",
              fmt::format("asks what {} answers already for the same area and level", one.code));
    }
    if (before) {
      change_question(*before, question);
      continue;
    }
    questions_.add(question, {}, options_.now);
    ++summary_.questions;
    added("question " + question.code);
    if (served) schedule_question(question.id);
  }
}

void Import::change_question(const store::Question& before, store::Question& now) {
  std::vector<std::string_view> columns;
  now.id = before.id;
  if (now.wordings != before.wordings) columns.push_back("wordings");
  if (now.answer != before.answer) columns.push_back("answer");
  if (now.source != before.source) columns.push_back("source");
  if (now.date != before.date) columns.push_back("date");
  if (now.valid_until != before.valid_until) columns.push_back("valid_until");
  if (now.area != before.area) columns.push_back("area");
  if (now.levels != before.levels) columns.push_back("level");
  if (before.withdrawn) columns.push_back("back on the list");
  if (!columns.empty()) {
    questions_.change(now, {}, options_.now);
    schedule_question(before.id);
  }
  compared("question " + now.code, columns);
}

/// The server tells whoever heard the old answer, and finds the new wordings.
void Import::schedule_question(QuestionId id) {
  dues_.set({fmt::format("question:{}", id.value), options_.now, "policy_question", id.value, {}});
}

}  // namespace linli::app
