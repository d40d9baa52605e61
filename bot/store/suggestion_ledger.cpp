#include "bot/store/suggestion_ledger.hpp"

#include "bot/store/path_range.hpp"

namespace linli::store {

namespace {

using MaybeTime = std::optional<Time>;

template <class... In>
std::vector<Suggestion> read(Statement& statement, const In&... in) {
  std::vector<Suggestion> rows;
  statement.each<TaskId, Time, bool, std::string, MaybeTime>(
      [&](TaskId task, Time answer_by, bool deputy, std::string about, MaybeTime overdue) {
        rows.push_back({task, answer_by, deputy, std::move(about), overdue});
      },
      in...);
  return rows;
}

}  // namespace

SuggestionLedger::SuggestionLedger(Database& db)
    : add_(db,
           "insert into suggestion (task, answer_by, deputy, about) values (:task, :by, :deputy, :about)"),
      find_(db, "select task, answer_by, deputy, about, overdue_at from suggestion where task = :task"),
      overdue_(db, "update suggestion set overdue_at = :at where task = :task and overdue_at is null"),
      open_(db,
            "select s.task, s.answer_by, s.deputy, s.about, s.overdue_at from task t "
            "join suggestion s on s.task = t.id join area a on a.id = t.area "
            "where t.kind = 'suggestion' and t.state <> 'closed' and a.path >= :path and a.path < :end "
            "order by s.deputy desc, s.answer_by, s.task"),
      path_(db, "select path from area where id = :id"),
      totals_(db,
              "select count(*), coalesce(sum(s.deputy), 0), "
              "coalesce(sum(case when s.about = 'bot' then 1 else 0 end), 0), "
              "coalesce(sum(case when t.done_at is not null then 1 else 0 end), 0), "
              "coalesce(sum(case when t.done_at <= s.answer_by then 1 else 0 end), 0), "
              "coalesce(sum(case when t.closed_how = 'confirmed' then 1 else 0 end), 0), "
              "coalesce(sum(case when t.reopened > 0 then 1 else 0 end), 0), "
              "coalesce(sum(case when s.overdue_at is not null then 1 else 0 end), 0) "
              "from suggestion s join task t on t.id = s.task join area a on a.id = t.area "
              "where t.opened_at >= :from and t.opened_at < :until and a.path >= :path and a.path < :end") {}

void SuggestionLedger::add(const Suggestion& s) {
  add_.run(s.task, s.answer_by, s.deputy, s.about);
}

std::optional<Suggestion> SuggestionLedger::find(TaskId task) {
  auto rows = read(find_, task);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void SuggestionLedger::set_overdue(TaskId task, Time at) {
  overdue_.run(at, task);
}

std::vector<Suggestion> SuggestionLedger::open_in(AreaId area) {
  auto path = path_.one<std::string>(area);
  if (!path) return {};
  return read(open_, std::get<0>(*path), end_of_below(std::get<0>(*path)));
}

SuggestionTotals SuggestionLedger::totals(AreaId area, Time from, Time until) {
  auto path = path_.one<std::string>(area);
  if (!path) return {};
  auto& [at] = *path;
  auto [made, deputies, bot, answered, in_time, satisfied, reopened, overdue] =
      *totals_.one<int, int, int, int, int, int, int, int>(from, until, at, end_of_below(at));
  return {made, deputies, bot, answered, in_time, satisfied, reopened, overdue};
}

}  // namespace linli::store
