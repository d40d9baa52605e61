#include "bot/store/question_ledger.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view text_purpose = "asked_question.text";
constexpr std::string_view hash_purpose = "asked_question.hash";

std::string select(const char* rest) {
  return std::string(
             "select id, code, wordings, answer, source, dated, valid_until, area, levels, withdrawn "
             "from question ") +
         rest;
}

template <class... In>
std::vector<Question> read(Statement& statement, const In&... in) {
  using Text = std::string;
  std::vector<Question> rows;
  statement.each<QuestionId, Text, Text, Text, Text, Text, Text, AreaId, Text, std::int64_t>(
      [&](QuestionId id, Text code, Text wordings, Text answer, Text source, Text dated, Text until,
          AreaId area, Text levels, std::int64_t withdrawn) {
        rows.push_back({id, std::move(code), std::move(wordings), std::move(answer), std::move(source),
                        std::move(dated), std::move(until), area, std::move(levels), withdrawn != 0});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<Question> read_one(Statement& statement, const In&... in) {
  auto rows = read(statement, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

template <class... In>
std::optional<Asked> read_asked(Statement& statement, const In&... in) {
  auto row = statement.one<AskedId, TaskId, AreaId, std::int64_t>(in...);
  if (!row) return std::nullopt;
  auto [id, task, scope, open] = *row;
  return Asked{id, task, scope, open != 0};
}

}  // namespace

QuestionLedger::QuestionLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      answered_(db, "question_told", "question"),
      askers_(db, "asked_question_by", "asked"),
      add_(db,
           "insert into question (code, wordings, title_key, answer, source, dated, valid_until, area, "
           "levels, "
           "withdrawn, changed_at, changed_by) values (coalesce(:code, 'n' || (select coalesce(max(id), 0) + "
           "1 "
           "from question)), :wordings, :key, :answer, :source, :dated, :until, :area, :levels, :withdrawn, "
           ":at, "
           ":by) returning id, code"),
      change_(
          db,
          "update question set version = version + case when answer <> :answer1 or withdrawn <> :withdrawn1 "
          "then 1 "
          "else 0 end, "
          "wordings = :wordings, title_key = :key, answer = :answer, source = :source, dated = :dated, "
          "valid_until = :until, area = :area, levels = :levels, withdrawn = :withdrawn, changed_at = :at, "
          "changed_by = :by where id = :id"),
      find_(db, select("where id = :id")),
      code_(db, select("where code = :code")),
      alike_(db, select("where title_key = :key and withdrawn = 0 order by id")),
      list_(db, select("where withdrawn = 0 order by id")),
      version_(db, "select version from question where id = :id"),
      add_asked_(
          db,
          "insert into asked_question (task, scope, hash, text_sealed) values (:task, :scope, :hash, :text) "
          "returning id"),
      asked_(db, "select id, task, scope, open from asked_question where id = :id"),
      asked_of_(db, "select id, task, scope, open from asked_question where task = :task"),
      same_asked_(db,
                  "select id, task, scope, open from asked_question where hash = :hash and open = 1 "
                  "order by id limit 1"),
      close_asked_(db, "update asked_question set open = 0 where id = :id"),
      asked_text_(db, "select text_sealed from asked_question where id = :id and open = 1"),
      shelved_(db,
               "select id from question where withdrawn = 0 union all select -id from asked_question where "
               "open = 1 order by 1") {}

std::string QuestionLedger::hash(AreaId scope, std::string_view words) {
  return cipher_.lookup_hash(fmt::format("{}:{}", scope.value, community::question_key(words)), hash_purpose);
}

void QuestionLedger::note_change(std::int64_t shelved) {
  if (std::ranges::find(changed_, shelved) == changed_.end()) changed_.push_back(shelved);
}

void QuestionLedger::add(Question& question, PersonId by, Time now) {
  auto code = question.code.empty() ? std::nullopt : std::optional(question.code);
  auto row = add_.one<QuestionId, std::string>(
      code, question.wordings, community::question_key(question.title()), question.answer, question.source,
      question.date, question.valid_until, none_if_zero(question.area), question.levels, question.withdrawn,
      now, none_if_zero(by));
  std::tie(question.id, question.code) = *row;
  note_change(question.id.value);
}

void QuestionLedger::change(const Question& question, PersonId by, Time now) {
  change_.run(question.answer, question.withdrawn, question.wordings,
              community::question_key(question.title()), question.answer, question.source, question.date,
              question.valid_until, none_if_zero(question.area), question.levels, question.withdrawn, now,
              none_if_zero(by), question.id);
  note_change(question.id.value);
}

std::optional<Question> QuestionLedger::find(QuestionId id) {
  return read_one(find_, id);
}
std::optional<Question> QuestionLedger::find_by_code(std::string_view code) {
  return read_one(code_, code);
}
std::vector<Question> QuestionLedger::alike(std::string_view title_key) {
  return read(alike_, title_key);
}
std::vector<Question> QuestionLedger::list() {
  return read(list_);
}
std::int64_t QuestionLedger::version(QuestionId id) {
  auto row = version_.one<std::int64_t>(id);
  return row ? std::get<0>(*row) : 0;
}

Asked QuestionLedger::add_asked(TaskId task, AreaId scope, std::string_view words) {
  auto row = add_asked_.one<AskedId>(task, none_if_zero(scope), hash(scope, words),
                                     seal_field(cipher_, words, text_purpose));
  Asked asked{std::get<0>(*row), task, scope, true};
  note_change(-asked.id.value);
  return asked;
}

std::optional<Asked> QuestionLedger::find_asked(AskedId id) {
  return read_asked(asked_, id);
}
std::optional<Asked> QuestionLedger::asked_of(TaskId task) {
  return read_asked(asked_of_, task);
}
std::optional<Asked> QuestionLedger::same_asked(AreaId scope, std::string_view words) {
  if (community::question_key(words).empty()) return std::nullopt;
  return read_asked(same_asked_, hash(scope, words));
}
void QuestionLedger::close_asked(AskedId id) {
  close_asked_.run(id);
  note_change(-id.value);
}

std::vector<std::string> QuestionLedger::wordings(std::int64_t shelved) {
  if (shelved < 0) {
    auto sealed = asked_text_.one<std::string>(AskedId{-shelved});
    if (!sealed) return {};
    return {open_field(cipher_, std::get<0>(*sealed), text_purpose)};
  }
  auto question = find(QuestionId{shelved});
  if (!question || question->withdrawn) return {};
  return community::wordings_of(question->wordings);
}

std::vector<std::int64_t> QuestionLedger::all_shelved() {
  std::vector<std::int64_t> ids;
  shelved_.each<std::int64_t>([&](std::int64_t id) { ids.push_back(id); });
  return ids;
}

}  // namespace linli::store
