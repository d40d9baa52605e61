// 小区管理有人组织、楼栋防护有人检点、家庭情况有人过问: is there really somebody? Not a name on paper:
// whoever counts is appointed (or stands in), can be reached on the platform, has acted lately, and serves no
// more households than one person can. Pure: facts and rules in, gaps and counts out. The ledger gathers the
// facts (store/coverage_ledger), `linli coverage` and the coverage topic show what comes out.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/area.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/community/policy.hpp"
#include "bot/community/role.hpp"

namespace linli::community {

enum class Purpose {
  organised,  // 小区管理有人组织: compounds, courtyards, villages
  checked,    // 楼栋防护有人检点: buildings
  asked,      // 家庭情况有人过问: households
  guarded,    // 岗位时段有人值守: posts
};
inline constexpr std::size_t purposes = 4;

std::string_view name(Purpose purpose);   // "organised" ...: in settings, JSON and tasks
std::string_view title(Purpose purpose);  // "小区管理有人组织" ...
std::string_view brief(Purpose purpose);  // "小区组织" ...: in lists
std::string_view unit(Purpose purpose);   // what is counted: 处, 栋, 户, 个

enum class GapKind {
  unmanaged,         // 无人管理, and nobody of its own
  nobody_appointed,  //
  unreachable,       // appointed, and on no platform
  inactive,          // has not acted for longer than the rules allow
  overloaded,        // has more households than one person can serve
  post_uncovered,    // a time at a post that nobody stands
};
std::string_view name(GapKind kind);

/// config/coverage.toml.
struct CoverageRules {
  struct May {
    Role role{};
    int households{};  // so many one person can serve
  };
  struct Rule {
    std::vector<AreaKind> each;  // what is counted; households outside any of them: the area they stand in
    std::vector<May> by;         // who counts, in this order
    bool nearest{};              // instead: whoever is nearest, whatever the order
  };

  Seconds active_within{};
  int check_minute{};  // of the day, when gaps become tasks
  int new_a_day{};     // so many new tasks a day and officer's area
  Seconds posts_ahead{};
  std::array<Rule, 3> of;  // by Purpose; posts have none
  LevelRules levels;       // posts count where they are stood; read from its own file by whoever made this

  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<CoverageRules> read(const std::filesystem::path& file);
};

/// Who holds a role now, substitutes resolved.
struct Holder {
  PersonId person;
  Role role{};
  AreaId area;
};

struct HolderFacts {
  bool reachable{};
  std::optional<Time> last_act;
};

/// A post, and the first time ahead when nobody stands there.
struct PostFacts {
  PostId id;
  AreaId area;
  std::string name;
  std::string bare;  // "今天 22:00到23:00，共 3 小时"; empty: somebody is there all the time
};

struct CoverageFacts {
  Time now{};
  std::vector<Area> areas;                     // everything above households; of a part of the tree, or all
  std::unordered_map<AreaId, int> households;  // standing directly in an area
  std::vector<Holder> holders;
  std::vector<Holder> away;  // appointed and absent, where nobody stands in
  std::unordered_map<PersonId, HolderFacts> people;
  std::vector<PostFacts> posts;
};

struct Gap {
  AreaId area;  // what nobody sees to
  Purpose purpose{};
  GapKind kind{};
  int households{};  // affected
  std::string why;   // one plain sentence
  Role role{};       // who is missing: to be appointed, reached, woken, or helped by one more
  PostId post;
  std::string post_name;
  AreaId place;         // the compound, courtyard, village or single building around it
  bool in_unmanaged{};  // that place is 无人管理, or the area itself
  AreaId filled_by;     // the area of the level that has to fill it
};

/// In unmanaged places first, then by households.
void sort(std::vector<Gap>& gaps);

/// Names the gap as long as it lasts: purpose, kind, area (and post).
std::string key_of(const Gap& gap);

struct Covered {
  int covered{}, all{};
};
using Counts = std::array<Covered, purposes>;

struct Coverage {
  std::vector<Gap> gaps;                      // sorted
  std::unordered_map<AreaId, Counts> counts;  // of buildings and everything above
};

/// The kinds of areas whose holders a policy asks: for gaps, those whose officers fill them.
std::vector<AreaKind> kinds_of(const TaskPolicy& policy);

/// `fillers`: kinds of areas whose officers fill gaps; the nearest one above the gap's area has to.
Coverage evaluate(const CoverageFacts& facts, const CoverageRules& rules,
                  const std::vector<AreaKind>& fillers);

}  // namespace linli::community
