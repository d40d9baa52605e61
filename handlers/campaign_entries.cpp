// Whoever goes round enters many households in one line; what was not understood is named, and nothing else
// is lost by it. Each household entered hears of it and may object.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/household_report.hpp"
#include "handlers/campaign.hpp"
#include "handlers/campaign_texts.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

namespace text = campaign;
using community::AreaKind;
using community::CampaignState;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr Seconds objection_for{24 * 3600}, listed_for{4 * 3600};
constexpr std::size_t longest_list = 12;
constexpr int most_doors = 60;

void append(std::string& text, std::string_view part, std::string_view between = "、") {
  if (!text.empty()) text += between;
  text += part;
}

/// What stands behind the campaign's word: "排查 3号楼 501完成" gives "3号楼 501完成".
std::string behind_word(const community::CampaignKind& kind, const std::string& normal) {
  std::size_t longest = 0;
  for (const std::string& word : kind.words) {
    if (normal.starts_with(word)) longest = std::max(longest, word.size());
  }
  std::string rest = normal.substr(longest);
  auto first = rest.find_first_not_of(" ,.:;#");
  return first == rest.npos ? std::string() : rest.substr(first);
}

}  // namespace

bool CampaignHandler::campaign_command(Turn& turn, const dialog::Command&) {
  const std::string& normal = turn.message().normal;
  const Kind* kind = rules_.named(normal);
  AreaId own = own_area(turn);
  std::string rest = kind ? behind_word(*kind, normal) : std::string();
  bool about_home = rest.empty() || rest == "改" || rest == "不答" || rest.starts_with("我家");
  if (about_home && (!own || !rest.empty())) {
    speak(turn);
    return true;
  }
  if (!own) return false;  // words of a resident that begin so
  if (rest.empty() || rest.starts_with("进度") || rest.starts_with("名单") || !kind) {
    progress(turn);
    return true;
  }
  enter_line(turn, *kind, rest);
  return true;
}

/// The household that "2单元501" or "501" means in a place; where several units have a 501, they are named.
CampaignHandler::Door CampaignHandler::find_door(AreaId place, std::string_view unit, std::string_view room) {
  std::vector<AreaId> fits;
  std::string units;
  for (const auto& household : l_.areas.below(place, AreaKind::household)) {
    if (community::number_in(household.name) != room) continue;
    auto above = l_.areas.find(household.parent);
    std::string name = above ? above->name : std::string();
    if (!unit.empty() && community::number_in(name) != unit) continue;
    if (units.find(name) == units.npos) append(units, name);
    fits.push_back(household.id);
  }
  if (fits.empty()) return {{}, "没有这一户，新找到的用“新增”"};
  if (fits.size() > 1) return {{}, units + "都有"};
  return {fits.front(), {}};
}

/// The place that a line names, within the sender's area; without one the building seen last, or their own
/// area. Ambiguous: several buildings there have that number.
store::AreaLedger::Found CampaignHandler::place_in(Turn& turn, const std::string& words) {
  AreaId own = own_area(turn);
  if (words.empty()) {
    for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
      if (ask.topic == listed) return {l_.areas.find(AreaId{ask.ref}), false, false, {}};
    }
    return {l_.areas.find(own), false, false, {}};
  }
  auto named = l_.areas.find_in_text(words, own);
  bool numbered = words.find_first_of("0123456789") != words.npos;
  bool stopped_short =
      named.area && named.area->kind < AreaKind::building && numbered && named.missing.empty();
  if (stopped_short && !l_.areas.below(named.area->id, AreaKind::building).empty()) named.ambiguous = true;
  return named;
}

/// "排查 3号楼 501完成 502拒访 503空户 601联系不上", "排查 河边组5号院 完成"
void CampaignHandler::enter_line(Turn& turn, const Kind& kind, const std::string& line) {
  auto report = community::read_household_report(line);
  auto named = place_in(turn, report.place);
  if (named.ambiguous) return turn.say(text::which_place, {{"place", report.place}, {"kind", kind.name}});
  if (!named.area) return turn.say(text::line_how, {{"kind", kind.name}});
  if (!goes_round(turn, named.area->id)) return turn.say(text::refused);
  if (named.area->kind <= AreaKind::community) return turn.say(text::line_how, {{"kind", kind.name}});
  auto campaign = l_.campaigns.running_at(named.area->id, kind.id);
  if (!campaign) return turn.say(text::none_running);
  bool one_door = report.rooms.empty() && named.area->kind == AreaKind::household;
  if (one_door) report.rooms.push_back({{}, named.area->name, report.place});
  if (report.rooms.empty()) return turn.say(text::line_how, {{"kind", kind.name}});
  std::string taken, unclear, own_word;
  std::vector<AreaId> entered;
  for (const auto& entry : report.rooms) {
    std::string shown = (entry.unit.empty() ? "" : entry.unit + "单元") + entry.room;
    auto state = community::campaign_state_in_words(entry.words);
    auto answers = community::answers_in_line(kind, entry.words);
    if (!state && !answers.empty()) state = CampaignState::done;
    Door door = one_door ? Door{named.area->id, {}} : find_door(named.area->id, entry.unit, entry.room);
    bool included = door.household && l_.campaigns.includes(*campaign, door.household);
    if (!door.household || !state || !included) {
      append(unclear, fmt::format("{}{}（{}）", shown, one_door ? "" : entry.words,
                                  !door.household ? door.why
                                  : !included     ? "不在这次名单里"
                                                  : "没说清怎么样"));
    } else if (!enter(turn, *campaign, door.household, *state, entry.words)) {
      append(own_word, shown);
    } else {
      for (const Question& question : kind.questions) {
        auto answer = answers.find(question.id);
        if (*state == CampaignState::done && answer != answers.end())
          take_answer(turn, *campaign, question, door.household, answer->second, {});
      }
      append(taken, shown + std::string(community::title(*state)));
      entered.push_back(door.household);
    }
  }
  if (!entered.empty()) {
    AreaId where = one_door ? named.area->parent : named.area->id;
    Values values = this->values(turn, *campaign, where);
    values.emplace_back("count", std::to_string(entered.size()));
    values.emplace_back("list", taken);
    turn.say(text::taken, values);
    for (AreaId household : entered) settle(turn, *campaign, household);
  }
  if (!own_word.empty()) turn.say(text::own_word, {{"list", own_word}});
  if (!unclear.empty()) turn.say(text::unclear, {{"list", unclear}});
}

/// False if the household has answered for itself: its own word stands.
bool CampaignHandler::enter(Turn& turn, const Campaign& campaign, AreaId household, CampaignState state,
                            const std::string& words) {
  auto before = l_.campaigns.of(campaign.id, household);
  bool spoke = before && before->via == "self" && before->state != CampaignState::not_yet;
  if (spoke) return false;
  l_.campaigns.set(campaign.id, {household, state, turn.now(), {}, turn.sender(), "staff", words});
  turn.around().asks.drop_all(topic(), -campaign.id);
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  std::string who = held.empty() ? "工作人员" : std::string(community::title(held.front().role));
  if (turn.me().name != who) who += turn.me().name;
  for (PersonId person : l_.people.find_by_home(household)) {
    if (person == turn.sender()) continue;
    turn.tell(person, text::entered,
              {{"kind", name_of(campaign)},
               {"who", who},
               {"when", turn.when(turn.now())},
               {"state", std::string(community::title(state))}},
              {.keep = objection_for,
               .accepts = "0",
               .topic = std::string(topic()),
               .ref = -campaign.id,
               .hint = "不属实"});
  }
  return true;
}

/// The team's task ends when nobody is left to reach, and there is one again when somebody is.
void CampaignHandler::settle(Turn& turn, const Campaign& campaign, AreaId household) {
  auto team = l_.campaigns.team_at(campaign.id, household);
  if (!team) return;
  auto owed = l_.campaigns.totals(campaign, team->area).owed();
  auto task = desk_.tasks().find(team->task);
  bool open = task && task->state != community::TaskState::closed;
  if (owed > 0 && !open) return open_team(turn, campaign, *team);
  if (owed > 0 || !open) return;
  PersonId owner = task->owner;
  desk_.close(turn, *task, community::CloseHow::answered);
  Values values = this->values(turn, campaign, team->area);
  values.emplace_back("number", std::to_string(task->number));
  for (PersonId person : {owner, campaign.opened_by}) {
    if (person && person != turn.sender()) turn.tell(person, text::all_reached, values);
    if (person && person == turn.sender()) turn.say(text::all_reached, values);
    if (owner == campaign.opened_by) break;
  }
}

// --- how far it is

/// "排查进度", "排查进度 3号楼", "排查名单 3号楼"
void CampaignHandler::progress(Turn& turn) {
  AreaId own = own_area(turn);
  const std::string& normal = turn.message().normal;
  const Kind* kind = rules_.named(normal);
  auto blank = normal.find(' ');
  std::string place = blank == normal.npos ? std::string(behind_command(normal)) : normal.substr(blank + 1);
  std::vector<community::Area> areas;
  if (place.empty()) {
    for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
      auto area = l_.areas.find(held.area);
      bool again = area && std::ranges::find(areas, area->id, &community::Area::id) != areas.end();
      if (area && !again && goes_round(turn, area->id)) areas.push_back(*area);
    }
  } else {
    auto named = find_any_area(l_.areas, place, own);
    if (named.area && !named.ambiguous && goes_round(turn, named.area->id)) areas.push_back(*named.area);
  }
  if (areas.empty()) return turn.say(text::refused);
  bool shown = false;
  for (const auto& area : areas) {
    for (const Campaign& campaign : l_.campaigns.around(area.id)) {
      if (kind && campaign.kind != kind->id) continue;
      show(turn, campaign, area);
      shown = true;
    }
  }
  if (shown) return;
  turn.say(text::none_running);
  if (is_officer(turn, own)) turn.say(text::how_to);
}

/// What became of one household, by whom and when.
void CampaignHandler::show_door(Turn& turn, const Campaign& campaign, AreaId household) {
  std::string list;
  for (const Entry& entry : l_.campaigns.history(campaign.id, household)) {
    bool self = entry.said_by && entry.said_by == entry.typed_by;
    std::string who = self             ? "住户自己说"
                      : entry.typed_by ? person_text(entry.typed_by) + "填"
                                       : std::string("以前答过，没有再问");
    append(list, fmt::format("{} {}（{}）", turn.when(entry.at), community::title(entry.state), who), "\n");
  }
  turn.say(text::door,
           {{"where", l_.areas.address_text(household)},
            {"kind", name_of(campaign)},
            {"lines", list.empty() ? std::string(community::title(CampaignState::not_yet)) : list}});
}

/// The total, and what it is made of: the areas just below, or the doors still to be reached.
void CampaignHandler::show(Turn& turn, const Campaign& campaign, const community::Area& area) {
  auto top = l_.areas.find(campaign.area);
  bool within = top && area.path.starts_with(top->path);
  community::Area from = within || !top ? area : *top;
  if (from.kind == AreaKind::household) return show_door(turn, campaign, from.id);
  turn.say(text::progress, values(turn, campaign, from.id));
  std::string list;
  std::size_t count = 0;
  if (from.kind < AreaKind::building) {
    auto children = l_.areas.children(from.id);
    std::vector<std::pair<std::int64_t, std::string>> lines;
    for (const auto& child : children) {
      if (child.kind == AreaKind::household) continue;
      auto totals = l_.campaigns.totals(campaign, child.id);
      if (totals.base == 0) continue;
      lines.emplace_back(-totals.owed(),
                         fmt::format("{} {} 户，还剩 {}", child.name, totals.base, totals.owed()));
    }
    std::ranges::stable_sort(lines, {}, &std::pair<std::int64_t, std::string>::first);
    for (const auto& [owed, line] : lines) {
      if (++count <= longest_list) append(list, line, "\n");
    }
    if (count > longest_list) append(list, fmt::format("还有 {} 处", count - longest_list), "\n");
    if (!list.empty()) return turn.say(text::progress_below, {{"lines", list}});
  }
  turn.around().asks.put(
      {turn.sender(), std::string(listed), from.id.value, "", "", turn.now(), turn.now() + listed_for});
  std::string unit;
  for (const auto& door : l_.campaigns.left(campaign, from.path, most_doors)) {
    auto ids = community::ids_of_path(door.path);
    auto parent = ids.size() > 1 ? l_.areas.find(ids[ids.size() - 2]) : std::nullopt;
    std::string name = parent && parent->id != from.id ? parent->name : std::string();
    if (name != unit)
      append(list, name + " " + door.name, "\n");
    else
      append(list, door.name);
    unit = name;
  }
  if (!list.empty()) turn.say(text::progress_doors, {{"list", list}});
}

}  // namespace linli::handlers
