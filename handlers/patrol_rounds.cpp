// Every hour: which points nobody has visited for longer than they may be left. One list a compound, not a
// ticket a point: it grows, shrinks, and closes by itself when the last of them has been visited, whoever did
// it.
#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "bot/community/slot.hpp"
#include "handlers/patrol.hpp"
#include "handlers/patrol_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::TaskKind;
using dialog::Turn;

namespace {

constexpr std::size_t named = 6;
constexpr std::string_view round_key = "round:patrol:";

std::string ids_of(const std::vector<store::PatrolPoint>& points) {
  std::set<std::int64_t> sorted;
  for (const auto& point : points) sorted.insert(point.id);
  std::string ids;
  for (std::int64_t id : sorted) ids += fmt::format("{} ", id);
  return ids;
}

}  // namespace

void schedule_patrol(store::DueLedger& dues, const Zone& zone, Time now,
                     const std::vector<int>& minutes_of_day) {
  auto slot = community::next_slot(zone, minutes_of_day, now);
  dues.set_once({std::string(round_key) + slot.name, slot.at, "patrol", 0, "round"});
}

void PatrolHandler::due(Turn& turn, const store::Due&) {
  schedule_patrol(turn.around().dues, turn.zone(), turn.now(), rules_.check_minutes());
  round(turn);
}

void PatrolHandler::round(Turn& turn) {
  std::map<AreaId, Points> overdue;
  for (Point& point : l_.patrol.overdue(turn.now())) {
    if (duty_exists(point.area)) overdue[site_of(point.area)].push_back(std::move(point));
  }
  for (const Area& root : l_.areas.below({}, AreaKind::district)) {
    for (Task& task : desk_.tasks().open_in(root.id, TaskKind::patrol_point)) {
      auto points = overdue.find(task.area);
      if (points == overdue.end()) {
        close_points(turn, task);
      } else {
        renew(turn, task, points->second);
        overdue.erase(points);
      }
    }
  }
  for (const auto& [site, points] : overdue) {
    desk_.open(turn, {.kind = TaskKind::patrol_point,
                      .area = site,
                      .text = text_of(points, turn.now()),
                      .data = {{"points", ids_of(points)}},
                      .at_once = true});
  }
}

/// Somebody was at a point: the list of its compound is a line shorter, or done.
void PatrolHandler::settle_points(Turn& turn, AreaId site) {
  for (Task& task : desk_.tasks().open_in(site, TaskKind::patrol_point)) {
    auto area = l_.areas.find(task.area);
    if (!area) continue;
    auto points = l_.patrol.below(area->path);
    std::erase_if(points, [&](const Point& point) { return point.due_at > turn.now(); });
    if (points.empty())
      close_points(turn, task);
    else
      renew(turn, task, points);
  }
}

/// What was visited leaves the list without a word; what joined it is told.
void PatrolHandler::renew(Turn& turn, Task& task, const Points& points) {
  std::string before = task.data["points"], now = ids_of(points);
  if (before == now) return;
  std::string padded = " " + before;
  auto fresh = std::ranges::count_if(
      points, [&](const Point& point) { return padded.find(fmt::format(" {} ", point.id)) == padded.npos; });
  task.data["points"] = now;
  task.text = text_of(points, turn.now());
  desk_.tasks().save(task);
  desk_.tasks().record({task.id, turn.now(), turn.act(), turn.sender(), "changed", {}, {}});
  if (fresh == 0) return;
  for (PersonId person : told_of(task)) {
    turn.tell(
        person, patrol::more_due,
        {{"number", std::to_string(task.number)}, {"fresh", std::to_string(fresh)}, {"text", task.text}},
        {.keep = Seconds{12 * 3600}, .optional = true});
  }
}

void PatrolHandler::close_points(Turn& turn, Task& task) {
  auto people = told_of(task);
  auto site = l_.areas.find(task.area);
  desk_.close(turn, task, community::CloseHow::answered);
  for (PersonId person : people) {
    turn.tell(person, patrol::all_visited,
              {{"number", std::to_string(task.number)}, {"where", site ? site->name : ""}},
              {.task = task.id});
  }
}

std::vector<PersonId> PatrolHandler::told_of(const Task& task) {
  if (task.owner) return {task.owner};
  return desk_.tasks().offered_to(task.id);
}

/// "3 个点超时没人去：东门（超了 2小时） ..."
std::string PatrolHandler::text_of(const Points& points, Time now) {
  std::string text = fmt::format("{} 个点超时没人去：", points.size());
  for (std::size_t i = 0; i < points.size() && i < named; ++i) {
    const Point& point = points[i];
    std::string last = point.last_at ? dialog::duration_text(now - *point.last_at) + "没人去" : "还没人去过";
    text += fmt::format("{}{}（{}）", i == 0 ? "" : "、", point.name, last);
  }
  if (points.size() > named) text += fmt::format("，还有 {} 个", points.size() - named);
  return text;
}

}  // namespace linli::handlers
