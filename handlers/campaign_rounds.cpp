// What falls due in a campaign: a team's task a community, residents asked a batch at a time by day, the
// day's totals put before each community's officer, the deadline. Each step looks at a bounded number of
// households or areas and sets the row of the next one, so that a campaign over a district never holds up a
// turn.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/slot.hpp"
#include "handlers/campaign.hpp"
#include "handlers/campaign_texts.hpp"

namespace linli::handlers {

namespace text = campaign;
using community::AreaKind;
using community::CampaignState;
using community::Task;
using community::TaskKind;
using community::TaskState;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr std::size_t teams_at_once = 20;
constexpr int listed_at_once = 500;
constexpr Seconds invitation_for{48 * 3600}, one_a_day{20 * 3600};

}  // namespace

void schedule_roll_up(store::DueLedger& dues, const Zone& zone, Time now, int minute_of_day) {
  auto slot = community::next_slot(zone, std::span(&minute_of_day, 1), now);
  dues.set_once({"round:campaign:" + slot.name, slot.at, "campaign", 0, "roll_up"});
}

void CampaignHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "roll_up") {
    schedule_roll_up(turn.around().dues, turn.zone(), turn.now(), rules_.roll_up_minute);
    return roll_up_due(turn);
  }
  auto campaign = l_.campaigns.find(due.ref);
  if (!campaign || campaign->closed_at) return;
  if (due.data == "teams") return teams_due(turn, *campaign);
  if (due.data == "list") return list_due(turn, *campaign);
  if (due.data == "ask") return ask_due(turn, *campaign);
  if (due.data == "end") return end_due(turn, *campaign);
}

// --- the teams

/// A task for each community or village of the campaign's area, or for the area itself.
void CampaignHandler::teams_due(Turn& turn, const Campaign& campaign) {
  std::vector<AreaId> areas;
  for (AreaKind kind : {AreaKind::community, AreaKind::village}) {
    for (const auto& area : l_.areas.below(campaign.area, kind)) areas.push_back(area.id);
  }
  if (areas.empty()) areas.push_back(campaign.area);
  std::size_t opened = 0;
  auto teams = l_.campaigns.teams(campaign.id);
  for (AreaId area : areas) {
    bool there = std::ranges::find(teams, area, &store::CampaignTeam::area) != teams.end();
    if (there) continue;
    if (++opened > teams_at_once) {
      return turn.around().dues.set({fmt::format("campaign:teams:{}", campaign.id), turn.now() + Seconds{1},
                                     std::string(topic()), campaign.id, "teams"});
    }
    open_team(turn, campaign, {area, campaign.leader, {}});
  }
}

void CampaignHandler::open_team(Turn& turn, const Campaign& campaign, store::CampaignTeam team) {
  auto totals = l_.campaigns.totals(campaign, team.area);
  if (totals.owed() == 0) return l_.campaigns.set_team(campaign.id, team);
  dialog::NewTask wanted{
      .kind = TaskKind::screening,
      .area = team.area,
      .text = fmt::format(
          "{}：还有 {} 户没到，到{}。一行报多户：“{} 3号楼 501完成 502空户”，看还剩哪些：“{}进度”",
          name_of(campaign), totals.owed(), turn.zone().date_time_text(campaign.deadline), name_of(campaign),
          name_of(campaign)),
      .data = {{"campaign", std::to_string(campaign.id)}}};
  Task task = team.leader ? desk_.open_for(turn, std::move(wanted), {team.leader})
                          : desk_.open(turn, std::move(wanted));
  team.task = task.id;
  l_.campaigns.set_team(campaign.id, team);
}

// --- a kind of households: the audience is listed first

void CampaignHandler::list_due(Turn& turn, Campaign campaign) {
  const auto* audience = rules_.audience(campaign.audience);
  const Kind* kind = rules_.of(campaign.kind);
  if (!audience || !kind) return;
  int born_until = turn.zone().day(turn.now()).year - audience->age;
  auto rows = l_.campaigns.next_of_kind(campaign, audience->of, born_until, listed_at_once);
  for (const auto& row : rows) {
    if (row.fresh) l_.campaigns.include(campaign, row.household);
  }
  if (static_cast<int>(rows.size()) == listed_at_once) {
    l_.campaigns.set_cursor(campaign.id, rows.back().path);
    return turn.around().dues.set({fmt::format("campaign:list:{}", campaign.id), turn.now() + Seconds{1},
                                   std::string(topic()), campaign.id, "list"});
  }
  l_.campaigns.set_cursor(campaign.id, "");
  campaign.cursor.clear();
  turn.tell(campaign.opened_by, text::listed, values(turn, campaign, campaign.area));
  teams_due(turn, campaign);
  if (kind->ask_residents) schedule_asking(turn, campaign, turn.now());
}

// --- asking residents

/// At `from` if that is within the hours of asking, else when they begin.
void CampaignHandler::schedule_asking(Turn& turn, const Campaign& campaign, Time from) {
  const Zone& zone = turn.zone();
  int minute = zone.minute_of_day(from);
  Time at = from;
  if (minute < rules_.ask_from_minute) at = zone.at(zone.day(from), rules_.ask_from_minute);
  if (minute >= rules_.ask_until_minute) at = zone.at(zone.next_day(zone.day(from)), rules_.ask_from_minute);
  turn.around().dues.set(
      {fmt::format("campaign:ask:{}", campaign.id), at, std::string(topic()), campaign.id, "ask"});
}

void CampaignHandler::ask_due(Turn& turn, Campaign campaign) {
  const Kind* kind = rules_.of(campaign.kind);
  if (!kind || !kind->ask_residents || turn.now() >= campaign.deadline) return;
  Time tomorrow = turn.zone().at(turn.zone().next_day(turn.zone().day(turn.now())), rules_.ask_from_minute);
  // A level that came down since it was opened asks nobody; whoever goes round may still enter.
  std::string level = l_.areas.level(campaign.area);
  bool may = kind->levels.empty() || std::ranges::find(kind->levels, level) != kind->levels.end();
  if (!may) return schedule_asking(turn, campaign, tomorrow);
  auto rows = l_.campaigns.next(campaign, rules_.ask_batch);
  for (const auto& row : rows) {
    if (row.fresh) ask_at_home(turn, campaign, *kind, row.household);
  }
  bool all = static_cast<int>(rows.size()) < rules_.ask_batch;
  l_.campaigns.set_cursor(campaign.id, all ? std::string() : rows.back().path);
  schedule_asking(turn, campaign, all ? tomorrow : turn.now() + rules_.ask_every);
}

/// One person of the household, once; nobody if everything is known, or if another campaign has just asked.
void CampaignHandler::ask_at_home(Turn& turn, const Campaign& campaign, const Kind& kind, AreaId household) {
  if (missing(turn, kind, household).empty()) {
    fill_in(turn, campaign, kind, household);
    l_.campaigns.set(campaign.id, {household, CampaignState::done, turn.now(), {}, {}, "filled", {}});
    return settle(turn, campaign, household);
  }
  for (PersonId person : l_.people.find_by_home(household)) {
    if (l_.campaigns.asked_lately(person, turn.now() - one_a_day)) return;  // comes by again tomorrow
    bool told = turn.tell(person, text::invite,
                          {{"kind", kind.name},
                           {"invitation", kind.invitation},
                           {"word", kind.words.front()},
                           {"deadline", turn.zone().date_time_text(campaign.deadline)}},
                          {.dedupe = fmt::format("campaign:{}:{}", campaign.id, household.value),
                           .keep = invitation_for,
                           .optional = true});
    if (told) return l_.campaigns.asked(campaign.id, household, person, turn.now());
  }
}

// --- the deadline

/// What is owed stays owed: the campaign goes on until the officer ends or extends it, and they hear so
/// daily.
void CampaignHandler::end_due(Turn& turn, const Campaign& campaign) {
  auto totals = l_.campaigns.totals(campaign, campaign.area);
  bool over = totals.owed() == 0;
  if (over) close(turn, campaign, campaign.opened_by);
  auto now = l_.campaigns.find(campaign.id);
  Values values = this->values(turn, *now, now->area);
  turn.tell(campaign.opened_by, over ? text::ended_by_itself : text::overdue, values);
  if (over) return;
  const Zone& zone = turn.zone();
  turn.around().dues.set({fmt::format("campaign:end:{}", campaign.id),
                          zone.at(zone.next_day(zone.day(turn.now())), zone.minute_of_day(campaign.deadline)),
                          std::string(topic()), campaign.id, "end"});
}

// --- the day's roll-up

std::string CampaignHandler::roll_up_text(const store::CampaignDay& day) {
  auto campaign = l_.campaigns.find(day.campaign);
  const Kind* kind = campaign ? rules_.of(campaign->kind) : nullptr;
  return fmt::format("{} {}，登记 {}", kind ? kind->name : "", day.day,
                     community::totals_text(day.totals, kind ? kind->done : "完成"));
}

/// All communities of all running campaigns at one moment, so that their sum is the district's.
void CampaignHandler::roll_up_due(Turn& turn) {
  std::string today = turn.zone().iso_day(turn.zone().day(turn.now()));
  for (const Campaign& campaign : l_.campaigns.running()) {
    for (const auto& team : l_.campaigns.teams(campaign.id)) {
      auto day = l_.campaigns.roll_up(campaign, team.area, today, turn.now());
      if (!day) continue;
      desk_.open(turn, {.kind = TaskKind::roll_up,
                        .area = team.area,
                        .text = roll_up_text(*day),
                        .data = {{"day", std::to_string(day->id)}}});
    }
  }
}

/// The sender's open ones: the one of that number, or all.
std::vector<Task> CampaignHandler::roll_ups(Turn& turn, const dialog::Command& command) {
  std::vector<Task> mine = desk_.tasks().owned(turn.sender());
  for (Task& task : desk_.tasks().offered(turn.sender())) mine.push_back(std::move(task));
  std::erase_if(mine, [&](const Task& task) {
    bool open =
        task.state == TaskState::open || (task.state == TaskState::accepted && task.owner == turn.sender());
    return task.kind != TaskKind::roll_up || !open || (command.number && *command.number != task.number);
  });
  return mine;
}

/// "确认", "确认 12": the figures of that day stand from now on.
bool CampaignHandler::confirm(Turn& turn, const dialog::Command& command) {
  auto mine = roll_ups(turn, command);
  if (mine.empty() || !command.rest.empty()) return false;
  std::string list;
  for (Task& task : mine) {
    auto day = l_.campaigns.day(std::stoll(task.data["day"]));
    if (!day) continue;
    if (task.state == TaskState::open) desk_.accept(turn, task);
    l_.campaigns.confirm_day(day->id, turn.sender(), turn.now());
    desk_.close(turn, task, community::CloseHow::confirmed);
    list += fmt::format("\n{} 号 {} {}", task.number, l_.areas.building_text(day->area), roll_up_text(*day));
  }
  turn.say(text::confirmed, {{"list", list}});
  return true;
}

/// "重算 12": corrections were entered since; the same day anew.
bool CampaignHandler::roll_up_again(Turn& turn, const dialog::Command& command) {
  auto mine = roll_ups(turn, command);
  if (mine.empty()) return false;
  std::string list;
  for (Task& task : mine) {
    auto day = l_.campaigns.recount_day(std::stoll(task.data["day"]), turn.now());
    if (!day) continue;
    task.text = roll_up_text(*day);
    desk_.tasks().save_words(task);
    list += fmt::format("\n{} 号 {} {}", task.number, l_.areas.building_text(day->area), task.text);
  }
  turn.say(text::recounted, {{"list", list}});
  return true;
}

/// "完成 12" of a team's task is not believed while households are left; of a roll-up it confirms.
bool CampaignHandler::done(Turn& turn, const dialog::Command& command) {
  if (!roll_ups(turn, command).empty() && command.number)
    return confirm(turn, {command.id, command.number, {}, false});
  for (const Task& task : desk_.tasks().owned(turn.sender())) {
    bool meant = task.kind == TaskKind::screening && command.number && *command.number == task.number;
    auto found = task.data.find("campaign");
    auto campaign =
        meant && found != task.data.end() ? l_.campaigns.find(std::stoll(found->second)) : std::nullopt;
    if (!campaign) continue;
    turn.say(text::still_owed, values(turn, *campaign, task.area));
    return true;
  }
  return false;
}

}  // namespace linli::handlers
