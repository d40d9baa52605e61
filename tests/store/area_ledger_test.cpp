#include "bot/store/area_ledger.hpp"

#include <gmock/gmock.h>

#include "bot/base/text.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using enum AreaKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 安和区 / 青槐街道 / 和平社区 / 和平苑 (1号楼, 3号楼 with units and rooms, 13号楼), 和平里, a courtyard, a
// building outside; 槐园社区 / 北巷小区, 和平里 again; 杏坡镇 / 柳沟村 with two groups.
class AreaLedgerTest : public StoreTest {
 protected:
  AreaLedgerTest() {
    district_ = add("ah", district, "安和区", {});
    AreaId street_ = add("qh", street, "青槐街道", district_);
    community_ = add("hpsq", community, "和平社区", street_);
    compound_ = add("hp", compound, "和平苑", community_);
    block("hp-1", "1号楼", compound_);
    block("hp-3", "3号楼", compound_);
    add("hp-13", building, "13号楼", compound_);
    AreaId hpl = add("hpl", compound, "和平里", community_);
    block("hpl-1", "1号楼", hpl);
    AreaId lz = add("lz", courtyard, "粮站家属院", community_);
    for (const char* room : {"1号", "2号", "12号"}) add(std::string("lz-") + room, household, room, lz);
    AreaId alone = add("hpsq-7", building, "7号楼", community_);
    add("hpsq-7-101", household, "101", alone);

    AreaId other = add("hysq", community, "槐园社区", street_);
    AreaId lane = add("bx", compound, "北巷小区", other);
    block("bx-3", "3号楼", lane);
    AreaId twin = add("hpl2", compound, "和平里", other);
    add("hpl2-9", building, "9号楼", twin);
    AreaId pm = add("pm", courtyard, "皮毛巷8号院", other);
    add("pm-1", household, "东房1", pm);

    AreaId town = add("xp", township, "杏坡镇", district_);
    AreaId lgc = add("lgc", village, "柳沟村", town);
    for (const char* group : {"东头组", "河边组"}) {
      AreaId id = add(std::string("lgc-") + group, building, group, lgc);
      add(std::string("lgc-1-") + group, household, "1号院", id);
      if (std::string_view(group) == "河边组") add("lgc-2-5", household, "5号院", id);
    }
  }
  AreaId add(const std::string& code, AreaKind kind, const char* name, AreaId parent,
             bool unmanaged = false) {
    return areas.add(code, kind, name, parent, unmanaged, {}, {});
  }
  /// Two units of 101, 501 and, in the second only, 602.
  void block(const std::string& code, const char* name, AreaId parent) {
    AreaId id = add(code, building, name, parent);
    for (const char* unit_name : {"1单元", "2单元"}) {
      AreaId in = add(code + "-" + unit_name[0], unit, unit_name, id);
      for (const char* room : {"101", "501"})
        add(code + "-" + unit_name[0] + "-" + room, household, room, in);
      if (unit_name[0] == '2') add(code + "-2-602", household, "602", in);
    }
  }
  AreaId id(const char* code) { return areas.find_by_code(code)->id; }
  /// What was found as "code", with "?" behind it when ambiguous and "!what" for what is missing.
  std::string found(const char* written, const char* near = nullptr) {
    auto read = areas.find_in_text(normalise(written), near ? id(near) : AreaId{});
    return (read.area ? read.area->code : "-") + (read.ambiguous ? "?" : "") +
           (read.missing.empty() ? "" : "!" + read.missing);
  }

  AreaLedger areas{*db};
  AreaId district_, community_, compound_;
};

TEST_F(AreaLedgerTest, PathsLeadFromTheRoot) {
  auto room = *areas.find_by_code("hp-3-2-501");
  EXPECT_EQ(room.kind, household);
  EXPECT_EQ(room.path, areas.find(room.parent)->path + std::to_string(room.id.value) + "/");
  EXPECT_EQ(areas.find(district_)->path, "/1/");
  EXPECT_FALSE(areas.find(AreaId{999}));
  EXPECT_FALSE(areas.find_by_code("nowhere"));
  std::vector<std::string> codes;
  for (const Area& area : areas.chain(room.id)) codes.push_back(area.code);
  EXPECT_THAT(codes, ElementsAre("ah", "qh", "hpsq", "hp", "hp-3", "hp-3-2", "hp-3-2-501"));
  EXPECT_EQ(areas.above(room.id, community)->code, "hpsq");
  EXPECT_EQ(areas.above(room.id, household)->id, room.id);
  EXPECT_FALSE(areas.above(district_, community));
}

TEST_F(AreaLedgerTest, ACodeIsTakenOnce) {
  EXPECT_THROW(add("hp", compound, "另一个", community_), UniqueViolation);
  EXPECT_THROW(add("x", compound, "x", AreaId{999}), StorageError);
}

TEST_F(AreaLedgerTest, BelowCountsWholeBranchesAndNothingBeside) {
  EXPECT_EQ(areas.below(id("hp-3"), household).size(), 5u);
  EXPECT_EQ(areas.below(compound_, household).size(), 10u);
  EXPECT_EQ(areas.below(compound_, compound).size(), 1u);  // itself
  EXPECT_EQ(areas.below({}, village).size(), 1u);
  EXPECT_EQ(areas.below(district_, building).size(), areas.below({}, building).size());
  EXPECT_EQ(areas.children(compound_).size(), 3u);
  EXPECT_THAT(areas.children(id("hp-13")), IsEmpty());
}

TEST_F(AreaLedgerTest, TextsForOffersAndForWhoeverAccepted) {
  EXPECT_EQ(areas.building_text(id("hp-3-2-501")), "和平苑 3号楼");
  EXPECT_EQ(areas.address_text(id("hp-3-2-501")), "和平苑 3号楼 2单元 501");
  EXPECT_EQ(areas.address_text(id("hp-3")), "和平苑 3号楼");
  EXPECT_EQ(areas.building_text(compound_), "和平苑");
  EXPECT_EQ(areas.building_text(community_), "和平社区");
  EXPECT_EQ(areas.building_text(id("lz-1号")), "粮站家属院");
  EXPECT_EQ(areas.address_text(id("lz-1号")), "粮站家属院 1号");
  EXPECT_EQ(areas.building_text(id("hpsq-7-101")), "和平社区 7号楼");
  EXPECT_EQ(areas.address_text(id("lgc-2-5")), "柳沟村 河边组 5号院");
}

TEST_F(AreaLedgerTest, TheLevelIsTheNearestAbove) {
  EXPECT_EQ(areas.level(id("hp-3-2-501")), "normal");
  areas.set_level(district_, "alert");
  areas.set_level(compound_, "emergency");
  EXPECT_EQ(areas.level(id("hp-3-2-501")), "emergency");
  EXPECT_EQ(areas.level(id("hpl-1")), "alert");
  areas.set_level(compound_, "normal");
  EXPECT_EQ(areas.level(id("hp-3")), "normal");
}

TEST_F(AreaLedgerTest, AFullAddressInEverySpelling) {
  for (const char* text :
       {"和平苑3号楼2单元501", "和平苑3号楼2单元501室，我在北京，她一个人", "和平苑３号楼２单元５０１",
        "和平苑三号楼二单元五零一", "和平苑 3 号楼 2 单元 501", "和平苑3栋2单元501", "和平苑3幢二单元501房",
        "和平苑3#2单元501没药了", "和平苑3-2-501", "和平苑3－2－501", "和平苑3号楼2-501",
        "我家在和平苑小区3号楼，2单元的501", "3号楼2单元501，和平苑", "和平社区和平苑3号楼2单元501"}) {
    EXPECT_EQ(found(text), "hp-3-2-501") << text;
  }
}

TEST_F(AreaLedgerTest, AsDeepAsTheWordsSay) {
  EXPECT_EQ(found("和平苑三号楼"), "hp-3");
  EXPECT_EQ(found("和平苑13号楼"), "hp-13");
  EXPECT_EQ(found("和平苑3号楼2单元"), "hp-3-2");
  EXPECT_EQ(found("和平苑的大门坏了"), "hp");
  EXPECT_EQ(found("和平社区今天发菜吗"), "hpsq");
  EXPECT_EQ(found("和平苑3号楼602"), "hp-3-2-602");  // only one unit has it
  EXPECT_EQ(found("和平苑3号楼501"), "hp-3");        // both have
  EXPECT_EQ(found("和平苑3-602"), "hp-3-2-602");
  EXPECT_EQ(found("和平社区7号楼101"), "hpsq-7-101");
  EXPECT_EQ(found("北巷3号楼1单元101"), "bx-3-1-101");  // 小区 left out
  EXPECT_EQ(found("北巷有人吵架"), "-");
}

TEST_F(AreaLedgerTest, CourtyardsAndVillages) {
  EXPECT_EQ(found("粮站家属院2号"), "lz-2号");
  EXPECT_EQ(found("粮站家属院十二号"), "lz-12号");
  EXPECT_EQ(found("粮站家属院"), "lz");
  EXPECT_EQ(found("皮毛巷八号院东房1"), "pm-1");
  EXPECT_EQ(found("柳沟村河边组5号院"), "lgc-2-5");
  EXPECT_EQ(found("柳沟村5号院"), "lgc-2-5");
  EXPECT_EQ(found("柳沟村1号院"), "lgc");  // two groups have one
}

TEST_F(AreaLedgerTest, WhatIsNotThereIsNamed) {
  EXPECT_EQ(found("和平苑9号楼2单元501"), "hp!9号楼");
  EXPECT_EQ(found("和平苑3号楼5单元501"), "hp-3!5单元");
  EXPECT_EQ(found("和平苑3号楼2单元901"), "hp-3-2!901");
  EXPECT_EQ(found("和平苑9-2-501"), "hp!9号楼");
}

TEST_F(AreaLedgerTest, NumbersThatAreNoAddress) {
  EXPECT_EQ(found("和平苑3号楼2单元，501斤白菜"), "hp-3-2");
  EXPECT_EQ(found("和平苑3号楼2单元 13800138501"), "hp-3-2");
  EXPECT_EQ(found("2026-03-02 到现在没人来"), "-");
  EXPECT_EQ(found("我打了0351-501", "hp-3-2-501"), "-");
  EXPECT_EQ(found("家里3楼漏水", "hp-3-2-501"), "-");
  EXPECT_EQ(found("体温36.5", "hp-3-2-501"), "-");
  EXPECT_EQ(found(""), "-");
}

TEST_F(AreaLedgerTest, WhereThePersonLivesCompletesIt) {
  EXPECT_EQ(found("3号楼2单元501", "hp-1-1-101"), "hp-3-2-501");
  EXPECT_EQ(found("3-2-501", "hp-1-1-101"), "hp-3-2-501");
  EXPECT_EQ(found("3号楼2单元501", "bx-3-1-101"), "bx-3-2-501");
  EXPECT_EQ(found("2单元501", "hp-3-1-101"), "hp-3-2-501");
  EXPECT_EQ(found("501室", "hp-3-1-101"), "hp-3-1-501");
  EXPECT_EQ(found("9号楼", "hp-3-1-101"), "hp!9号楼");
  EXPECT_EQ(found("河边组5号院", "lgc-1-东头组"), "lgc-2-5");
  EXPECT_EQ(found("没药了", "hp-3-1-101"), "-");
  EXPECT_EQ(found("3号楼2单元501", "hp"), "hp-3-2-501");
}

TEST_F(AreaLedgerTest, WithoutDoubtOrNotAtAll) {
  EXPECT_EQ(found("3号楼2单元501"), "-?");  // two compounds have a 3号楼
  EXPECT_EQ(found("13号楼"), "hp-13");      // one has a 13号楼
  EXPECT_EQ(found("99号楼"), "-");
  EXPECT_EQ(found("和平里"), "-?");  // two of that name
  EXPECT_EQ(found("和平里", "hpl-1-1-101"), "hpl");
  EXPECT_EQ(found("和平里1号楼2单元101"), "hpl-1-2-101");  // only one of them has a 1号楼
  EXPECT_EQ(found("和平里9号楼"), "hpl2-9");
  EXPECT_EQ(found("从北巷小区到和平苑怎么走"), "-?");
  EXPECT_EQ(found("从北巷小区到和平苑3号楼", "hp-1-1-101"), "hp-3");
}

TEST_F(AreaLedgerTest, AnAreaAddedLaterIsKnown) {
  EXPECT_EQ(found("新风小区"), "-");
  AreaLedger(*db).add("xf", compound, "新风小区", community_, false, {}, {});  // by an import, say
  EXPECT_EQ(found("新风小区"), "xf");
}

TEST_F(AreaLedgerTest, ANameChangedElsewhereIsKnown) {
  EXPECT_EQ(found("和平苑3号楼"), "hp-3");
  AreaLedger beside(*db);  // an import while the server runs
  auto area = *beside.find_by_code("hp");
  area.name = "太平苑";
  beside.change(area);
  EXPECT_EQ(found("太平苑3号楼"), "hp-3");
  EXPECT_NE(found("和平苑3号楼"), "hp-3");
}

}  // namespace
}  // namespace linli::store
