// The part of Watch that looks at assessments and bulletins. Every genuine lapse with proof must be found,
// and nobody without proof may be marked; lapses are counted here from the raw history and from what the
// platform reported, by other code than the bot's. A bulletin sums up at every level, and says what the rows
// say.
#include <algorithm>
#include <fmt/format.h>

#include "bot/app/simulation_watch.hpp"
#include "bot/community/assessment.hpp"

namespace linli::app::simulation {

namespace {

using community::AssessedItem;
using community::Standing;

bool ends_waiting(std::string_view what) {
  constexpr std::string_view list[] = {"accepted", "confirmed", "withdrawn",   "closed", "closed_silent",
                                       "merged",   "done",      "transferred", "undone", "returned"};
  return std::ranges::find(list, what) != std::end(list);
}

}  // namespace

/// A report of the platform; one whose send's answer was lost before names a message that the bot cannot
/// know.
void Watch::witness(const std::string& msgid) {
  auto rows = scene_.house().ledgers().deliveries.of_platform_msgid(msgid);
  if (rows.size() == 1 && rows.front().task)
    witness_.reported(msgid, rows.front().person, rows.front().task, scene_.now());
}

bool Watch::away(PersonId person, Time from, Time until) {
  store::Statement absent(scene_.house().database(),
                          "select count(*) from absence where person = :person and from_at <= :until "
                          "and coalesce(until_at, 9000000000000) >= :from");
  return std::get<0>(*absent.one<std::int64_t>(person, until, from)) > 0;
}

/// By the proofs: was asked, was told, had the whole time, and neither they nor anybody else did anything.
std::vector<Watch::Lapse> Watch::silent_ones() {
  std::vector<Lapse> lapses;
  auto& l = scene_.house().ledgers();
  for (const auto& proof : witness_.proofs()) {
    auto task = l.tasks.find(proof.task);
    if (!task) continue;
    Seconds within = policies_.of(task->kind).accept_within;
    Time deadline = task->urgency == community::Urgency::normal ? quiet_.end(quiet_.end(proof.at) + within)
                                                                : proof.at + within;
    if (deadline >= scene_.now()) continue;
    std::optional<Time> asked;
    bool moved = false;
    for (const auto& event : l.tasks.history(task->id)) {
      if (event.at <= proof.at) {
        bool now_asked =
            (event.what == "offered" || event.what == "handed_over" || event.what == "transferred") &&
            event.person == proof.person;
        if (now_asked && !asked) asked = event.at;
        bool over = ends_waiting(event.what) || (event.what == "left_by" && event.person == proof.person);
        if (over && !now_asked) asked.reset();
      } else if (event.at <= deadline) {
        moved =
            moved || ends_waiting(event.what) || (event.what == "left_by" && event.person == proof.person);
      }
    }
    if (!asked || moved || away(proof.person, *asked, deadline)) continue;
    lapses.push_back({proof.person, task->id, "unanswered"});
  }
  return lapses;
}

/// By the history: climbed while it was theirs; reported done and opened again.
std::vector<Watch::Lapse> Watch::broken_ones() {
  std::vector<Lapse> lapses;
  store::Statement climbed(
      scene_.house().database(),
      "select e.task, e.person, e.at, (select max(a.at) from task_event a where a.task = e.task and a.what = "
      "'accepted' and a.actor = e.person and a.id < e.id) from task_event e where e.what = 'escalated' "
      "and e.person is not null order by e.id");
  auto rows = climbed.all<TaskId, PersonId, Time, std::optional<Time>>();
  for (const auto& [task, person, at, since] : rows) {
    if (since && !away(person, *since, at)) lapses.push_back({person, task, "overdue"});
  }
  store::Statement reopened(
      scene_.house().database(),
      "select e.task, e.person from task_event e where e.what = 'reopened' and e.person is not null and "
      "(select d.actor from task_event d where d.task = e.task and d.id < e.id and d.what in ('done', "
      "'reopened', "
      "'confirmed', 'closed', 'withdrawn', 'undone') order by d.id desc limit 1) = e.person "
      "and (select d.what from task_event d where d.task = e.task and d.id < e.id and d.what in ('done', "
      "'reopened', 'confirmed', 'closed', 'withdrawn', 'undone') order by d.id desc limit 1) = "
      "'done' order by e.id");
  for (const auto& [task, person] : reopened.all<TaskId, PersonId>())
    lapses.push_back({person, task, "reopened"});
  return lapses;
}

void Watch::look_at_assessments() {
  auto& house = scene_.house();
  auto facts = house.ledgers().assessments.facts(begins_, scene_.now());
  auto items = community::assess(facts, house.assessment(), policies_, quiet_);
  auto lapses = silent_ones();
  scene_.counts().set("lapses.silent_with_proof", static_cast<std::int64_t>(lapses.size()));
  auto broken = broken_ones();
  scene_.counts().set("lapses.late_or_reopened", static_cast<std::int64_t>(broken.size()));
  lapses.insert(lapses.end(), broken.begin(), broken.end());
  for (const Lapse& lapse : lapses) {
    bool found = std::ranges::any_of(items, [&](const AssessedItem& item) {
      return item.person == lapse.person && item.task == lapse.task && item.what == lapse.what &&
             item.standing == Standing::fault;
    });
    check("lapses_found", found, lapse.what + " was not found, task", lapse.task.value);
  }
  std::map<std::string, std::int64_t> count;
  for (const AssessedItem& item : items) {
    ++count[std::string(community::name(item.standing))];
    if (item.standing == Standing::fault) look_at_fault(item);
    if (item.standing == Standing::undelivered)  // looked at too, and not marked
      check("nobody_unproved", item.proof.empty() && !item.proved_at, "proof is said where there is none");
  }
  for (const char* kind : {"fault", "excused", "undelivered", "handed_over", "good"})
    scene_.counts().set(fmt::format("assessed.{}", kind), count[kind]);
}

/// Somebody is marked: is there proof, outside what the bot believes?
void Watch::look_at_fault(const AssessedItem& item) {
  auto& db = scene_.house().database();
  bool proved = false;
  if (item.task) {
    store::Statement acted(
        db,
        "select count(*) from task_event where task = :task and actor = :person and at <= :at "
        "and what in ('accepted', 'done', 'returned', 'undone')");
    proved = std::get<0>(*acted.one<std::int64_t>(item.task, item.person, item.at)) > 0;
    if (item.what == "unanswered") {
      store::Statement undone(db,
                              "select count(*) from task_event where task = :task and actor = :person "
                              "and what = 'undone' and at <= :at");
      proved = std::get<0>(*undone.one<std::int64_t>(item.task, item.person, item.at)) > 0 ||
               (item.proved_at && witness_.proved(item.person, item.task, *item.proved_at));
    }
  } else {
    store::Statement stood(db,
                           "select count(*) from shift where id = :shift and person = :person "
                           "and (confirmed_at is not null or in_at is not null)");
    proved = std::get<0>(*stood.one<std::int64_t>(item.shift, item.person)) > 0;
  }
  check("nobody_unproved", proved, fmt::format("somebody is marked {} without proof, task", item.what),
        item.task.value);
}

void Watch::look_at_the_bulletin() {
  if (!scene_.bot().up()) return;
  auto& house = scene_.house();
  auto& ledger = house.ledgers().bulletins;
  auto week = community::week_of(scene_.zone(), scene_.now());
  for (const auto& earlier : {kept_week_, week.name}) {
    if (earlier.empty()) continue;
    auto kept = ledger.find(earlier);
    check("bulletin_sums", kept.has_value(), "a kept bulletin is not what was kept");
    if (!kept || !*kept) continue;
    auto read = community::read_bulletin((*kept)->body);
    check("bulletin_sums", read && community::wrong_sum(*read).empty(), "a kept bulletin does not add up");
  }
  auto bulletin = community::make_bulletin(ledger.facts(scene_.zone(), house.levels(), week, scene_.now()),
                                           scene_.zone());
  check("bulletin_sums", community::wrong_sum(bulletin).empty(), "children do not sum to the parent");
  compare_with_rows(bulletin, week);
  house.pipeline().in_transaction([&] {
    ledger.keep({week.name, scene_.now(), std::nullopt, community::canonical_json(bulletin), {}});
  });
  kept_week_ = week.name;
}

/// The whole district's figures, each counted again by a plain question.
void Watch::compare_with_rows(const community::Bulletin& bulletin, const community::Week& week) {
  struct Again {
    const char *figure, *sql;
  };
  constexpr Again again[] = {
      {"help_opened",
       "select count(*) from task where kind in ('help', 'life_safety') and opened_at >= :from and opened_at "
       "< :until"},
      {"rumour_opened",
       "select count(*) from task where kind = 'rumour_review' and opened_at >= :from and opened_at < "
       ":until"},
      {"help_reopened",
       "select count(distinct task) from task_event where what = 'reopened' and at >= :from and at < :until "
       "and task in (select id from task where kind in ('help', 'life_safety'))"},
      {"duty_stood",
       "select count(*) from shift where starts_at >= :from and starts_at < :until and person is not null "
       "and state in "
       "('on_post', 'left') and not (corrected_at is null and cover_of is null and (missed_at is not null or "
       "in_at > "
       "starts_at + 300))"},
  };
  for (const auto& one : again) {
    store::Statement count(scene_.house().database(), one.sql);
    auto counted = std::get<0>(*count.one<std::int64_t>(week.from, scene_.now()));
    auto said = bulletin.lines.front().values[*community::figure_index(one.figure)].value_or(-1);
    check("bulletin_sums", counted == said,
          fmt::format("{}: the bulletin says {}, the rows are {}", one.figure, said, counted));
  }
}

}  // namespace linli::app::simulation
