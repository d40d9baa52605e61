// Each purpose: who is asked in which order, what they take, and a gap for what nobody takes.
#include "bot/community/coverage.hpp"

#include <fmt/format.h>
#include <tuple>

#include "bot/community/coverage_evaluation.hpp"

namespace linli::community {

namespace judging {

/// The group takes all that is left for it, or nothing: half a compound is no answer to "who is it?".
void Evaluation::ask_group(int which, const std::vector<int>& wanted, std::vector<Target>& targets,
                           const CoverageRules::May& may, bool own_only) {
  std::vector<Target*> open;
  int sum = 0;
  for (int one : wanted) {
    Target& target = targets[static_cast<std::size_t>(one)];
    if (target.covered) continue;
    // Without a property manager somebody of the place itself is needed.
    if (own_only && at(target.node).area->unmanaged && group(which).node != target.node) continue;
    open.push_back(&target);
    sum += target.weight;
  }
  auto fit = effective(which);
  auto failure = failing(which);
  int room = 0, total = sum;
  for (PersonId person : fit) {
    room += std::max(0, may.households - load_[person]);
    total += load_[person];
  }
  if (!failure && sum > room)
    failure = Failure{GapKind::overloaded, which, total, static_cast<int>(fit.size()), may.households};
  for (Target* target : open) {
    target->covered = !failure;
    if (failure && !target->failure) target->failure = failure;
  }
  if (failure) return;
  for (PersonId person : fit) {
    int takes = std::min(sum, std::max(0, may.households - load_[person]));
    load_[person] += takes;
    sum -= takes;
  }
}

bool Evaluation::part_served(int which, int weight, const CoverageRules::May& may, Target& target) {
  auto failure = failing(which);
  auto fit = effective(which);
  auto free =
      std::ranges::find_if(fit, [&](PersonId person) { return load_[person] + weight <= may.households; });
  if (!failure && free == fit.end())
    failure = Failure{GapKind::overloaded, which, weight + load_[fit.front()], 1, may.households};
  if (failure) {
    if (!target.failure) target.failure = failure;
    return false;
  }
  load_[*free] += weight;
  return true;
}

/// Somebody of the role in every part directly below counts like somebody of the whole.
void Evaluation::ask_parts(const CoverageRules::May& may, std::vector<Target>& targets) {
  auto role_index = static_cast<std::size_t>(may.role);
  for (Target& target : targets) {
    const auto& parts = children_[static_cast<std::size_t>(target.node)];
    bool all = !target.covered && !parts.empty() && std::ranges::all_of(parts, [&](int part) {
      int own = at(part).nearest[role_index];
      return own != none && group(own).node == part;
    });
    if (!all) continue;
    target.covered = std::ranges::all_of(parts, [&](int part) {
      return part_served(at(part).nearest[role_index], at(part).below, may, target);
    });
  }
}

void Evaluation::cover(Purpose purpose) {
  const auto& rule = rules_.of[static_cast<std::size_t>(purpose)];
  auto targets = targets_of(purpose);
  load_.clear();
  // What each group is asked for, in the order of asking: by the rule's roles, or by nearness.
  std::map<std::tuple<int, int, int>, std::vector<int>> asked;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    for (std::size_t r = 0; r < rule.by.size(); ++r) {
      int which = at(targets[t].node).nearest[static_cast<std::size_t>(rule.by[r].role)];
      if (which == none) continue;
      int order = static_cast<int>(r), nearness = -at(group(which).node).depth;
      auto key = rule.nearest ? std::tuple{nearness, order, which} : std::tuple{order, nearness, which};
      asked[key].push_back(static_cast<int>(t));
    }
  }
  if (rule.nearest) {
    for (const auto& [key, wanted] : asked)
      ask_group(std::get<2>(key), wanted, targets, rule.by[static_cast<std::size_t>(std::get<1>(key))],
                false);
  } else {
    auto next = asked.begin();
    for (std::size_t r = 0; r < rule.by.size(); ++r) {
      for (; next != asked.end() && std::get<0>(next->first) == static_cast<int>(r); ++next)
        ask_group(std::get<2>(next->first), next->second, targets, rule.by[r], true);
      ask_parts(rule.by[r], targets);
    }
  }
  std::map<std::pair<int, GapKind>, std::size_t> known;
  for (const Target& target : targets) {
    int weight = purpose == Purpose::asked ? target.weight : 1;
    count(purpose, target.node, target.covered ? weight : 0, weight);
    if (!target.covered) add_gap(purpose, target, known);
  }
}

/// Households that nobody asks after are named by their building, one gap a reason.
void Evaluation::add_gap(Purpose purpose, const Target& target,
                         std::map<std::pair<int, GapKind>, std::size_t>& known) {
  Failure failure = target.failure.value_or(Failure{});
  int node = target.node;
  while (purpose == Purpose::asked && at(node).area->kind > AreaKind::building && at(node).parent != none)
    node = at(node).parent;
  bool own = at(node).area->unmanaged && purpose != Purpose::asked;
  if (own && failure.kind == GapKind::nobody_appointed) failure.kind = GapKind::unmanaged;
  auto [found, is_new] = known.try_emplace({node, failure.kind}, result_.gaps.size());
  if (!is_new) {
    result_.gaps[found->second].households += target.weight;
    return;
  }
  Gap gap;
  gap.area = at(node).area->id;
  gap.purpose = purpose;
  gap.kind = failure.kind;
  gap.households = target.weight;
  const auto& by = rules_.of[static_cast<std::size_t>(purpose)].by;
  // Somebody who has too much is helped by whoever should have been there first.
  bool first = failure.group == none || failure.kind == GapKind::overloaded;
  gap.role = first ? by.front().role : group(failure.group).role;
  int place = at(node).place == none ? node : at(node).place;
  gap.place = at(place).area->id;
  gap.in_unmanaged = at(node).area->unmanaged || at(place).area->unmanaged;
  gap.filled_by = filler(node, false);
  gap.why = why(purpose, gap, failure);
  result_.gaps.push_back(std::move(gap));
}

/// The nearest area above whose officers fill gaps; `own`: the area itself may be the one.
AreaId Evaluation::filler(int node, bool own) const {
  for (int up = own ? node : at(node).parent; up != none; up = at(up).parent) {
    if (contains(fillers_, at(up).area->kind)) return at(up).area->id;
  }
  return at(node).area->id;
}

std::string Evaluation::why(Purpose purpose, const Gap& gap, const Failure& failure) const {
  std::string_view role = title(failure.group == none ? gap.role : group(failure.group).role);
  switch (failure.kind) {
    case GapKind::unmanaged:
      return fmt::format("无人管理，也没有自己的{}", role);
    case GapKind::unreachable:
      return fmt::format("{}任命了，但没有关注公众号，联系不上", role);
    case GapKind::inactive:
      if (failure.figure == 0) return fmt::format("{}任命了，还一次都没有用过，不知道在不在岗", role);
      return fmt::format("{}已经 {} 天没有动静", role, failure.figure / 86400);
    case GapKind::overloaded:
      return fmt::format("{} {} 人要管 {} 家，一个人最多顾得过来 {} 家", role, failure.people, failure.figure,
                         failure.most);
    default:
      break;
  }
  const auto& by = rules_.of[static_cast<std::size_t>(purpose)].by;
  const auto& path = at(index(gap.area)).area->path;
  for (const Holder& one : facts_.away) {
    int where = index(one.area);
    bool counts = std::ranges::find(by, one.role, &CoverageRules::May::role) != by.end();
    if (counts && where != none && path.starts_with(at(where).area->path))
      return fmt::format("{}不在（请假或离开了），没有代班人", title(one.role));
  }
  std::string titles;
  for (std::size_t i = 0; i < by.size(); ++i)
    titles += fmt::format("{}{}", i == 0 ? "" : i + 1 == by.size() ? "或" : "、", title(by[i].role));
  return "还没有任命" + titles;
}

void Evaluation::guard() {
  for (const PostFacts& post : facts_.posts) {
    int node = index(post.area);
    if (node == none) continue;
    count(Purpose::guarded, node, post.bare.empty() ? 1 : 0, 1);
    if (post.bare.empty()) continue;
    Gap gap;
    gap.area = post.area;
    gap.purpose = Purpose::guarded;
    gap.kind = GapKind::post_uncovered;
    gap.households = at(node).below;
    gap.why = fmt::format("{} {} 没有排人", post.name, post.bare);
    gap.role = Role::volunteer;
    gap.post = post.id;
    gap.post_name = post.name;
    int place = at(node).place == none ? node : at(node).place;
    gap.place = at(place).area->id;
    gap.in_unmanaged = at(node).area->unmanaged || at(place).area->unmanaged;
    gap.filled_by = filler(node, true);
    result_.gaps.push_back(std::move(gap));
  }
}

void Evaluation::count(Purpose purpose, int node, int covered, int all) {
  for (; node != none; node = at(node).parent) {
    Covered& here = counts_[static_cast<std::size_t>(node)][static_cast<std::size_t>(purpose)];
    here.covered += covered;
    here.all += all;
  }
}

void Evaluation::report_counts() {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].area->kind <= AreaKind::building) result_.counts[nodes_[i].area->id] = counts_[i];
  }
}

}  // namespace judging

void sort(std::vector<Gap>& gaps) {
  auto key = [](const Gap& gap) {
    return std::tuple(gap.kind != GapKind::unmanaged, !gap.in_unmanaged, -gap.households, gap.purpose,
                      gap.area, gap.post);
  };
  std::ranges::sort(gaps, {}, key);
}

Coverage evaluate(const CoverageFacts& facts, const CoverageRules& rules,
                  const std::vector<AreaKind>& fillers) {
  return judging::Evaluation(facts, rules, fillers).run();
}

}  // namespace linli::community
