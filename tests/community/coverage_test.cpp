#include "bot/community/coverage.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

#include "bot/base/file.hpp"

namespace linli::community {
namespace {

using enum AreaKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string ours = LINLI_SOURCE_DIR "/config/coverage.toml";
constexpr std::int64_t day = 24 * 3600;
const Time now{Seconds{1000 * day}};

/// A district with one street and one community; tests add places and people to it.
class CoverageTest : public ::testing::Test {
 protected:
  CoverageTest() {
    rules = *CoverageRules::read(ours);
    facts.now = now;
    d = add(district, "安和区", {});
    s = add(street, "青槐街道", d);
    c = add(AreaKind::community, "和平社区", s);
  }

  AreaId add(AreaKind kind, const std::string& name, AreaId parent, int households = 0,
             bool unmanaged = false) {
    AreaId id{static_cast<std::int64_t>(facts.areas.size()) + 1};
    std::string above = "/";
    for (const Area& area : facts.areas) {
      if (area.id == parent) above = area.path;
    }
    facts.areas.push_back({id, name, kind, name, parent, fmt::format("{}{}/", above, id.value), unmanaged});
    if (households > 0) facts.households[id] = households;
    return id;
  }
  /// Reachable and active, unless said otherwise.
  PersonId holder(Role role, AreaId area, bool reachable = true, std::optional<std::int64_t> days_ago = 1) {
    PersonId person{next_person++};
    facts.holders.push_back({person, role, area});
    facts.people[person] = {reachable, {}};
    if (days_ago) facts.people[person].last_act = now - Seconds{*days_ago * day};
    return person;
  }
  Coverage result() {
    return evaluate(facts, rules, {AreaKind::community, village, street, township, district});
  }
  std::vector<std::string> gaps() {
    std::vector<std::string> found;
    for (const Gap& gap : result().gaps) {
      for (const Area& area : facts.areas) {
        if (area.id == gap.area)
          found.push_back(
              fmt::format("{} {} {} {}", area.name, name(gap.purpose), name(gap.kind), gap.households));
      }
    }
    return found;
  }
  Gap first_gap() { return result().gaps.at(0); }

  CoverageRules rules;
  CoverageFacts facts;
  AreaId d, s, c;
  std::int64_t next_person = 1;
};

TEST_F(CoverageTest, names_on_paper_do_not_count) {
  AreaId hp = add(compound, "和平苑", c);
  AreaId one = add(building, "1号楼", hp, 30);
  EXPECT_THAT(gaps(), ElementsAre("和平苑 organised nobody_appointed 30", "1号楼 checked nobody_appointed 30",
                                  "1号楼 asked nobody_appointed 30"));
  EXPECT_EQ(first_gap().why, "还没有任命网格长");
  EXPECT_EQ(first_gap().filled_by, c);

  PersonId leader = holder(Role::grid_leader, hp, false, 1);
  EXPECT_THAT(gaps(), ElementsAre("和平苑 organised unreachable 30", "1号楼 checked unreachable 30",
                                  "1号楼 asked unreachable 30"));
  facts.people[leader] = {true, {}};
  EXPECT_THAT(gaps(), ElementsAre("和平苑 organised inactive 30", "1号楼 checked inactive 30",
                                  "1号楼 asked inactive 30"));
  EXPECT_THAT(first_gap().why, HasSubstr("一次都没有用过"));
  facts.people[leader].last_act = now - Seconds{8 * day};
  EXPECT_EQ(first_gap().why, "网格长已经 8 天没有动静");
  facts.people[leader].last_act = now - Seconds{7 * day};
  EXPECT_THAT(gaps(), IsEmpty());
  auto counts = result().counts[c];
  EXPECT_EQ(counts[0].covered, 1);
  EXPECT_EQ(counts[1].all, 1);
  EXPECT_EQ(counts[2].covered, 30);
  EXPECT_EQ(result().counts[one][0].all, 0);  // it is organised with its compound
  EXPECT_EQ(result().counts[one][2].all, 30);
}

TEST_F(CoverageTest, one_person_serves_no_more_households_than_one_can) {
  AreaId hp = add(compound, "和平苑", c);
  add(building, "1号楼", hp, 601);
  PersonId leader = holder(Role::grid_leader, hp);
  EXPECT_THAT(gaps(), ElementsAre("和平苑 organised overloaded 601", "1号楼 checked overloaded 601",
                                  "1号楼 asked overloaded 601"));
  EXPECT_EQ(first_gap().why, "网格长 1 人要管 601 家，一个人最多顾得过来 600 家");
  holder(Role::grid_leader, hp);  // two share it
  EXPECT_EQ(result().counts[c][0].covered, 1);
  // The same person in two compounds has both.
  facts.people.erase(PersonId{leader.value + 1});
  facts.holders.pop_back();
  facts.households.begin()->second = 300;
  AreaId other = add(compound, "北巷", c);
  add(building, "1号楼", other, 301);
  facts.holders.push_back({leader, Role::grid_leader, other});
  EXPECT_EQ(result().counts[c][0].covered, 1);
  EXPECT_EQ(result().counts[c][0].all, 2);
}

TEST_F(CoverageTest,
       a_building_is_checked_by_its_leader_or_by_leaders_of_all_units_or_by_a_grid_leader_with_room) {
  AreaId hp = add(compound, "和平苑", c);
  AreaId one = add(building, "1号楼", hp);
  AreaId u1 = add(AreaKind::unit, "1单元", one, 100), u2 = add(AreaKind::unit, "2单元", one, 50);
  holder(Role::grid_leader, hp);
  holder(Role::unit_leader, u1);
  auto checked = [&] { return result().counts[hp][1].covered; };
  EXPECT_EQ(checked(), 0);  // 150 households: more than the grid leader has room for
  facts.households[u1] = 10;
  EXPECT_EQ(checked(), 1);
  facts.households[u1] = 160;
  EXPECT_EQ(checked(), 0);
  holder(Role::unit_leader, u2);
  EXPECT_EQ(checked(), 0);  // all units have one, but 160 are too many for one person
  facts.households[u1] = 60;
  EXPECT_EQ(checked(), 1);
  facts.holders.clear();
  holder(Role::unit_leader, u1);
  holder(Role::unit_leader, u2, true, 30);
  EXPECT_EQ(checked(), 0);
  EXPECT_THAT(gaps(), ::testing::Contains("1号楼 checked inactive 110"));
  holder(Role::building_leader, one);
  EXPECT_EQ(checked(), 1);
}

TEST_F(CoverageTest, households_are_asked_after_by_whoever_is_nearest_and_can) {
  AreaId hp = add(compound, "和平苑", c);
  AreaId one = add(building, "1号楼", hp);
  AreaId u1 = add(AreaKind::unit, "1单元", one, 20), u2 = add(AreaKind::unit, "2单元", one, 25);
  add(building, "2号楼", hp, 35);
  holder(Role::unit_leader, u1);
  holder(Role::unit_leader, u2, false);
  EXPECT_THAT(gaps(), ::testing::Contains("1号楼 asked unreachable 25"));
  EXPECT_THAT(gaps(), ::testing::Contains("2号楼 asked nobody_appointed 35"));
  EXPECT_EQ(result().counts[hp][2].covered, 20);
  EXPECT_EQ(result().counts[d][2].all, 80);
  holder(Role::patroller, c);
  EXPECT_EQ(result().counts[hp][2].covered, 80);
  rules.of[2].by.back().households = 59;  // 25 + 35 are left for the patroller
  EXPECT_EQ(result().counts[hp][2].covered, 20);
}

TEST_F(CoverageTest, an_appointment_above_the_community_serves_nobody) {
  AreaId hp = add(compound, "和平苑", c);
  add(building, "1号楼", hp, 10);
  holder(Role::grid_leader, s);
  EXPECT_EQ(result().counts[c][0].covered, 0);
  holder(Role::grid_leader, c);
  EXPECT_EQ(result().counts[c][0].covered, 1);
}

TEST_F(CoverageTest, unmanaged_places_come_first_and_need_somebody_of_their_own) {
  AreaId hp = add(compound, "和平苑", c);
  add(building, "1号楼", hp, 500);
  AreaId yard = add(courtyard, "粮站家属院", c, 12, true);
  holder(Role::grid_leader, c);
  holder(Role::building_leader, c);
  EXPECT_THAT(gaps(), ElementsAre("粮站家属院 organised unmanaged 12", "粮站家属院 checked unmanaged 12",
                                  "粮站家属院 asked overloaded 12", "1号楼 checked overloaded 500",
                                  "1号楼 asked overloaded 500"));  // all 512 are left for one
  EXPECT_EQ(first_gap().why, "无人管理，也没有自己的网格长");
  EXPECT_TRUE(first_gap().in_unmanaged);
  PersonId own = holder(Role::grid_leader, yard, true, 9);
  EXPECT_EQ(gaps().front(), "粮站家属院 organised inactive 12");
  facts.people[own].last_act = now;
  EXPECT_EQ(result().counts[yard][0].covered, 1);
  EXPECT_EQ(result().counts[yard][1].covered, 1);
}

TEST_F(CoverageTest, buildings_outside_any_compound_and_villages_are_places_too) {
  AreaId alone = add(building, "粮食局宿舍", c);
  add(AreaKind::unit, "1单元", alone, 8);
  AreaId t = add(township, "杏坡乡", d);
  AreaId lgc = add(village, "柳沟村", t, 40);
  EXPECT_THAT(gaps(),
              ElementsAre("柳沟村 organised nobody_appointed 40", "柳沟村 checked nobody_appointed 40",
                          "柳沟村 asked nobody_appointed 40", "粮食局宿舍 organised nobody_appointed 8",
                          "粮食局宿舍 checked nobody_appointed 8", "粮食局宿舍 asked nobody_appointed 8"));
  EXPECT_EQ(first_gap().filled_by, t);
  EXPECT_EQ(first_gap().place, lgc);
  holder(Role::grid_leader, lgc);
  EXPECT_EQ(result().counts[t][0].covered, 1);
  EXPECT_EQ(result().counts[d][0].all, 2);
}

TEST_F(CoverageTest, a_post_that_nobody_stands_is_a_gap_of_its_own_officers) {
  facts.posts = {{PostId{1}, s, "物资分发点", ""}, {PostId{2}, s, "北门", "今天 22:00到23:00"}};
  auto found = result();
  ASSERT_EQ(found.gaps.size(), 1u);
  EXPECT_EQ(found.gaps[0].kind, GapKind::post_uncovered);
  EXPECT_EQ(found.gaps[0].why, "北门 今天 22:00到23:00 没有排人");
  EXPECT_EQ(found.gaps[0].filled_by, s);
  EXPECT_EQ(key_of(found.gaps[0]), fmt::format("guarded:post_uncovered:{}:2", s.value));
  EXPECT_EQ(found.counts[d][3].covered, 1);
  EXPECT_EQ(found.counts[d][3].all, 2);
}

TEST(CoverageRulesTest, faults_name_file_key_and_what_is_allowed) {
  struct Case {
    const char *from, *to, *said;
  };
  for (const Case& c :
       {Case{"grid_leader = 600", "grid_boss = 600", "grid_boss"}, Case{"\"7d\"", "7", "active_within"},
        Case{"\"7d\"", "\"1m\"", "active_within"}, Case{"\"09:00\"", "\"25:00\"", "check_at"},
        Case{"grid_leader = 600", "grid_leader = 0", "grid_leader"},
        Case{"new_a_day = 3", "new_a_day = 0", "new_a_day"}, Case{"[\"building\"]", "[\"street\"]", "street"},
        Case{"[asked]", "[asked]\nareas = [\"unit\"]", "areas"}, Case{"grid_leader = 600", "", "households"},
        Case{"new_a_day", "newest_a_day", "new_a_day"}}) {
    std::string text = *read_file(ours);
    auto at = text.find(c.from);
    ASSERT_NE(at, text.npos) << c.from;
    text.replace(at, std::string(c.from).size(), c.to);
    auto path = std::filesystem::temp_directory_path() / fmt::format("linli-coverage-{}.toml", ::getpid());
    std::ofstream(path) << text;
    auto rules = CoverageRules::read(path);
    std::filesystem::remove(path);
    ASSERT_FALSE(rules) << c.to;
    EXPECT_THAT(rules.error().text, HasSubstr(c.said));
    EXPECT_EQ(rules.error().code, Errc::bad_config);
  }
}

}  // namespace
}  // namespace linli::community
