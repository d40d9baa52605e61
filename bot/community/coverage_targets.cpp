// The tree as coverage sees it: what is counted, who holds what near it, and who of them really counts.
#include "bot/community/coverage_evaluation.hpp"

namespace linli::community::judging {

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

}  // namespace linli::community::judging
