// The other half of Simulation: what a day brings by chance, and the report.
#include <algorithm>
#include <fmt/format.h>

#include "bot/app/simulation.hpp"

namespace linli::app::simulation {

void Simulation::plan_day(Day day) {
  if (!bot_->up()) return scene_->after(Seconds{120}, [this, day] { plan_day(day); });
  residents_->plan_day();
  staff_->plan_day();
  volunteers_->plan_day();
  errands_->plan_day(days_planned_);
  voice_->plan_day(days_planned_);
  plan_chance(clock_.now(), days_planned_++);
}

/// Restarts and crashes every day, outages of hours and a clock that jumps now and then.
void Simulation::plan_chance(Time midnight, int number) {
  if (sample_) return;  // the demo's days were good ones for the machines
  auto sometime = [&](int from_hour, int until_hour, std::function<void()> what) {
    scene_->at(midnight + chance_.minutes(from_hour * 60, until_hour * 60), std::move(what));
  };
  sometime(1, 22, [this] { end_house(chance_.seconds(10, 60), "chance.restarts"); });
  sometime(8, 21, [this] { end_house(chance_.seconds(3, 30), "chance.crashes"); });
  sometime(8, 20, [this] { traffic_->crash_after_claim(); });
  sometime(8, 21, [this] { traffic_->crash_before_answer(); });
  if (number % 4 == 1)
    sometime(9, 18, [this] { end_house(chance_.minutes(60, 200), "chance.house_outages"); });
  if (number % 3 == 1) {
    sometime(8, 18, [this] {
      counts_.add("chance.api_outages");
      platform_->out_until(clock_.now() + chance_.minutes(60, 180));
    });
  }
  if (number % 5 == 2) {
    sometime(1, 22, [this] {
      counts_.add("chance.clock_jumps");
      watch_->blind(clock_.now(), clock_.now() + Seconds{3600});
      clock_.advance(Seconds{3600});
    });
  }
}

/// The house goes, and comes back on what its file holds.
void Simulation::end_house(Seconds away, std::string_view count) {
  if (!bot_->up()) return;
  counts_.add(count);
  bot_->end();
  Time gone = clock_.now();
  scene_->after(away, [this, gone] {
    auto opened = bot_->open();
    if (!opened) throw std::runtime_error("the house did not open again: " + opened.error().text);
    watch_->blind(gone, clock_.now());
    traffic_->began();
  });
}

void Simulation::count_what_is_kept() {
  auto& db = bot_->house().database();
  auto count = [&](std::string_view group, const char* sql) {
    store::Statement rows(db, sql);
    rows.each<std::string, std::int64_t>([&](std::string kind, std::int64_t times) {
      if (!kind.empty()) counts_.set(fmt::format("{}.{}", group, kind), times);
    });
  };
  count("tasks", "select kind, count(*) from task group by kind");
  count("task_ends", "select closed_how, count(*) from task where state = 'closed' group by closed_how");
  count("task_events", "select what, count(*) from task_event group by what");
  count("deliveries", "select state, count(*) from outbox group by state");
  count("shifts",
        "select case when late_minutes > 0 then 'late' else 'on_time' end, count(*) from shift "
        "where in_at is not null group by 1");
  count("shifts", "select 'checked_in_by_' || in_by, count(*) from shift where in_by <> '' group by 1");
  count("shifts", "select 'confirmed', count(*) from shift where confirmed_at is not null");
  count("shifts", "select state, count(*) from shift where state in ('declined', 'left') group by state");
  store::Statement missing(
      db, "select count(*) from shift where state in ('planned', 'confirmed') and ends_at <= :now");
  counts_.set("shifts.missing", std::get<0>(*missing.one<std::int64_t>(clock_.now())));
  store::Statement agreed(db,
                          "select count(*) from consent where purpose = 'health' and granted_at >= :start");
  counts_.set("checkins.consent_in_chat", std::get<0>(*agreed.one<std::int64_t>(begins_)));
  count("gate", "select kind, count(*) from gate_entry where state = 'kept' group by kind");
  count("care", "select how, count(*) from care_contact group by how");
  count("patrol", "select 'by_' || how, count(*) from patrol_visit group by how");
  count("patrol", "select 'points_missed', count(*) from task where kind = 'patrol_point'");
  count("inspections", "select 'ended', count(*) from inspection where ended_at is not null");
  count("inspections",
        "select case when good = 1 then 'good' else 'bad' end, count(*) from inspection_item group by 1");
  count("rectifications",
        "select 'written_off', count(*) from task where kind = 'rectification' and closed_how = 'confirmed' "
        "union all select 'sent_back', sum(reopened) from task where kind = 'rectification'");
  count("rectifications",
        "select 'overdue', count(*) from task_event e join task t on t.id = e.task where t.kind = "
        "'rectification' "
        "and e.what = 'overdue'");
  count("findings",
        "select 'confirmed', count(*) from task where kind = 'finding' and closed_how = 'confirmed' "
        "union all select 'reopened', sum(reopened) from task where kind = 'finding'");
  count("questions",
        "select 'answered', count(*) from task where kind = 'question' and done_at is not null "
        "union all select 'confirmed', count(*) from task where kind = 'question' and closed_how = "
        "'confirmed'");
  count("guidance", "select 'read', coalesce(sum(times), 0) from guidance_read");
  count("absences", "select why, count(*) from absence group by why");
  count("levels", "select level, count(*) from level_change group by level");
  count("shifts", "select 'made_by_' || made_by, count(*) from shift where made_by <> '' group by made_by");
  count("notices", "select state, count(*) from notice group by state");
  count("notices", "select 'readers_' || state, count(*) from notice_reader group by state");
  count("notices",
        "select 'acknowledged', count(*) from task where kind = 'acknowledge' and closed_how = 'answered'");
  count("notices",
        "select 'not_acknowledged', count(*) from task where kind = 'acknowledge' and closed_how = 'silent'");
  count("suggestions",
        "select 'satisfied', count(*) from task where kind = 'suggestion' and closed_how = 'confirmed'");
  count("suggestions", "select 'reopened', count(*) from task where kind = 'suggestion' and reopened > 0");
  count("suggestions", "select 'about_' || about, count(*) from suggestion where about <> '' group by about");
  count("suggestions", "select 'by_deputies', count(*) from suggestion where deputy = 1");
  count("suggestions", "select 'overdue', count(*) from suggestion where overdue_at is not null group by 1");
  count("enlisted", "select activity, count(*) from enlistment group by activity");
  count("thanks", "select purpose, count(*) from consent where purpose like 'thanks_%' group by purpose");
  count("claims",
        "select 'merged', count(*) from claim where merged_into is not null union all "
        "select 'withdrawn', count(*) from outbox where text_id = 'rumour_report.withdrawn_told' union all "
        "select 'added', count(*) from claim where task is null and code like 'r%'");
  count("burden", "select 'prompts', sum(prompts) from burden");
  count("burden", "select 'held', sum(held) from burden");
  count("households", "select 'reported_' || state, count(*) from checkin group by 1");
  store::Statement waited(
      db,
      "select count(*) from outbox where not_before > created_at + 3600 and attempts <= 1 and urgency = 0");
  counts_.set("sends.waited_for_morning", std::get<0>(*waited.one<std::int64_t>()));
}

bool Simulation::good() const {
  bool all_happened = !long_run() || counts_.missing().empty();
  return watch_->violations().empty() && all_happened;
}

std::string Simulation::report() const {
  std::string text =
      fmt::format("{} days, {} residents, seed {}: {} people, until {}\n", options_.days, options_.residents,
                  options_.seed, scene_->people().size(),
                  zone_->iso_day(zone_->day(clock_.now())) + " " + zone_->clock_text(clock_.now()));
  for (const auto& [kind, times] : counts_.all()) text += fmt::format("{:44} {:>9}\n", kind, times);
  for (const auto& [rule, times] : watch_->checked()) {
    auto broken = watch_->violations().find(rule);
    text += fmt::format("invariant {:34} {:>9} {}\n", rule, times,
                        broken == watch_->violations().end() ? "held" : "VIOLATED");
    if (broken == watch_->violations().end()) continue;
    for (const auto& what : broken->second) text += fmt::format("  {}: {}\n", rule, what);
  }
  if (long_run()) {
    for (const auto& kind : counts_.missing()) text += fmt::format("MISSING {} never happened\n", kind);
  }
  return text + (good() ? "green\n" : "red\n");
}

}  // namespace linli::app::simulation
