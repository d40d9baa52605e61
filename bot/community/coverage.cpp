#include "bot/community/coverage.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace linli::community {

namespace {

constexpr std::size_t roles = 12;
constexpr int none = -1;

struct Node {
  const Area* area{};
  int parent = none;
  int depth{};
  int households{};                  // standing directly here
  int below{};                       // here and below
  int place = none;                  // the compound, courtyard, village or single building around it
  std::array<int, roles> nearest{};  // by role: the group at or above that is next; none
};

/// All who hold one role in one area.
struct Group {
  Role role{};
  int node{};
  std::vector<PersonId> people;
};

/// Why the first who was asked does not count.
struct Failure {
  GapKind kind = GapKind::nobody_appointed;
  int group = none;
  std::int64_t figure{};  // inactive: seconds since the last act; overloaded: households in all
  int people{};
  int most{};
};

/// Something to be covered, for one purpose.
struct Target {
  int node{};
  int weight{};  // households
  bool covered{};
  std::optional<Failure> failure;
};

class Evaluation {
 public:
  Evaluation(const CoverageFacts& facts, const CoverageRules& rules, const std::vector<AreaKind>& fillers)
      : facts_(facts), rules_(rules), fillers_(fillers) {}

  Coverage run() {
    read_areas();
    read_holders();
    for (std::size_t i = 0; i < rules_.of.size(); ++i) cover(static_cast<Purpose>(i));
    guard();
    report_counts();
    sort(result_.gaps);
    return std::move(result_);
  }

 private:
  void read_areas();
  void read_holders();
  void cover(Purpose purpose);
  void guard();
  void report_counts();

  std::vector<Target> targets_of(Purpose purpose) const;
  std::vector<int> targeted(const CoverageRules::Rule& rule, bool households) const;
  void ask_group(int group, const std::vector<int>& wanted, std::vector<Target>& targets,
                 const CoverageRules::May& may, bool own_only);
  void ask_parts(const CoverageRules::May& may, std::vector<Target>& targets);
  bool part_served(int group, int weight, const CoverageRules::May& may, Target& target);
  std::optional<Failure> failing(int group) const;
  std::vector<PersonId> effective(int group) const;
  void add_gap(Purpose purpose, const Target& target, std::map<std::pair<int, GapKind>, std::size_t>& known);
  std::string why(Purpose purpose, const Gap& gap, const Failure& failure) const;
  void count(Purpose purpose, int node, int covered, int all);
  AreaId filler(int node, bool own) const;
  int index(AreaId id) const {
    auto found = index_.find(id);
    return found == index_.end() ? none : found->second;
  }
  const Node& at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }
  const Group& group(int index) const { return groups_[static_cast<std::size_t>(index)]; }

  const CoverageFacts& facts_;
  const CoverageRules& rules_;
  const std::vector<AreaKind>& fillers_;
  std::vector<Node> nodes_;  // parents before children
  std::unordered_map<AreaId, int> index_;
  std::vector<Group> groups_;
  std::vector<std::vector<int>> children_;
  std::vector<Counts> counts_;
  std::unordered_map<PersonId, int> load_;  // households, of the purpose at hand
  Coverage result_;
};

bool contains(const std::vector<AreaKind>& kinds, AreaKind kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

void Evaluation::read_areas() {
  std::vector<const Area*> sorted;
  for (const Area& area : facts_.areas) sorted.push_back(&area);
  std::ranges::sort(sorted, {}, [](const Area* area) -> std::string_view { return area->path; });
  nodes_.resize(sorted.size());
  children_.resize(sorted.size());
  counts_.resize(sorted.size());
  const auto& places = rules_.of[static_cast<std::size_t>(Purpose::organised)].each;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    Node& node = nodes_[i];
    node.area = sorted[i];
    index_[node.area->id] = static_cast<int>(i);
    node.parent = index(node.area->parent);
    if (node.parent != none) {
      node.depth = at(node.parent).depth + 1;
      node.place = at(node.parent).place;
      children_[static_cast<std::size_t>(node.parent)].push_back(static_cast<int>(i));
    }
    bool alone = node.place == none && node.area->kind >= AreaKind::building;
    if (contains(places, node.area->kind) || alone) node.place = static_cast<int>(i);
    auto households = facts_.households.find(node.area->id);
    if (households != facts_.households.end()) node.households = households->second;
    node.below = node.households;
    node.nearest.fill(none);
  }
  for (auto node = nodes_.rbegin(); node != nodes_.rend(); ++node) {
    if (node->parent != none) nodes_[static_cast<std::size_t>(node->parent)].below += node->below;
  }
}

/// Above the community or village nobody serves anybody by an appointment alone.
void Evaluation::read_holders() {
  std::map<std::pair<int, Role>, int> known;
  for (const Holder& holder : facts_.holders) {
    int node = index(holder.area);
    if (node == none || at(node).area->kind < AreaKind::community) continue;
    auto [found, is_new] = known.try_emplace({node, holder.role}, static_cast<int>(groups_.size()));
    if (is_new) groups_.push_back({holder.role, node, {}});
    auto& people = groups_[static_cast<std::size_t>(found->second)].people;
    if (std::ranges::find(people, holder.person) == people.end()) people.push_back(holder.person);
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].parent != none) nodes_[i].nearest = at(nodes_[i].parent).nearest;
    for (std::size_t r = 0; r < roles; ++r) {
      auto own = known.find({static_cast<int>(i), static_cast<Role>(r)});
      if (own != known.end()) nodes_[i].nearest[r] = own->second;
    }
  }
}

/// For each node the target that its households belong to: the next at or above that the rule counts, else
/// the topmost building, or the area that households stand in.
std::vector<int> Evaluation::targeted(const CoverageRules::Rule& rule, bool households) const {
  std::vector<int> target(nodes_.size(), none);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const Node& node = nodes_[i];
    int above = node.parent == none ? none : target[static_cast<std::size_t>(node.parent)];
    bool stands_alone = above == none && (node.area->kind == AreaKind::building || node.households > 0);
    bool counted = households ? node.households > 0 : contains(rule.each, node.area->kind) || stands_alone;
    target[i] = counted ? static_cast<int>(i) : above;
  }
  return target;
}

std::vector<Target> Evaluation::targets_of(Purpose purpose) const {
  auto target = targeted(rules_.of[static_cast<std::size_t>(purpose)], purpose == Purpose::asked);
  std::vector<int> weight(nodes_.size(), 0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (target[i] != none) weight[static_cast<std::size_t>(target[i])] += nodes_[i].households;
  }
  std::vector<Target> targets;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (target[i] == static_cast<int>(i)) targets.push_back({target[i], weight[i], false, {}});
  }
  return targets;
}

std::vector<PersonId> Evaluation::effective(int which) const {
  std::vector<PersonId> fit;
  for (PersonId person : group(which).people) {
    auto facts = facts_.people.find(person);
    if (facts == facts_.people.end() || !facts->second.reachable || !facts->second.last_act) continue;
    if (*facts->second.last_act >= facts_.now - rules_.active_within) fit.push_back(person);
  }
  return fit;
}

/// Why nobody of the group counts; nothing if somebody does.
std::optional<Failure> Evaluation::failing(int which) const {
  if (!effective(which).empty()) return std::nullopt;
  Failure failure{GapKind::unreachable, which, 0, static_cast<int>(group(which).people.size()), 0};
  for (PersonId person : group(which).people) {
    auto facts = facts_.people.find(person);
    if (facts == facts_.people.end() || !facts->second.reachable) continue;
    std::int64_t since = facts->second.last_act ? (facts_.now - *facts->second.last_act).count() : 0;
    bool first = failure.kind != GapKind::inactive;
    failure.kind = GapKind::inactive;
    failure.figure = first ? since : std::min(failure.figure, since);
  }
  return failure;
}

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

}  // namespace

void sort(std::vector<Gap>& gaps) {
  auto key = [](const Gap& gap) {
    return std::tuple(gap.kind != GapKind::unmanaged, !gap.in_unmanaged, -gap.households, gap.purpose,
                      gap.area, gap.post);
  };
  std::ranges::sort(gaps, {}, key);
}

Coverage evaluate(const CoverageFacts& facts, const CoverageRules& rules,
                  const std::vector<AreaKind>& fillers) {
  return Evaluation(facts, rules, fillers).run();
}

}  // namespace linli::community
