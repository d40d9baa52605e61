#include "bot/store/task_link_ledger.hpp"

namespace linli::store {

namespace {

constexpr const char* double_columns = "select id, first, second, state from task_double ";

template <class... In>
std::optional<TaskDouble> read_double(Statement& statement, const In&... in) {
  auto row = statement.one<std::int64_t, TaskId, TaskId, std::string>(in...);
  if (!row) return std::nullopt;
  auto& [id, first, second, state] = *row;
  return TaskDouble{id, first, second, state};
}

template <class... In>
std::vector<TaskPart> read_parts(Statement& statement, const In&... in) {
  std::vector<TaskPart> parts;
  statement.each<TaskId, TaskId, std::int64_t, std::optional<Time>>(
      [&](TaskId parent, TaskId child, std::int64_t organisation, std::optional<Time> deadline) {
        parts.push_back({parent, child, organisation, deadline});
      },
      in...);
  return parts;
}

}  // namespace

TaskLinkLedger::TaskLinkLedger(Database& db)
    : add_part_(db,
                "insert into task_part (parent, child, organisation, deadline) "
                "values (:parent, :child, :organisation, :deadline)"),
      parts_(db,
             "select parent, child, organisation, deadline from task_part where parent = :parent order by "
             "child"),
      part_of_(db,
               "select parent, child, organisation, deadline from task_part where child = :child limit 1"),
      follow_(db,
              "insert into task_follower (task, person, merged) values (:task, :person, :merged) "
              "on conflict (task, merged) do nothing"),
      unfollow_(db, "delete from task_follower where task = :task and merged = :merged"),
      unfollow_person_(db, "delete from task_follower where task = :task and person = :person"),
      followers_(db, "select distinct person from task_follower where task = :task order by person"),
      move_(db, "update or ignore task_follower set task = :to where task = :from"),
      propose_(db,
               "insert into task_double (first, second, state, at) values (:first, :second, 'offered', :at) "
               "on conflict (first, second) do nothing returning id"),
      find_(db, std::string(double_columns) + "where id = :id"),
      between_(db, std::string(double_columns) + "where first = :first and second = :second"),
      decide_(db, "update task_double set state = :state, decided_by = :by, at = :at where id = :id"),
      last_(db,
            "select id, first, second, state, at from task_double where decided_by = :by and at >= :since "
            "and state = 'merged' order by at desc, id desc limit 1") {}

void TaskLinkLedger::add_part(const TaskPart& part) {
  add_part_.run(part.parent, part.child, part.organisation, part.deadline);
}
std::vector<TaskPart> TaskLinkLedger::parts(TaskId parent) {
  return read_parts(parts_, parent);
}
std::optional<TaskPart> TaskLinkLedger::part_of(TaskId child) {
  auto parts = read_parts(part_of_, child);
  if (parts.empty()) return std::nullopt;
  return parts.front();
}

void TaskLinkLedger::follow(TaskId task, PersonId person, TaskId merged) {
  follow_.run(task, person, merged);
}
void TaskLinkLedger::unfollow(TaskId task, TaskId merged) {
  unfollow_.run(task, merged);
}
void TaskLinkLedger::unfollow(TaskId task, PersonId person) {
  unfollow_person_.run(task, person);
}
void TaskLinkLedger::move_followers(TaskId from, TaskId to) {
  move_.run(to, from);
}

std::vector<PersonId> TaskLinkLedger::followers(TaskId task) {
  std::vector<PersonId> people;
  followers_.each<PersonId>([&](PersonId person) { people.push_back(person); }, task);
  return people;
}

std::int64_t TaskLinkLedger::propose(TaskId first, TaskId second, Time now) {
  auto row = propose_.one<std::int64_t>(first, second, now);
  return row ? std::get<0>(*row) : 0;
}
std::optional<TaskDouble> TaskLinkLedger::find(std::int64_t id) {
  return read_double(find_, id);
}
std::optional<TaskDouble> TaskLinkLedger::between(TaskId first, TaskId second) {
  return read_double(between_, first, second);
}
void TaskLinkLedger::decide(std::int64_t id, std::string_view state, PersonId by, Time now) {
  decide_.run(state, by, now, id);
}

std::optional<TaskLinkLedger::Merge> TaskLinkLedger::last_merge(PersonId by, Time since) {
  auto row = last_.one<std::int64_t, TaskId, TaskId, std::string, Time>(by, since);
  if (!row) return std::nullopt;
  auto& [id, first, second, state, at] = *row;
  return Merge{{id, first, second, state}, at};
}

}  // namespace linli::store
