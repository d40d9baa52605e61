// Doors that no list knew, people who look like somebody known, two records that are one household.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/household_report.hpp"
#include "handlers/campaign.hpp"
#include "handlers/campaign_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

namespace text = campaign;
using community::AreaKind;
using community::CampaignState;
using community::Role;
using dialog::Answered;
using dialog::Turn;
using store::LookAlike;

namespace {

constexpr std::string_view same_one = "是同一家", another_one = "不是，照样新增";
constexpr std::size_t most_alike = 3;

std::string rest_of(const std::string& normal) {
  auto end = normal.find_first_of(" 0123456789");
  if (end == normal.npos) return {};
  auto first = normal.find_first_not_of(' ', end);
  return first == normal.npos ? std::string() : normal.substr(first);
}

std::string_view why(LookAlike::By by) {
  if (by == LookAlike::By::phone) return "电话一样";
  return by == LookAlike::By::same_name ? "同名，离得近" : "名字只差一个字，离得近";
}

}  // namespace

/// "新增 3号楼 2单元 701 张三 13800000000"
void CampaignHandler::found(Turn& turn) {
  auto read = community::read_found_household(rest_of(turn.message().normal));
  auto named = place_in(turn, read.place);
  if (named.ambiguous) return turn.say(text::which_place, {{"place", read.place}, {"kind", "新增"}});
  bool clear = named.area && !named.ambiguous && !read.room.empty();
  if (!clear || named.area->kind < AreaKind::community) return turn.say(text::found_how);
  if (!goes_round(turn, named.area->id)) return turn.say(text::refused);
  auto fitting = [&](AreaKind kind) { return !l_.areas.below(named.area->id, kind).empty(); };
  bool deeper = (named.area->kind == AreaKind::building && fitting(AreaKind::unit)) ||
                (named.area->kind < AreaKind::building && fitting(AreaKind::building));
  if (deeper) return turn.say(text::found_unit, {{"place", l_.areas.building_text(named.area->id)}});
  for (const auto& child : l_.areas.children(named.area->id)) {
    bool same =
        child.kind == AreaKind::household &&
        (child.name == read.room || community::number_in(child.name) == community::number_in(read.room));
    if (same) return turn.say(text::found_exists, {{"place", l_.areas.address_text(child.id)}});
  }
  Found wanted{named.area->id, read.room, read.name, read.phone};
  auto near = l_.areas.above(named.area->id, AreaKind::building);
  auto alike = l_.households.look_alikes(near ? near->path : named.area->path, read.name, read.phone);
  if (alike.empty()) return add_found(turn, wanted);
  std::string list;
  for (std::size_t i = 0; i < alike.size() && i < most_alike; ++i) {
    // Of a door elsewhere no more is told than that there is one.
    bool mine = goes_round(turn, alike[i].household);
    list +=
        fmt::format("{}{}（{}）", i ? "；" : "",
                    mine ? l_.areas.address_text(alike[i].household) + " " + alike[i].name : "别的片区的一户",
                    why(alike[i].by));
  }
  turn.ask(topic(), "alike", text::found_alike, {{"list", list}, {"room", read.room}},
           {std::string(same_one), std::string(another_one)});
  turn.remember("parent", std::to_string(wanted.parent.value));
  turn.remember("room", wanted.room);
  turn.remember("name", wanted.name);
  turn.remember("phone", wanted.phone);
}

Answered CampaignHandler::answer_alike(Turn& turn) {
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  Found wanted{AreaId{std::stoll(turn.answer("parent"))}, turn.answer("room"), turn.answer("name"),
               turn.answer("phone")};
  turn.leave();
  if (*choice == same_one)
    turn.say(text::found_same);
  else
    add_found(turn, wanted);
  return Answered::taken;
}

void CampaignHandler::add_found(Turn& turn, const Found& wanted) {
  auto parent = l_.areas.find(wanted.parent);
  if (!parent) return turn.say(text::found_how);
  AreaId household = l_.households.add(*parent, wanted.room, wanted.name, wanted.phone, turn.now());
  std::string campaigns;
  for (const Campaign& campaign : l_.campaigns.around(household)) {
    if (!campaign.audience.empty()) continue;  // whether it belongs to that kind is not known
    l_.campaigns.found(campaign,
                       {household, CampaignState::found, turn.now(), {}, turn.sender(), "found", {}});
    settle(turn, campaign, household);
    campaigns += (campaigns.empty() ? "" : "、") + name_of(campaign);
  }
  turn.say(text::found_added, {{"place", l_.areas.address_text(household)},
                               {"name", wanted.name.empty() ? "" : "（" + wanted.name + "）"},
                               {"campaigns", campaigns.empty() ? "" : "，也进了正在做的" + campaigns}});
}

// --- two records of one household

/// "并户 3号楼2单元701 到 3号楼2单元501": the first goes into the second. `only_if_doors`: 合并 is a word of
/// tickets too, and stays theirs unless it names doors.
bool CampaignHandler::merge(Turn& turn, bool only_if_doors) {
  std::string line = rest_of(turn.message().normal);
  AreaId own = own_area(turn);
  auto door = [&](const std::string& words, AreaId near) -> std::optional<community::Area> {
    if (words.empty()) return std::nullopt;
    auto named = l_.areas.find_in_text(words, near);
    bool certain = named.area && !named.ambiguous && named.area->kind == AreaKind::household;
    return certain ? named.area : std::nullopt;
  };
  std::optional<community::Area> gone, kept;
  for (std::string_view between : {"并到", "并入", "到", " ", "和"}) {  // 和 last: 和平苑 begins with it
    auto at = line.find(between);
    if (at == line.npos) continue;
    gone = door(line.substr(0, at), own);
    kept = gone ? door(line.substr(at + between.size()), gone->id) : std::nullopt;
    if (kept) break;
  }
  bool doors = gone && kept && gone->id != kept->id;
  if (!doors && only_if_doors) return false;
  if (!doors) return turn.say(text::merge_how), true;
  auto leads = [&](AreaId area) {
    return is_officer(turn, area) ||
           l_.appointments.responsible(turn.sender(), Role::grid_leader, area, turn.now());
  };
  if (!leads(gone->id) || !leads(kept->id)) return turn.say(text::refused), true;
  std::string from = l_.areas.address_text(gone->id), into = l_.areas.address_text(kept->id);
  // What is known of the one that goes is not lost to the one that stays.
  for (const Campaign& campaign : l_.campaigns.around(kept->id)) {
    auto known = l_.campaigns.of(campaign.id, gone->id);
    auto own_entry = l_.campaigns.of(campaign.id, kept->id);
    bool nothing = !own_entry || own_entry->state == CampaignState::not_yet;
    if (!known || !nothing || known->state == CampaignState::not_yet || known->state == CampaignState::found)
      continue;
    if (l_.campaigns.includes(campaign, kept->id))
      l_.campaigns.set(campaign.id,
                       {kept->id, known->state, turn.now(), known->said_by, turn.sender(), "merged", {}});
  }
  auto merge = l_.households.merge(kept->id, gone->id, turn.sender(), turn.now());
  for (const Campaign& campaign : l_.campaigns.around(kept->id)) settle(turn, campaign, kept->id);
  turn.say(text::merged, {{"gone", from}, {"kept", into}, {"number", std::to_string(merge.id)}});
  return true;
}

/// "分户 3": as it was before.
void CampaignHandler::split(Turn& turn, const dialog::Command& command) {
  auto merge = command.number ? l_.households.find_merge(*command.number) : std::nullopt;
  bool mine = merge && goes_round(turn, merge->kept);
  if (!mine || merge->undone_at) return turn.say(text::split_how);
  l_.households.undo(*merge, turn.sender(), turn.now());
  for (const Campaign& campaign : l_.campaigns.around(merge->kept)) {
    auto entry = l_.campaigns.of(campaign.id, merge->kept);
    if (entry && entry->via == "merged")  // it was the other one's
      l_.campaigns.set(campaign.id,
                       {merge->kept, CampaignState::not_yet, turn.now(), {}, turn.sender(), "split", {}});
    settle(turn, campaign, merge->kept);
  }
  turn.say(text::split_done,
           {{"gone", l_.areas.address_text(merge->gone)}, {"kept", l_.areas.address_text(merge->kept)}});
}

}  // namespace linli::handlers
