#include "bot/store/assessment_ledger.hpp"

#include <unordered_map>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"
#include "bot/store/shift_outcome.hpp"

namespace linli::store {

namespace {

using community::AssessedItem;
using community::Standing;
using community::TaskStory;
using MaybeTime = std::optional<Time>;

constexpr std::string_view reason_purpose = "assessment_decision.reason";
constexpr Time never{Seconds{9'000'000'000'000}};

// Tasks that somebody waited for or worked on in the span; what was closed before it says nothing new.
constexpr const char* touching = "t.opened_at < :until and (t.closed_at is null or t.closed_at >= :from) ";

std::string select(const char* rest) {
  return std::string(
             "select i.id, i.person, coalesce(i.area, 0), i.outcome, i.standing, coalesce(i.task, 0), "
             "coalesce(i.shift, 0), i.at, i.what, i.proof, i.proved_at, i.week, i.number, coalesce(t.number, "
             "0), "
             "coalesce(t.kind, ''), coalesce((select p.name from shift s join post p on p.id = s.post "
             "where s.id = i.shift), ''), i.told_at, i.visible_at, coalesce(i.objection, 0), "
             "coalesce(i.decided_by, 0), i.decided_at from assessment_item i left join task t on t.id = "
             "i.task ") +
         rest;
}

}  // namespace

AssessmentLedger::AssessmentLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      tasks_(db, std::string("select t.id, t.kind, t.urgency, coalesce(t.area, 0) from task t where ") +
                     touching + "order by t.id"),
      events_(db, std::string("select e.task, e.at, coalesce(e.actor, 0), e.what, coalesce(e.person, 0) "
                              "from task t join task_event e on e.task = t.id where ") +
                      touching + "order by e.task, e.id"),
      // A report of a bundle proves that there was something to read, not that it was this.
      reports_(db,
               std::string("select o.task, o.person, o.settled_at from outbox o join task t on t.id = o.task "
                           "where o.state = 'delivered' and o.settled_at is not null "
                           "and o.created_at >= t.opened_at and not exists (select 1 from outbox b "
                           "where b.platform_msgid = o.platform_msgid and b.platform_msgid <> '' "
                           "and b.id <> o.id) and ") +
                   touching + "order by o.settled_at, o.id"),
      shifts_(db, std::string("select s.id, s.person, p.area, s.starts_at, s.ends_at, ") + shift_outcome +
                      ", s.confirmed_at from shift s join post p on p.id = s.post where s.starts_at >= :from "
                      "and s.starts_at < :until and s.person is not null order by s.id"),
      absences_(
          db,
          "select person, from_at, coalesce(until_at, 9000000000000) from absence where from_at < :until "
          "and coalesce(until_at, 9000000000000) >= :from order by id"),
      begin_(db, "insert or ignore into assessment_week (week, made_at) values (:week, :now)"),
      next_number_(db, "select coalesce(max(number), 0) + 1 from assessment_item where person = :person"),
      add_(db,
           "insert or ignore into assessment_item (person, week, at, area, outcome, standing, what, task, "
           "shift, "
           "proof, proved_at, number) values (:person, :week, :at, :area, :outcome, :standing, :what, :task, "
           ":shift, "
           ":proof, :proved, :number)"),
      untold_(db, select("where i.standing = 'fault' and i.told_at is null order by i.person, i.number")),
      told_(db, "update assessment_item set told_at = :told, visible_at = :visible where id = :id"),
      of_person_(db,
                 select("where i.person = :person and i.at >= :from and i.at < :until order by i.at, i.id")),
      below_(db,
             select("join area a on a.id = i.area where a.path >= :path and a.path < :end and i.at >= :from "
                    "and i.at < :until order by i.at, i.id")),
      find_(db, select("where i.person = :person and i.number = :number and i.number > 0")),
      of_objection_(db, select("where i.objection = :task")),
      object_(db, "update assessment_item set objection = :task where id = :id"),
      decide_(db,
              "update assessment_item set standing = :standing, decided = :decided, decided_by = :by, "
              "decided_at = :at where id = :id"),
      add_decision_(db,
                    "insert into assessment_decision (person, kind, reason_sealed, decided_by, at) "
                    "values (:person, :kind, :reason, :by, :at)"),
      decisions_(db,
                 "select person, kind, reason_sealed, decided_by, at from assessment_decision "
                 "where person = :person and at >= :since order by at desc, id desc") {}

community::AssessmentFacts AssessmentLedger::facts(Time from, Time until) {
  community::AssessmentFacts facts;
  facts.from = from;
  facts.until = until;
  std::unordered_map<TaskId, std::size_t> where;
  tasks_.each<TaskId, std::string, int, AreaId>(
      [&](TaskId id, const std::string& kind, int urgency, AreaId area) {
        auto known = community::task_kind(kind);
        if (!known) throw StorageError(11, "a stored task is of a kind nobody knows");
        where[id] = facts.stories.size();
        facts.stories.push_back({id, *known, static_cast<community::Urgency>(urgency), area, {}, {}});
      },
      until, from);
  events_.each<TaskId, Time, PersonId, std::string, PersonId>(
      [&](TaskId task, Time at, PersonId actor, std::string what, PersonId person) {
        facts.stories[where.at(task)].events.push_back({at, actor, std::move(what), person});
      },
      until, from);
  reports_.each<TaskId, PersonId, Time>(
      [&](TaskId task, PersonId person, Time at) {
        facts.stories[where.at(task)].reports.push_back({person, at});
      },
      until, from);
  shifts_.each<ShiftId, PersonId, AreaId, Time, Time, std::optional<std::string>, MaybeTime>(
      [&](ShiftId id, PersonId person, AreaId area, Time starts, Time ends,
          std::optional<std::string> outcome, MaybeTime confirmed) {
        facts.shifts.push_back({id, person, area, starts, ends, outcome.value_or(""), confirmed});
      },
      from, until);
  absences_.each<PersonId, Time, Time>(
      [&](PersonId person, Time begins, Time ends) {
        facts.absences[person].push_back({begins, std::min(ends, never)});
      },
      until, from);
  return facts;
}

bool AssessmentLedger::begin_week(std::string_view week, Time now) {
  return begin_.run(week, now) > 0;
}

void AssessmentLedger::add(const AssessedItem& item, std::string_view week) {
  bool fault = item.standing == Standing::fault;
  auto number = fault ? std::get<0>(*next_number_.one<std::int64_t>(item.person)) : 0;
  add_.run(item.person, week, item.at, none_if_zero(item.area), community::name(item.outcome),
           community::name(item.standing), item.what, none_if_zero(item.task), none_if_zero(item.shift),
           item.proof, item.proved_at, number);
}

template <class... In>
std::vector<KeptItem> AssessmentLedger::read(Statement& statement, const In&... in) {
  std::vector<KeptItem> items;
  using Text = std::string;
  statement
      .each<std::int64_t, PersonId, AreaId, Text, Text, TaskId, ShiftId, Time, Text, Text, MaybeTime, Text,
            std::int64_t, std::int64_t, Text, Text, MaybeTime, MaybeTime, TaskId, PersonId, MaybeTime>(
          [&](std::int64_t id, PersonId person, AreaId area, Text outcome, Text standing, TaskId task,
              ShiftId shift, Time at, Text what, Text proof, MaybeTime proved, Text week, std::int64_t number,
              std::int64_t task_number, Text kind, Text post, MaybeTime told, MaybeTime visible,
              TaskId objection, PersonId by, MaybeTime decided) {
            auto known = community::outcome(outcome);
            auto stands = community::standing(standing);
            if (!known || !stands)
              throw StorageError(11, "a stored assessment item is of a kind nobody knows");
            items.push_back(
                {id,
                 {person, area, *known, *stands, task, shift, at, std::move(what), std::move(proof), proved},
                 std::move(week),
                 number,
                 task_number,
                 std::move(kind),
                 std::move(post),
                 told,
                 visible,
                 objection,
                 by,
                 decided});
          },
          in...);
  return items;
}

std::vector<KeptItem> AssessmentLedger::untold() {
  return read(untold_);
}
void AssessmentLedger::set_told(std::int64_t id, Time at, Time visible_at) {
  told_.run(at, visible_at, id);
}
std::vector<KeptItem> AssessmentLedger::of_person(PersonId person, Time from, Time until) {
  return read(of_person_, person, from, until);
}
std::vector<KeptItem> AssessmentLedger::below(std::string_view path, Time from, Time until) {
  return read(below_, path, end_of_below(path), from, until);
}
std::optional<KeptItem> AssessmentLedger::find(PersonId person, std::int64_t number) {
  auto rows = read(find_, person, number);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}
std::optional<KeptItem> AssessmentLedger::of_objection(TaskId task) {
  auto rows = read(of_objection_, task);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}
void AssessmentLedger::set_objection(std::int64_t id, TaskId task) {
  object_.run(task, id);
}
void AssessmentLedger::decide(std::int64_t id, bool upheld, PersonId by, Time at) {
  decide_.run(community::name(upheld ? Standing::removed : Standing::fault), upheld ? "upheld" : "kept", by,
              at, id);
}

void AssessmentLedger::add(const Decision& decision) {
  add_decision_.run(decision.person, decision.kind, seal_field(cipher_, decision.reason, reason_purpose),
                    decision.by, decision.at);
}

std::vector<Decision> AssessmentLedger::decisions(PersonId person, Time since) {
  std::vector<Decision> found;
  decisions_.each<PersonId, std::string, std::string, PersonId, Time>(
      [&](PersonId whom, std::string kind, std::string reason, PersonId by, Time at) {
        found.push_back({whom, std::move(kind), open_field(cipher_, reason, reason_purpose), by, at});
      },
      person, since);
  return found;
}

}  // namespace linli::store
