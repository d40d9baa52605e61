#include "handlers/coverage.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "bot/community/invitation.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/coverage_texts.hpp"

namespace linli::handlers {

using community::Area;
using community::Gap;
using community::GapKind;
using community::Role;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr Role who_may_see[] = {Role::grid_leader, Role::on_call};
constexpr std::size_t page = 5;
constexpr Seconds kept_open{30 * 60};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool asks_for_more(std::string_view normal) {
  constexpr std::string_view words[] = {"更多", "下一页", "还有", "还有呢", "还有吗", "后面的", "往下"};
  return std::ranges::find(words, normal) != std::end(words);
}

}  // namespace

CoverageHandler::CoverageHandler(Ledgers ledgers, dialog::TaskDesk& desk,
                                 const community::CoverageRules& rules)
    : l_(ledgers),
      desk_(desk),
      rules_(rules),
      fillers_(community::kinds_of(desk.policies().of(community::TaskKind::gap))) {}

std::vector<dialog::Step> CoverageHandler::steps() const {
  return {{"list", coverage::list_help}};
}

std::vector<dialog::TextId> CoverageHandler::texts() const {
  return {std::begin(coverage::all), std::end(coverage::all)};
}

void CoverageHandler::start(Turn& turn) {
  auto own = own_areas(turn);
  if (own.empty()) return refuse(turn);
  show(turn, own);
}

/// "覆盖", "覆盖 3号楼".
bool CoverageHandler::command(Turn& turn, const dialog::Command& command) {
  auto own = own_areas(turn);
  if (command.exact) {
    own.empty() ? refuse(turn) : show(turn, own);
    return true;
  }
  const std::string& normal = turn.message().normal;
  std::string_view place = behind_command(normal);
  if (own.empty() || place.empty()) return false;  // "缺人，东西搬不动" asks for help
  auto found = find_place(place, own.front().id);
  if (!found.area || found.several || !found.missing.empty()) {
    if (!normal.starts_with("覆盖")) return false;
    turn.say(coverage::where_how);
  } else if (!may_see(own, *found.area)) {
    turn.say(coverage::refused_there, {{"where", l_.areas.building_text(found.area->id)},
                                       {"who", officer_of(found.area->id, turn.now())}});
  } else {
    show(turn, {*found.area});
  }
  return true;
}

/// What a text names; units and households stand for their building.
store::AreaLedger::Found CoverageHandler::find_place(std::string_view normal, AreaId near) {
  auto found = l_.areas.find_in_text(normal, near);
  if (found.area && found.area->kind > community::AreaKind::building) {
    auto building = l_.areas.above(found.area->id, community::AreaKind::building);
    found.area = building ? building : l_.areas.find(found.area->parent);
  }
  return found;
}

std::vector<Area> CoverageHandler::own_areas(Turn& turn) {
  std::vector<Area> own;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (std::ranges::find(who_may_see, held.role) == std::end(who_may_see)) continue;
    auto area = l_.areas.find(held.area);
    if (!area || may_see(own, *area)) continue;
    std::erase_if(own, [&](const Area& other) { return other.path.starts_with(area->path); });
    own.push_back(*area);
  }
  return own;
}

bool CoverageHandler::may_see(const std::vector<Area>& own, const Area& area) {
  return std::ranges::any_of(own, [&](const Area& above) { return area.path.starts_with(above.path); });
}

/// "和平苑的网格长"; the officer on call where there is none.
std::string CoverageHandler::officer_of(AreaId area, Time now) {
  for (Role role : who_may_see) {
    auto held =
        area ? l_.appointments.holders({role, std::nullopt}, area, now) : std::vector<store::Appointment>();
    if (!held.empty())
      return l_.areas.building_text(held.front().area) + "的" + std::string(community::title(role));
  }
  return "社区值班干部";
}

/// Who sees it instead, and how to reach them.
void CoverageHandler::refuse(Turn& turn) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  AreaId area = held.empty() ? turn.me().home : held.front().area;
  turn.say(coverage::refused, {{"who", officer_of(area, turn.now())}});
}

CoverageHandler::Judged CoverageHandler::judge(Turn& turn, const std::vector<Area>& areas) {
  Judged judged;
  for (const Area& wanted : areas) {
    auto facts = l_.coverage.facts(rules_, turn.zone(), turn.now(), wanted.id);
    facts.people[turn.sender()] = {true, turn.now()};  // whoever asks is there
    std::set<AreaId> inside;
    for (const Area& area : facts.areas) {
      if (area.path.starts_with(wanted.path)) inside.insert(area.id);
    }
    auto result = community::evaluate(facts, rules_, fillers_);
    for (Gap& gap : result.gaps) {
      if (inside.contains(gap.area)) judged.gaps.push_back(std::move(gap));
    }
    for (std::size_t i = 0; i < community::purposes; ++i) {
      judged.counts[i].covered += result.counts[wanted.id][i].covered;
      judged.counts[i].all += result.counts[wanted.id][i].all;
    }
  }
  community::sort(judged.gaps);
  for (const Area& wanted : areas) close_filled(turn, wanted, judged.gaps);
  return judged;
}

std::string CoverageHandler::where(const Gap& gap) {
  return l_.areas.building_text(gap.area);
}

std::string CoverageHandler::label(const Gap& gap) {
  return fmt::format("{} {}", where(gap), community::brief(gap.purpose));
}

std::string CoverageHandler::line(const Gap& gap) {
  return fmt::format("{}：{}（{} 户）", label(gap), gap.why, gap.households);
}

void CoverageHandler::show(Turn& turn, const std::vector<Area>& areas) {
  auto judged = judge(turn, areas);
  std::string names, ids, counts;
  for (const Area& area : areas) {
    names += (names.empty() ? "" : "、") + l_.areas.building_text(area.id);
    ids += fmt::format("{} ", area.id.value);
  }
  for (std::size_t i = 0; i < community::purposes; ++i) {
    auto purpose = static_cast<community::Purpose>(i);
    if (judged.counts[i].all == 0) continue;
    counts += fmt::format("{}{} {}/{} {}", counts.empty() ? "" : "，", community::brief(purpose),
                          judged.counts[i].covered, judged.counts[i].all, community::unit(purpose));
  }
  if (judged.gaps.empty()) return turn.say(coverage::all_covered, {{"where", names}, {"counts", counts}});
  show_page(turn, coverage::list, judged.gaps, {},
            {{"where", names}, {"counts", counts}, {"count", std::to_string(judged.gaps.size())}});
  turn.remember("areas", ids);
}

/// The next five of `gaps`; those shown before keep their numbers.
void CoverageHandler::show_page(Turn& turn, dialog::TextId text, const Gaps& gaps,
                                std::vector<std::string> keys, dialog::Values values) {
  std::string lines;
  auto choices = keys.empty() ? std::vector<std::string>() : turn.dialog().choices;
  std::size_t shown = std::min(page, gaps.size());
  for (const Gap& gap : std::span(gaps).first(shown)) {
    keys.push_back(community::key_of(gap));
    choices.push_back(label(gap));
    lines += fmt::format("\n{} {}", keys.size(), line(gap));
  }
  values.emplace_back("lines", lines);
  values.emplace_back("rest",
                      gaps.size() > shown ? fmt::format("，回“更多”看后面 {} 处", gaps.size() - shown) : "");
  turn.ask(topic(), "list", text, values, std::move(choices));
  turn.remember("keys", fmt::format("{}", fmt::join(keys, " ")));
}

std::vector<Area> CoverageHandler::shown_areas(Turn& turn) {
  auto own = own_areas(turn);
  std::vector<Area> areas;
  for (const std::string& id : words_of(turn.answer("areas"))) {
    auto area = l_.areas.find(AreaId{std::stoll(id)});
    if (area && may_see(own, *area)) areas.push_back(*area);
  }
  return areas;
}

Answered CoverageHandler::answer(Turn& turn) {
  if (turn.message().kind != dialog::MessageKind::text) return Answered::not_understood;
  const std::string& normal = turn.message().normal;
  auto areas = shown_areas(turn);
  auto typed = turn.words().command(normal);
  if (areas.empty() || (typed && typed->id == "coverage")) {  // asked anew, or not theirs any more
    turn.leave();
    if (!typed || !command(turn, *typed)) refuse(turn);
    return Answered::taken;
  }
  if (typed) return Answered::not_mine;  // "邀请 张三 楼院长 6号楼"
  if (asks_for_more(normal)) return show_more(turn, areas), Answered::taken;
  if (auto chosen = turn.choice()) return show_chosen(turn, areas, *chosen), Answered::taken;
  if (show_named(turn, areas)) return Answered::taken;
  return turn.words().help_category(normal) ? Answered::not_mine : Answered::not_understood;
}

void CoverageHandler::show_more(Turn& turn, const std::vector<Area>& areas) {
  auto judged = judge(turn, areas);
  auto keys = words_of(turn.answer("keys"));
  std::erase_if(judged.gaps, [&](const Gap& gap) {
    return std::ranges::find(keys, community::key_of(gap)) != keys.end();
  });
  if (!judged.gaps.empty()) return show_page(turn, coverage::more, judged.gaps, std::move(keys), {});
  turn.say(coverage::no_more);
  turn.keep_dialog(kept_open);
}

void CoverageHandler::show_chosen(Turn& turn, const std::vector<Area>& areas,
                                  const std::string& label_chosen) {
  const auto& choices = turn.dialog().choices;
  auto index = static_cast<std::size_t>(std::ranges::find(choices, label_chosen) - choices.begin());
  auto keys = words_of(turn.answer("keys"));
  // The digit counts, where two gaps of one building are called the same.
  std::size_t number = 0;
  const std::string& normal = turn.message().normal;
  auto read = std::from_chars(normal.data(), normal.data() + normal.size(), number);
  if (read.ec == std::errc{} && number >= 1 && number <= keys.size()) index = number - 1;
  auto judged = judge(turn, areas);
  auto gap = std::ranges::find(judged.gaps, index < keys.size() ? keys[index] : std::string(),
                               [](const Gap& one) { return community::key_of(one); });
  turn.keep_dialog(kept_open);
  if (gap == judged.gaps.end()) return turn.say(coverage::filled_meanwhile);
  show_one(turn, *gap);
}

/// "2号楼": its gap, or all of them as a list of their own.
bool CoverageHandler::show_named(Turn& turn, const std::vector<Area>& areas) {
  auto found = find_place(turn.message().normal, areas.front().id);
  if (!found.area || found.several || !found.missing.empty() || !may_see(areas, *found.area)) return false;
  auto judged = judge(turn, {*found.area});
  if (judged.gaps.size() == 1) {
    turn.keep_dialog(kept_open);
    show_one(turn, judged.gaps.front());
    return true;
  }
  if (judged.gaps.empty()) turn.leave();
  show(turn, {*found.area});
  return true;
}

void CoverageHandler::show_one(Turn& turn, const Gap& gap) {
  turn.say(coverage::detail, {{"where", where(gap)},
                              {"purpose", std::string(community::title(gap.purpose))},
                              {"why", gap.why},
                              {"households", std::to_string(gap.households)},
                              {"level", l_.areas.building_text(gap.filled_by)}});
  say_how(turn, gap);
}

/// What can be done about it, in words that this person may use.
void CoverageHandler::say_how(Turn& turn, const Gap& gap) {
  std::string place = where(gap);
  std::erase(place, ' ');
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  bool invites = std::ranges::any_of(
      held, [&](const store::Appointment& own) { return community::may_invite(own.role, gap.role); });
  if (gap.kind == GapKind::post_uncovered) return turn.say(coverage::how_post, {{"post", gap.post_name}});
  if (!invites) return;
  dialog::Values values{{"role", std::string(community::title(gap.role))}, {"place", place}};
  turn.say(gap.kind == GapKind::unreachable ? coverage::how_bind
           : gap.kind == GapKind::inactive  ? coverage::how_wake
                                            : coverage::how_invite,
           values);
}

}  // namespace linli::handlers
