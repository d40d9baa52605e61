// How coverage is judged, step by step: the tree and who holds what in it (coverage_targets.cpp), then each
// purpose with its gaps (coverage.cpp). Nobody else includes this.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "bot/community/coverage.hpp"

namespace linli::community::judging {

inline constexpr std::size_t roles = 12;
inline constexpr int none = -1;

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

inline bool contains(const std::vector<AreaKind>& kinds, AreaKind kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace linli::community::judging
