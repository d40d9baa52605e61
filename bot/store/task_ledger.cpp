#include "bot/store/task_ledger.hpp"

#include "bot/base/json.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

using MaybeTime = std::optional<Time>;

constexpr std::string_view text_purpose = "task.text";
constexpr std::string_view data_purpose = "task.data";
constexpr std::string_view note_purpose = "task_event.note";

std::string select(const char* rest) {
  return std::string(
             "select t.id, t.number, t.kind, t.state, t.urgency, t.area, t.household, t.reporter, t.owner, "
             "t.level, "
             "t.reminders, t.reopened, t.opened_at, t.offered_at, t.accepted_at, t.done_at, t.closed_at, "
             "t.closed_how, t.text_sealed, t.data_sealed from task t ") +
         rest;
}

constexpr const char* event_columns =
    "select task, at, act, actor, what, person, note_sealed from task_event ";

std::string data_text(const std::map<std::string, std::string>& data) {
  if (data.empty()) return {};
  JsonWriter json;
  json.object();
  for (const auto& [key, value] : data) json.key(key).value(value);
  return json.end().text();
}

std::map<std::string, std::string> data_from(std::string_view text) {
  std::map<std::string, std::string> data;
  if (text.empty()) return data;
  auto json = parse_json(text);
  if (!json) throw StorageError(11, "a task's stored data cannot be read: restore it from a backup");
  for (const auto& [key, value] : json->members())
    data.emplace(key, value.text().value_or(std::string_view{}));
  return data;
}

template <class... In>
std::vector<Task> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Task> rows;
  using Text = std::string;
  statement.each<TaskId, std::int64_t, Text, Text, int, AreaId, AreaId, PersonId, PersonId, int, int, int,
                 Time, MaybeTime, MaybeTime, MaybeTime, MaybeTime, Text, Text, Text>(
      [&](TaskId id, std::int64_t number, Text kind, Text state, int urgency, AreaId area, AreaId household,
          PersonId reporter, PersonId owner, int level, int reminders, int reopened, Time opened,
          MaybeTime offered, MaybeTime accepted, MaybeTime done, MaybeTime closed, Text how, Text text,
          Text data) {
        auto kind_read = community::task_kind(kind);
        auto state_read = community::task_state(state);
        if (!kind_read || !state_read)
          throw StorageError(11, "a stored task is of a kind or state nobody knows");
        rows.push_back({id,
                        number,
                        *kind_read,
                        *state_read,
                        static_cast<community::Urgency>(urgency),
                        area,
                        household,
                        reporter,
                        owner,
                        level,
                        reminders,
                        reopened,
                        opened,
                        offered,
                        accepted,
                        done,
                        closed,
                        community::close_how(how),
                        open_field(cipher, text, text_purpose),
                        data_from(open_field(cipher, data, data_purpose))});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<Task> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  auto rows = read(statement, cipher, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

template <class... In>
std::vector<TaskEvent> read_events(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<TaskEvent> events;
  statement.each<TaskId, Time, std::int64_t, PersonId, std::string, PersonId, std::string>(
      [&](TaskId task, Time at, std::int64_t act, PersonId actor, std::string what, PersonId person,
          std::string note) {
        events.push_back(
            {task, at, act, actor, std::move(what), person, open_field(cipher, note, note_purpose)});
      },
      in...);
  return events;
}

}  // namespace

TaskLedger::TaskLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      involved_read_(db,
                     "select coalesce(reporter, 0), coalesce(owner, 0) from task where state <> 'closed'"),
      next_number_(db, "select coalesce(max(number), 0) + 1 from task"),
      open_(db,
            "insert into task (number, kind, state, urgency, area, household, reporter, owner, level, "
            "reminders, reopened, opened_at, offered_at, accepted_at, done_at, closed_at, closed_how, "
            "text_sealed, data_sealed) "
            "values (:number, :kind, :state, :urgency, :area, :household, :reporter, :owner, :level, "
            ":reminders, :reopened, :opened, :offered, :accepted, :done, :closed, :how, :text, :data)"),
      save_(db,
            "update task set state = :state, urgency = :urgency, area = :area, household = :household, "
            "owner = :owner, level = :level, reminders = :reminders, reopened = "
            ":reopened, "
            "offered_at = :offered, accepted_at = :accepted, done_at = :done, closed_at = :closed, "
            "closed_how = :how, text_sealed = :text, data_sealed = :data where id = :id"),
      save_words_(
          db, "update task set urgency = :urgency, text_sealed = :text, data_sealed = :data where id = :id"),
      save_reporter_(db, "update task set reporter = :reporter where id = :id"),
      find_(db, select("where t.id = :id")),
      number_(db, select("where t.number = :number")),
      reporter_(db, select("where (t.reporter = :reporter or t.id in (select f.task from task_follower f "
                           "where f.person = :follower)) and t.state <> 'closed' order by t.id desc")),
      last_closed_(db, select("where (t.reporter = :reporter or t.id in (select f.task from task_follower f "
                              "where f.person = :follower)) and t.state = 'closed' and t.kind = :kind "
                              "and t.closed_how <> 'merged' "
                              "and t.closed_at >= :since order by t.closed_at desc, t.id desc limit 1")),
      owned_(db, select("where t.owner = :owner and t.state = 'accepted' order by t.id")),
      offered_(db, select("join task_offer o on o.task = t.id where o.person = :person and t.state = 'open' "
                          "order by t.id")),
      gathering_(db, select("where t.state = 'open' and t.offered_at is null order by t.id")),
      // From the open tasks, which are few, to their areas; the other way round a district has a million
      // areas.
      open_in_(db,
               select("cross join area top cross join area a where top.id = :area and t.state <> 'closed' "
                      "and t.kind = :kind and a.id = t.area "
                      "and substr(a.path, 1, length(top.path)) = top.path order by t.id")),
      count_(db, "select count(*) from task where state = :state"),
      offer_(db,
             "insert into task_offer (task, person, level, at) values (:task, :person, :level, :at) "
             "on conflict (task, person) do update set level = excluded.level, at = excluded.at"),
      offered_to_(db, "select person from task_offer where task = :task order by level, at, person"),
      withdraw_all_(db, "delete from task_offer where task = :task"),
      withdraw_one_(db, "delete from task_offer where task = :task and person = :person"),
      record_(db,
              "insert into task_event (task, at, act, actor, what, person, note_sealed) "
              "values (:task, :at, :act, :actor, :what, :person, :note)"),
      history_(db, std::string(event_columns) + "where task = :task order by id"),
      last_act_(db,
                "select act from task_event e where e.actor = :actor and e.at >= :since "
                "and e.what in ('accepted', 'done', 'returned') "
                "and not exists (select 1 from task_event u where u.task = e.task and u.actor = e.actor "
                "and u.what = 'undone' and u.id > e.id) order by e.id desc limit 1"),
      last_part_(db, std::string(event_columns) +
                         "e where e.actor = :actor and e.at >= :since and e.what = 'part_asked' "
                         "and not exists (select 1 from task_event u where u.task = e.task and u.actor = "
                         "e.actor and u.what = 'undone' and u.id > e.id) order by e.id desc limit 1"),
      act_events_(db, std::string(event_columns) +
                          "where actor = :actor and at >= :since and act = :act "
                          "and what in ('accepted', 'done', 'returned') order by id") {}

void TaskLedger::open(Task& t) {
  t.number = std::get<0>(*next_number_.one<std::int64_t>());
  t.id = TaskId{open_.insert(
      t.number, name(t.kind), name(t.state), static_cast<int>(t.urgency), none_if_zero(t.area),
      none_if_zero(t.household), none_if_zero(t.reporter), none_if_zero(t.owner), t.level, t.reminders,
      t.reopened, t.opened_at, t.offered_at, t.accepted_at, t.done_at, t.closed_at, name(t.closed_how),
      seal_field(cipher_, t.text, text_purpose), seal_field(cipher_, data_text(t.data), data_purpose))};
  note(t);
}

TaskLedger::Involved& TaskLedger::involved() {
  if (involved_) return *involved_;
  Involved read;
  involved_read_.each<std::int64_t, std::int64_t>([&](std::int64_t reporter, std::int64_t owner) {
    read.reporters.insert(reporter);
    read.owners.insert(owner);
  });
  return involved_.emplace(std::move(read));
}

void TaskLedger::note(const Task& t) {
  if (t.reporter) involved().reporters.insert(t.reporter.value);
  if (t.owner) involved().owners.insert(t.owner.value);
}

void TaskLedger::save(const Task& t) {
  note(t);
  save_.run(name(t.state), static_cast<int>(t.urgency), none_if_zero(t.area), none_if_zero(t.household),
            none_if_zero(t.owner), t.level, t.reminders, t.reopened, t.offered_at, t.accepted_at, t.done_at,
            t.closed_at, name(t.closed_how), seal_field(cipher_, t.text, text_purpose),
            seal_field(cipher_, data_text(t.data), data_purpose), t.id);
}

void TaskLedger::save_words(const Task& t) {
  save_words_.run(static_cast<int>(t.urgency), seal_field(cipher_, t.text, text_purpose),
                  seal_field(cipher_, data_text(t.data), data_purpose), t.id);
}

void TaskLedger::save_reporter(const Task& t) {
  save_reporter_.run(none_if_zero(t.reporter), t.id);
}

std::vector<Task> TaskLedger::gathering() {
  return read(gathering_, cipher_);
}

std::optional<Task> TaskLedger::find(TaskId id) {
  return read_one(find_, cipher_, id);
}
std::optional<Task> TaskLedger::find_by_number(std::int64_t number) {
  return read_one(number_, cipher_, number);
}
std::vector<Task> TaskLedger::open_of_reporter(PersonId reporter) {
  if (!involved().reporters.contains(reporter.value)) return {};
  return read(reporter_, cipher_, reporter, reporter);
}

std::optional<Task> TaskLedger::last_closed(PersonId reporter, TaskKind kind, Time since) {
  return read_one(last_closed_, cipher_, reporter, reporter, name(kind), since);
}

std::vector<Task> TaskLedger::owned(PersonId owner) {
  if (!involved().owners.contains(owner.value)) return {};
  return read(owned_, cipher_, owner);
}
std::vector<Task> TaskLedger::offered(PersonId person) {
  return read(offered_, cipher_, person);
}

std::vector<Task> TaskLedger::open_in(AreaId area, TaskKind kind) {
  return read(open_in_, cipher_, area, name(kind));
}

std::int64_t TaskLedger::count(TaskState state) {
  return std::get<0>(*count_.one<std::int64_t>(name(state)));
}

void TaskLedger::offer(TaskId task, PersonId person, int level, Time at) {
  offer_.run(task, person, level, at);
}

std::vector<PersonId> TaskLedger::offered_to(TaskId task) {
  std::vector<PersonId> people;
  offered_to_.each<PersonId>([&](PersonId person) { people.push_back(person); }, task);
  return people;
}

void TaskLedger::withdraw_offers(TaskId task) {
  withdraw_all_.run(task);
}
void TaskLedger::withdraw_offer(TaskId task, PersonId person) {
  withdraw_one_.run(task, person);
}

void TaskLedger::record(const TaskEvent& e) {
  record_.run(e.task, e.at, e.act, none_if_zero(e.actor), e.what, none_if_zero(e.person),
              seal_field(cipher_, e.note, note_purpose));
}

std::vector<TaskEvent> TaskLedger::history(TaskId task) {
  return read_events(history_, cipher_, task);
}

std::optional<TaskEvent> TaskLedger::last_part_asked(PersonId actor, Time since) {
  auto events = read_events(last_part_, cipher_, actor, since);
  if (events.empty()) return std::nullopt;
  return std::move(events.front());
}

std::vector<TaskEvent> TaskLedger::last_act(PersonId actor, Time since) {
  auto act = last_act_.one<std::int64_t>(actor, since);
  if (!act) return {};
  return read_events(act_events_, cipher_, actor, since, std::get<0>(*act));
}

}  // namespace linli::store
